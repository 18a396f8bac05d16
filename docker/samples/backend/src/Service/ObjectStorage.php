<?php

declare(strict_types=1);

namespace App\Service;

/** A bucket of S3, or of what speaks like it, by path-style addresses: every server knows those. */
final class ObjectStorage
{
    public const VARIABLE = 'S3_BUCKET';

    private ?SignatureV4 $signature = null;

    private readonly HttpClient $http;

    public function __construct(private readonly Environment $environment)
    {
        $this->http = new HttpClient($environment->optional('S3_SSL_CA'));
    }

    public function put(string $key, string $content): void
    {
        $this->request('PUT', $key, $content, [200]);
    }

    /** @return string|null `null`: there is no such object */
    public function get(string $key): ?string
    {
        $answer = $this->request('GET', $key, '', [200, 404]);

        return $answer->status === 404 ? null : $answer->body;
    }

    /** Also succeeds where there is none. */
    public function delete(string $key): void
    {
        $this->request('DELETE', $key, '', [204]);
    }

    /** @param list<int> $expected */
    private function request(string $method, string $key, string $body, array $expected): HttpAnswer
    {
        $endpoint = rtrim($this->environment->required('S3_ENDPOINT'), '/');
        $bucket = $this->environment->required(self::VARIABLE);
        $path = '/' . implode('/', array_map('rawurlencode', [$bucket, ...explode('/', $key)]));
        $this->signature ??= new SignatureV4(
            Credentials::fromEnvironment($this->environment, new HttpClient()),
            $this->environment->required('S3_REGION'),
        );
        $host = (string) preg_replace('~^https?://~', '', $endpoint);
        $headers = $this->signature->headers($method, $host, $path, $body, new \DateTimeImmutable());
        $answer = $this->http->request($method, $endpoint . $path, $headers, $method === 'PUT' ? $body : null);
        if (!in_array($answer->status, $expected, true)) {
            // Those of an identity run out: the next request asks for new ones.
            $this->signature = null;
            $code = preg_match('~<Code>(\w+)</Code>~', $answer->body, $found) === 1 ? " $found[1]" : '';
            throw new \RuntimeException("$method in bucket $bucket: status {$answer->status}$code");
        }

        return $answer;
    }
}
