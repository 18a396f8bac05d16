<?php

declare(strict_types=1);

namespace App\Service;

/** Requests by curl, each with its own time limit. */
final class HttpClient
{
    private const CONNECT_SECONDS = 2;

    private const SECONDS = 5;

    /** @param string|null $ca PEM file to verify servers with instead of the system's bundle */
    public function __construct(private readonly ?string $ca = null)
    {
    }

    /** @param list<string> $headers */
    public function request(string $method, string $url, array $headers = [], ?string $body = null): HttpAnswer
    {
        $curl = curl_init();
        curl_setopt_array($curl, [
            CURLOPT_URL => $url,
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CONNECTTIMEOUT => self::CONNECT_SECONDS,
            CURLOPT_TIMEOUT => self::SECONDS,
            // As it was signed.
            CURLOPT_PATH_AS_IS => true,
        ]);
        if ($body !== null) {
            curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
        }
        if ($this->ca !== null) {
            curl_setopt($curl, CURLOPT_CAINFO, $this->ca);
        }
        $answer = curl_exec($curl);
        if (!is_string($answer)) {
            throw new \RuntimeException(sprintf('%s %s: %s', $method, parse_url($url, PHP_URL_HOST), curl_error($curl)));
        }

        return new HttpAnswer((int) curl_getinfo($curl, CURLINFO_RESPONSE_CODE), $answer);
    }
}
