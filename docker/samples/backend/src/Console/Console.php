<?php

declare(strict_types=1);

namespace App\Console;

use App\Logger;

/** Finds the command that a command line names. Exit codes: 0 done, 1 failed, 2 not understood. */
final class Console
{
    /** @param array<string, Command> $commands */
    public function __construct(private readonly array $commands, private readonly Logger $log)
    {
    }

    /** @param list<string> $line without the name of the program */
    public function run(array $line): int
    {
        try {
            [$name, $arguments, $options] = $this->parse($line);

            return $this->commands[$name]->run($arguments, $options);
        } catch (Usage $usage) {
            $this->log->error($usage->getMessage());

            return 2;
        } catch (\Throwable $error) {
            $this->log->error("{$line[0]} failed", $error);

            return 1;
        }
    }

    /**
     * @param list<string> $line
     *
     * @return array{string, list<string>, array<string, string|true>}
     */
    private function parse(array $line): array
    {
        $name = array_shift($line) ?? '';
        $command = $this->commands[$name] ?? null;
        if ($command === null) {
            throw new Usage("$name: no such command; use " . implode(', ', array_keys($this->commands)));
        }
        $arguments = $options = [];
        foreach ($line as $word) {
            if (preg_match('/^--([a-z-]+)(?:=(.*))?$/s', $word, $found) !== 1) {
                $arguments[] = $word;
            } elseif (!in_array($found[1], $command->options(), true)) {
                throw new Usage("$name: no option --$found[1]");
            } else {
                $options[$found[1]] = $found[2] ?? true;
            }
        }

        return [$name, $arguments, $options];
    }
}
