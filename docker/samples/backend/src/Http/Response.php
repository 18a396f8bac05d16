<?php

declare(strict_types=1);

namespace App\Http;

final class Response
{
    /** @param array<string, string> $headers */
    public function __construct(
        public readonly int $status,
        public readonly string $body,
        public readonly array $headers,
    ) {
    }

    /** @param array<string, string> $headers */
    public static function json(int $status, mixed $content, array $headers = []): self
    {
        $body = json_encode($content, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR) . "\n";

        return new self($status, $body, ['content-type' => 'application/json', 'cache-control' => 'no-store'] + $headers);
    }

    public static function problem(int $status, string $what): self
    {
        return self::json($status, ['error' => $what]);
    }

    public function send(): void
    {
        http_response_code($this->status);
        foreach ($this->headers as $name => $value) {
            header("$name: $value");
        }
        echo $this->body;
    }
}
