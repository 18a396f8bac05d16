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
    }

    /** @dataProvider others */
    public function testAnythingElseIsNoTrace(?string $parent): void
    {
        if ($parent !== null) {
            $_SERVER['HTTP_TRACEPARENT'] = $parent;
        }
        self::assertSame(['time', 'level', 'message', 'context'], array_keys($this->line()));
    }

    /** @return array<string, array{?string}> */
    public static function others(): array
    {
        return [
            'none' => [null],
            'no form' => ['hello'],
            'zeros' => ['00-' . str_repeat('0', 32) . '-00f067aa0ba902b7-01'],
            'too long' => ['00-' . self::TRACE . 'ab-00f067aa0ba902b7-01'],
            'a break' => ['00-' . self::TRACE . "-00f067aa0ba902b7-01\n"],
        ];
    }

    /** @return array<string, mixed> */
    private function line(): array
    {
        $output = fopen('php://memory', 'w+');
        self::assertIsResource($output);
        (new Logger($output))->info('here');
        rewind($output);
        return json_decode((string) stream_get_contents($output), true, 8, JSON_THROW_ON_ERROR);
    }
}
