<?php

declare(strict_types=1);

namespace App;

/** JSON lines with `time`, `level`, `message` and `context`. */
final class Logger
{
    /** Longer ones PHP-FPM cuts (`log_limit` of the official image, 8192). */
    private const LONGEST = 2000;

    /** @param resource $output */
    public function __construct(private $output)
    {
    }

    /** @param array<string, mixed> $context */
    public function info(string $message, array $context = []): void
    {
        $this->write('info', $message, $context);
    }

    /** @param array<string, mixed> $context */
    public function warning(string $message, array $context = []): void
    {
        $this->write('warning', $message, $context);
    }

    /** @param array<string, mixed> $context */
    public function error(string $message, ?\Throwable $error = null, array $context = []): void
    {
        if ($error !== null) {
            $context += [
                'error' => mb_strcut($error->getMessage(), 0, self::LONGEST),
                'class' => $error::class,
                'at' => basename($error->getFile()) . ':' . $error->getLine(),
            ];
        }
        $this->write('error', $message, $context);
    }

    /** @param array<string, mixed> $context */
    private function write(string $level, string $message, array $context): void
    {
        $line = [
            'time' => (new \DateTimeImmutable('now', new \DateTimeZone('UTC')))->format('Y-m-d\TH:i:s.vp'),
            'level' => $level,
            'message' => $message,
            'context' => (object) $context,
        ];
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
        fwrite($this->output, json_encode($line, $flags) . "\n");
    }
}
