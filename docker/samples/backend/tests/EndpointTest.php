<?php

declare(strict_types=1);

namespace App\Tests;

use App\Service\Endpoint;
use App\Service\Environment;
use PHPUnit\Framework\TestCase;

final class EndpointTest extends TestCase
{
    private static function from(string $url, string $ca = ''): Endpoint
    {
        return Endpoint::fromEnvironment(new Environment(['URL' => $url, 'CA' => $ca]), 'URL', 'CA', 1234);
    }

    public function testWhatIsEncodedIsDecodedAndAPlusSignIsOne(): void
    {
        $endpoint = self::from('amqps://us%40er:a%2F%25+b%20c@host:5671/orders%2Feu', '/tls/ca.pem');
        self::assertSame('us@er', $endpoint->user);
        self::assertSame('a/%+b c', $endpoint->password);
        self::assertSame('orders/eu', $endpoint->path);
        self::assertSame(5671, $endpoint->port);
        self::assertTrue($endpoint->tls);
        self::assertSame('/tls/ca.pem', $endpoint->ca);
    }

    public function testWhatIsNotThereIsNull(): void
    {
        $endpoint = self::from('redis://redis');
        self::assertSame(['redis', 1234, null, null, '', false, null], [
            $endpoint->host,
            $endpoint->port,
            $endpoint->user,
            $endpoint->password,
            $endpoint->path,
            $endpoint->tls,
            $endpoint->ca,
        ]);
    }

    public function testTheErrorNamesTheVariableAndNotItsContent(): void
    {
        try {
            self::from('mysql:secret');
            self::fail('accepted');
        } catch (\UnexpectedValueException $error) {
            self::assertStringContainsString('URL', $error->getMessage());
            self::assertStringNotContainsString('secret', $error->getMessage());
        }
    }

    public function testAnEmptyVariableIsNone(): void
    {
        $this->expectExceptionMessage('URL: not set');
        self::from('');
    }
}
