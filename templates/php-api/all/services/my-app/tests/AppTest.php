<?php

declare(strict_types=1);

namespace App\Tests;

use App\Http\App;
use App\Http\BadRequest;
use App\Http\Request;
use App\Http\Response;
use App\Http\Route;
use App\Logger;
use App\Metrics;
use App\Service\Environment;
use App\Services;
use PHPUnit\Framework\TestCase;

final class AppTest extends TestCase
{
    private string $file = '';

    /** @var resource */
    private $output;

    protected function setUp(): void
    {
        $this->file = (string) tempnam(sys_get_temp_dir(), 'metrics');
        $output = fopen('php://memory', 'w+');
        self::assertIsResource($output);
        $this->output = $output;
    }

    protected function tearDown(): void
    {
        unlink($this->file);
    }

    public function testParametersAreDecoded(): void
    {
        self::assertSame('{"id":"a/b"}' . "\n", $this->ask('GET', '/things/a%2Fb')->body);
        self::assertSame(404, $this->ask('GET', '/things/a/b')->status);
    }

    public function testAMethodThatAPathDoesNotHaveIsRefusedWithThoseThatItHas(): void
    {
        $response = $this->ask('DELETE', '/things/1');
        self::assertSame([405, 'GET, PUT'], [$response->status, $response->headers['allow'] ?? null]);
        self::assertSame(200, $this->ask('HEAD', '/things/1')->status);
    }

    public function testAMistakeOfTheCallerIsSaidWithAllThatIsWrong(): void
    {
        $response = $this->ask('PUT', '/things/1');
        self::assertSame([400, '{"problems":["id: no","title: no"]}' . "\n"], [$response->status, $response->body]);
    }

    public function testAnErrorIsToldToTheLogAndNotToTheCaller(): void
    {
        $response = $this->ask('GET', '/broken');
        self::assertSame(500, $response->status);
        self::assertStringNotContainsString('password', $response->body);
        self::assertStringContainsString('password', $this->logged());
    }

    public function testWhatIsForTheClusterAloneIsNotAnsweredToWhatCameThroughAProxy(): void
    {
        self::assertSame(200, $this->ask('GET', '/metrics')->status);
        foreach (['/metrics', '/health'] as $path) {
            self::assertSame(404, $this->ask('GET', $path, ['x-forwarded-for' => '203.0.113.1'])->status);
        }
    }

    public function testServicesThatAreAwayAreNamedOneByOne(): void
    {
        $response = $this->ask('GET', '/health');
        self::assertSame(503, $response->status);
        self::assertSame('{"healthy":false,"parts":{"database":false,"cache":false}}' . "\n", $response->body);
    }

    public function testAnswersAreCountedByStatus(): void
    {
        $this->ask('GET', '/things/1');
        $this->ask('GET', '/nothing');
        $text = $this->ask('GET', '/metrics')->body;
        self::assertStringContainsString("http_requests_total{status=\"200\"} 1\n", $text);
        self::assertStringContainsString("http_requests_total{status=\"404\"} 1\n", $text);
        self::assertStringContainsString("http_request_duration_seconds_bucket{le=\"+Inf\"} 2\n", $text);
    }

    /** @param array<string, string> $headers */
    private function ask(string $method, string $path, array $headers = []): Response
    {
        $routes = [
            new Route('GET', '/things/{id}', static fn (Request $request, array $parameters): Response => Response::json(200, $parameters)),
            new Route('PUT', '/things/{id}', static fn (): Response => throw new BadRequest(['id: no', 'title: no'])),
            new Route('GET', '/broken', static fn (): Response => throw new \RuntimeException('password of the database')),
        ];
        $services = new Services(new Environment([]), new Logger($this->output));

        return (new App($routes, $services, new Metrics($this->file)))->handle(new Request($method, $path, $headers), microtime(true));
    }

    private function logged(): string
    {
        rewind($this->output);

        return (string) stream_get_contents($this->output);
    }
}
