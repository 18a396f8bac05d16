<?php

declare(strict_types=1);

namespace App\Tests;

use App\Http\BadRequest;
use App\Routes;
use PHPUnit\Framework\TestCase;

final class RoutesTest extends TestCase
{
    private const ID = '0b7a4ad2-6f43-4f2e-9c7d-2f1f5f6f3a01';

    public function testAnItemIsATitleUnderAnId(): void
    {
        self::assertSame(['id' => self::ID, 'title' => 'Grüße'], Routes::item(self::ID, '{"title": "Grüße"}'));
    }

    /** @dataProvider bodies */
    public function testEverythingThatIsWrongIsSaidAtOnce(string $body): void
    {
        try {
            Routes::item(strtoupper(self::ID), $body);
            self::fail('accepted');
        } catch (BadRequest $mistake) {
            self::assertSame(['id', 'title'], array_map(static fn (string $problem): string => explode(':', $problem)[0], $mistake->problems));
        }
    }

    /** @return list<array{string}> */
    public static function bodies(): array
    {
        return [[''], ['[]'], ['null'], ['{"title": 1}'], ['{"title": " "}'], [(string) json_encode(['title' => str_repeat('x', 201)])]];
    }
}
