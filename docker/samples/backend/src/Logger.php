<?php

declare(strict_types=1);

namespace App;

/** JSON lines with `time`, `level`, `message` and `context`; with `trace_id` where the request is of a trace. */
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

    /**
     * Of the span that OpenTelemetry has open, where the image has it; else of the request, as its caller says it in the header
     * that W3C names. Whoever calls from outside says what they like: it is a way to find lines, and nothing else.
     *
     * @return array{trace_id?: string, span_id?: string}
     */
    private static function trace(): array
    {
        if (class_exists(\OpenTelemetry\API\Trace\Span::class)) {
            $open = \OpenTelemetry\API\Trace\Span::getCurrent()->getContext();
            if ($open->isValid()) {
                return ['trace_id' => $open->getTraceId(), 'span_id' => $open->getSpanId()];
            }
        }
        $parent = $_SERVER['HTTP_TRACEPARENT'] ?? '';
        $form = '/^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/D';
        return is_string($parent) && preg_match($form, $parent, $found) === 1 ? ['trace_id' => $found[1]] : [];
    }

    /** @param array<string, mixed> $context */
    private function write(string $level, string $message, array $context): void
    {
        $line = [
            'time' => (new \DateTimeImmutable('now', new \DateTimeZone('UTC')))->format('Y-m-d\TH:i:s.vp'),
            'level' => $level,
            'message' => $message,
            'context' => (object) $context,
            ...self::trace(),
        ];
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
        fwrite($this->output, json_encode($line, $flags) . "\n");
    }
}
