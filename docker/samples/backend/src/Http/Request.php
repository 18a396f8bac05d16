<?php

declare(strict_types=1);

namespace App\Http;

final class Request
{
    /** @param array<string, string> $headers by names in small letters */
    public function __construct(
        public readonly string $method,
        public readonly string $path,
        public readonly array $headers = [],
        public readonly string $body = '',
    ) {
    }

    /** As PHP-FPM got it. */
    public static function fromGlobals(): self
    {
        $headers = [];
        foreach ($_SERVER as $name => $value) {
            if (str_starts_with($name, 'HTTP_')) {
                $headers[strtolower(strtr(substr($name, 5), '_', '-'))] = (string) $value;
            }
        }
        $path = explode('?', $_SERVER['REQUEST_URI'] ?? '/', 2)[0];

        return new self($_SERVER['REQUEST_METHOD'] ?? 'GET', $path, $headers, (string) file_get_contents('php://input'));
    }

    /** Whether it came through the cluster's route controller, which says for whom it asks: from anywhere, then. */
    public function isFromOutside(): bool
    {
        return isset($this->headers['x-forwarded-for']);
    }
}
