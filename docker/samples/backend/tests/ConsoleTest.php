<?php

declare(strict_types=1);

namespace App\Tests;

use App\Console\Command;
use App\Console\Console;
use App\Logger;
use PHPUnit\Framework\TestCase;

final class ConsoleTest extends TestCase
{
    /** @var list<mixed> */
    private array $got = [];

    private string $logged = '';

    /** @param list<string> $line */
    private function execute(array $line, ?\Throwable $error = null): int
    {
        $command = new class ($this->got, $error) implements Command {
            /** @param list<mixed> $got */
            public function __construct(private array &$got, private readonly ?\Throwable $error)
            {
            }

            public function options(): array
            {
                return ['time-limit', 'no-interaction'];
            }

            public function run(array $arguments, array $options): int
            {
                $this->got = [$arguments, $options];
                if ($this->error !== null) {
                    throw $this->error;
                }

                return 0;
            }
        };
        $log = fopen('php://memory', 'w+');
        self::assertIsResource($log);
        $code = (new Console(['messenger:consume' => $command], new Logger($log)))->run($line);
        rewind($log);
        $this->logged = (string) stream_get_contents($log);

        return $code;
    }

    public function testArgumentsAndOptionsInAnyOrder(): void
    {
        self::assertSame(0, $this->execute(['messenger:consume', '--time-limit=3600', 'events', '--no-interaction']));
        self::assertSame([['events'], ['time-limit' => '3600', 'no-interaction' => true]], $this->got);
    }

    public function testWhatItDoesNotKnowIsNamed(): void
    {
        self::assertSame(2, $this->execute(['messenger:consume', '--time=1']));
        self::assertStringContainsString('--time', $this->logged);
        self::assertSame(2, $this->execute(['cache:clear']));
        self::assertStringContainsString('cache:clear', $this->logged);
        self::assertSame(2, $this->execute([]));
    }

    public function testAFailureIsALineOfTheLogAndACode(): void
    {
        self::assertSame(1, $this->execute(['messenger:consume'], new \RuntimeException("two\nlines")));
        $line = json_decode($this->logged, true, flags: JSON_THROW_ON_ERROR);
        self::assertSame(1, substr_count($this->logged, "\n"));
        self::assertSame('error', $line['level']);
        self::assertSame("two\nlines", $line['context']['error']);
    }
}
