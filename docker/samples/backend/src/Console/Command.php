<?php

declare(strict_types=1);

namespace App\Console;

interface Command
{
    /**
     * @param list<string>               $arguments
     * @param array<string, string|true> $options   `--time-limit=3600` is `["time-limit" => "3600"]`
     *
     * @return int exit code
     */
    public function run(array $arguments, array $options): int;

    /** @return list<string> names of the options it knows */
    public function options(): array;
}
