<?php

declare(strict_types=1);

namespace App;

/**
 * Counters of all processes of this container, in a file that they lock in turn. The container has a `/tmp` of its own,
 * so each pod counts for itself, as Prometheus wants it, and begins at nothing when it is replaced.
 */
final class Metrics
{
    /** Of the application's own metrics. */
    public const NAMESPACE = 'my_app';

    private const REQUESTS = 'http_requests_total';

    private const DURATION = 'http_request_duration_seconds';

    /** Upper bounds in seconds; the alert for slow answers asks for 1. */
    private const BUCKETS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10'];

    /** Label values may come from outside: a metric never has more series than this. */
    private const MOST_SERIES = 100;

    private const HELP = [
        self::REQUESTS => 'Requests that were answered, by status.',
        self::DURATION => 'Time that answers took.',
    ];

    /** @param array<string, string> $help what each of the application's own metrics is, by its name without the namespace */
    public function __construct(private readonly string $file, private readonly array $help = [])
    {
    }

    public function request(int $status, float $seconds): void
    {
        $this->update(static function (array $values) use ($status, $seconds): array {
            $add = static function (string $metric, string $labels, float|int $amount) use (&$values): void {
                $values[$metric][$labels] = ($values[$metric][$labels] ?? 0) + $amount;
            };
            $add(self::REQUESTS, "status=\"$status\"", 1);
            foreach ([...self::BUCKETS, '+Inf'] as $bound) {
                $add(self::DURATION . '_bucket', "le=\"$bound\"", $bound === '+Inf' || $seconds <= (float) $bound ? 1 : 0);
            }
            $add(self::DURATION . '_sum', '', $seconds);
            $add(self::DURATION . '_count', '', 1);

            return $values;
        });
    }

    /** @param string $value of the label; nothing in it needs to be escaped */
    public function count(string $name, string $label, string $value): void
    {
        $this->update(static function (array $values) use ($name, $label, $value): array {
            $metric = self::NAMESPACE . "_$name";
            $labels = "$label=\"$value\"";
            if (!isset($values[$metric][$labels]) && count($values[$metric] ?? []) >= self::MOST_SERIES) {
                $labels = "$label=\"other\"";
            }
            $values[$metric][$labels] = ($values[$metric][$labels] ?? 0) + 1;

            return $values;
        });
    }

    /**
     * The text that Prometheus reads.
     *
     * @param array<string, int|float> $gauges by name without the namespace
     */
    public function render(array $gauges = []): string
    {
        $values = $this->update(static fn (array $values): array => $values);
        $text = '';
        foreach ($values as $metric => $series) {
            $family = (string) preg_replace('/_(bucket|sum|count)$/', '', $metric);
            // Series of one family stand together, the buckets first.
            if ($family === $metric || str_ends_with($metric, '_bucket')) {
                $text .= $this->head($family, $family === $metric ? 'counter' : 'histogram');
            }
            foreach ($series as $labels => $value) {
                $text .= $metric . ($labels === '' ? '' : "{{$labels}}") . " $value\n";
            }
        }
        foreach ($gauges as $name => $value) {
            $metric = self::NAMESPACE . "_$name";
            $text .= $this->head($metric, 'gauge') . "$metric $value\n";
        }

        return $text;
    }

    private function head(string $family, string $type): string
    {
        $own = $this->help[substr($family, strlen(self::NAMESPACE) + 1)] ?? $family;

        return '# HELP ' . $family . ' ' . (self::HELP[$family] ?? $own) . "\n# TYPE $family $type\n";
    }

    /**
     * @param callable(array<string, array<string, int|float>>): array<string, array<string, int|float>> $change
     *
     * @return array<string, array<string, int|float>>
     */
    private function update(callable $change): array
    {
        $file = fopen($this->file, 'c+');
        if ($file === false || !flock($file, LOCK_EX)) {
            throw new \RuntimeException("no metrics: {$this->file} cannot be written");
        }
        try {
            $before = json_decode((string) stream_get_contents($file), true);
            // A process that was killed while it wrote leaves half a file: counting begins anew, which Prometheus knows.
            $after = $change(is_array($before) ? $before : []);
            if ($after !== $before) {
                rewind($file);
                ftruncate($file, 0);
                fwrite($file, json_encode($after, JSON_THROW_ON_ERROR));
            }

            return $after;
        } finally {
            fclose($file);
        }
    }
}
