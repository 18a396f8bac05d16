<?php

declare(strict_types=1);

namespace App\Service;

/**
 * Signs requests to S3 without a query. An SDK does this too, with all of AWS around it; three requests need no more.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
final class SignatureV4
{
    public function __construct(
        private readonly Credentials $credentials,
        private readonly string $region,
    ) {
    }

    /**
     * @param string                $path    percent-encoded
     * @param array<string, string> $headers that are signed too, by names in small letters
     *
     * @return list<string> all headers to send, but `host`
     */
    public function headers(
        string $method,
        string $host,
        string $path,
        string $body,
        \DateTimeImmutable $now,
        array $headers = [],
    ): array {
        $time = $now->setTimezone(new \DateTimeZone('UTC'))->format('Ymd\THis\Z');
        $hash = hash('sha256', $body);
        $signed = ['host' => $host, 'x-amz-content-sha256' => $hash, 'x-amz-date' => $time] + $headers;
        if ($this->credentials->sessionToken !== null) {
            $signed['x-amz-security-token'] = $this->credentials->sessionToken;
        }
        ksort($signed, SORT_STRING);
        $names = implode(';', array_keys($signed));
        $lines = implode('', array_map(static fn ($name, $value) => "$name:$value\n", array_keys($signed), $signed));
        $request = implode("\n", [$method, $path, '', $lines, $names, $hash]);
        $scope = implode('/', [substr($time, 0, 8), $this->region, 's3', 'aws4_request']);
        $text = implode("\n", ['AWS4-HMAC-SHA256', $time, $scope, hash('sha256', $request)]);
        $signature = hash_hmac('sha256', $text, $this->key($scope));
        unset($signed['host']);
        $signed['authorization'] = sprintf(
            'AWS4-HMAC-SHA256 Credential=%s/%s,SignedHeaders=%s,Signature=%s',
            $this->credentials->accessKeyId,
            $scope,
            $names,
            $signature,
        );

        return array_map(static fn ($name, $value) => "$name: $value", array_keys($signed), $signed);
    }

    /** The secret, narrowed down to a day, a region and a service. */
    private function key(string $scope): string
    {
        return array_reduce(
            explode('/', $scope),
            static fn (string $key, string $part): string => hash_hmac('sha256', $part, $key, true),
            'AWS4' . $this->credentials->secretAccessKey,
        );
    }
}
