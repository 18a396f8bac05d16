<?php

declare(strict_types=1);

namespace App\Http;

/** A method and a path that is answered. */
final class Route
{
    /**
     * @param string                                           $path   `/items/{id}` has a parameter `id`
     * @param \Closure(Request, array<string, string>): Response $answer
     * @param bool                                             $inside whether it is for the cluster alone: what came through a proxy came from anywhere
     */
    public function __construct(
        public readonly string $method,
        public readonly string $path,
        public readonly \Closure $answer,
        public readonly bool $inside = false,
    ) {
    }

    /** @return array<string, string>|null the parameters of a path, where it is one of this route */
    public function parameters(string $path): ?array
    {
        $parts = explode('/', $this->path);
        $words = explode('/', $path);
        if (count($parts) !== count($words)) {
            return null;
        }
        $parameters = [];
        foreach ($parts as $index => $part) {
            if (preg_match('/^\{(\w+)\}$/', $part, $found) === 1) {
                $parameters[$found[1]] = rawurldecode($words[$index]);
            } elseif ($part !== $words[$index]) {
                return null;
            }
        }

        return $parameters;
    }
}
