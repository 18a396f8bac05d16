<?php

declare(strict_types=1);

namespace App\Tests;

use App\Logger;
use PHPUnit\Framework\TestCase;

final class LoggerTest extends TestCase
{
    private const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

    protected function tearDown(): void
    {
        unset($_SERVER['HTTP_TRACEPARENT']);
    }

    public function testALineIsOfTheTraceThatItsCallerSays(): void
    {
        $_SERVER['HTTP_TRACEPARENT'] = '00-' . self::TRACE . '-00f067aa0ba902b7-01';
        self::assertSame(self::TRACE, $this->line()['trace_id'] ?? null);
        $_SERVER['HTTP_TRACEPARENT'] = "hello\nworld";
        self::assertSame(['time', 'level', 'message', 'context'], array_keys($this->line()));
    }

    /** @return array<string, mixed> */
    private function line(): array
    {
        $output = fopen('php://memory', 'w+');
        self::assertIsResource($output);
        (new Logger($output))->info("two\nlines");
        rewind($output);
        $line = (string) stream_get_contents($output);
        self::assertSame(1, substr_count($line, "\n"));

        return json_decode($line, true, 8, JSON_THROW_ON_ERROR);
    }
}
