<?php

declare(strict_types=1);

namespace App\Http;

use App\Health;
use App\Metrics;
use App\Services;

/** Finds the route of a request, answers it, and counts the answer. */
final class App
{
    /** @var list<Route> */
    private readonly array $routes;

    /** @param list<Route> $routes */
    public function __construct(array $routes, private readonly Services $services, private readonly Metrics $metrics)
    {
        $this->routes = [
            ...$routes,
            new Route('GET', '/health', $this->health(...), inside: true),
            new Route('GET', '/metrics', $this->measured(...), inside: true),
        ];
    }

    /** An answer to everything, and the count of it. */
    public function handle(Request $request, float $start): Response
    {
        $response = $this->answer($request);
        $seconds = microtime(true) - $start;
        try {
            $this->metrics->request($response->status, $seconds);
        } catch (\Throwable $error) {
            $this->services->log->error('a request was not counted', $error);
        }

        return $response;
    }

    private function answer(Request $request): Response
    {
        try {
            return $this->route($request);
        } catch (BadRequest $mistake) {
            return Response::json(400, ['problems' => $mistake->problems]);
        } catch (\Throwable $error) {
            $this->services->log->error("{$request->method} {$request->path} failed", $error, [
                'requestId' => $request->headers['x-request-id'] ?? null,
                'traceparent' => $request->headers['traceparent'] ?? null,
            ]);

            return Response::problem(500, 'something went wrong; the log knows more');
        }
    }

    private function route(Request $request): Response
    {
        $method = $request->method === 'HEAD' ? 'GET' : $request->method;
        $allowed = [];
        foreach ($this->routes as $route) {
            $parameters = $route->parameters($request->path);
            if ($parameters === null || ($route->inside && $request->isFromOutside())) {
                continue;
            }
            if ($route->method === $method) {
                return ($route->answer)($request, $parameters);
            }
            $allowed[] = $route->method;
        }
        if ($allowed === []) {
            return Response::problem(404, 'there is nothing here');
        }
        $all = implode(', ', array_unique($allowed));

        return Response::json(405, ['error' => "use $all"], ['allow' => $all]);
    }

    private function health(): Response
    {
        $parts = (new Health($this->services))->check();
        $healthy = !in_array(false, $parts, true);

        return Response::json($healthy ? 200 : 503, ['healthy' => $healthy, 'parts' => $parts]);
    }

    private function measured(): Response
    {
        return new Response(200, $this->metrics->render(), ['content-type' => 'text/plain; version=0.0.4']);
    }
}
