<?php

declare(strict_types=1);

namespace App\Tests;

use App\Metrics;
use PHPUnit\Framework\TestCase;

final class MetricsTest extends TestCase
{
    private string $file = '';

    protected function setUp(): void
    {
        $this->file = (string) tempnam(sys_get_temp_dir(), 'metrics');
    }

    protected function tearDown(): void
    {
        unlink($this->file);
    }

    public function testBucketsAreCumulative(): void
    {
        $metrics = new Metrics($this->file);
        $metrics->request(200, 0.02);
        $metrics->request(503, 20.0);
        $text = $metrics->render();
        foreach (['0.01' => 0, '0.025' => 1, '10' => 1, '+Inf' => 2] as $bound => $count) {
            self::assertStringContainsString("http_request_duration_seconds_bucket{le=\"$bound\"} $count\n", $text);
        }
        self::assertStringContainsString("http_request_duration_seconds_count 2\n", $text);
        self::assertStringContainsString("http_requests_total{status=\"503\"} 1\n", $text);
        self::assertSame(1, substr_count($text, '# TYPE http_request_duration_seconds histogram'));
    }

    public function testProcessesThatCountAtOnceLoseNothing(): void
    {
        $children = [];
        for ($child = 0; $child < 4; $child++) {
            $pid = pcntl_fork();
            if ($pid === 0) {
                for ($count = 0; $count < 50; $count++) {
                    (new Metrics($this->file))->count('lifts_imported_total', 'client', 'acme');
                }
                // Without PHPUnit's own end.
                posix_kill(posix_getpid(), SIGKILL);
            }
            $children[] = $pid;
        }
        foreach ($children as $pid) {
            pcntl_waitpid($pid, $status);
        }
        $text = (new Metrics($this->file))->render();
        self::assertStringContainsString("my_app_lifts_imported_total{client=\"acme\"} 200\n", $text);
    }

    public function testHalfAFileIsABeginning(): void
    {
        file_put_contents($this->file, '{"http_requests_total":{"sta');
        $metrics = new Metrics($this->file);
        $metrics->request(200, 0.1);
        self::assertStringContainsString("http_requests_total{status=\"200\"} 1\n", $metrics->render());
    }

    public function testWhatComesFromOutsideMakesNoEndOfSeries(): void
    {
        $metrics = new Metrics($this->file);
        for ($client = 0; $client < 120; $client++) {
            $metrics->count('lifts_imported_total', 'client', "client-$client");
        }
        $text = $metrics->render(['active_users' => 3]);
        self::assertStringContainsString("my_app_lifts_imported_total{client=\"other\"} 20\n", $text);
        self::assertStringContainsString("# TYPE my_app_active_users gauge\nmy_app_active_users 3\n", $text);
    }
}
