<?php

declare(strict_types=1);

namespace App\Service;

/** The variables that this process was given. An empty one is one not given. */
final class Environment
{
    /** @param array<string, string> $variables */
    public function __construct(private readonly array $variables)
    {
    }

    public function optional(string $name): ?string
    {
        $value = $this->variables[$name] ?? '';

        return $value === '' ? null : $value;
    }

    public function required(string $name): string
    {
        return $this->optional($name)
            ?? throw new \UnexpectedValueException("$name: not set; a workload that needs the service has it");
    }

    public function has(string $name): bool
    {
        return $this->optional($name) !== null;
    }
}
