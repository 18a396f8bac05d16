<?php

declare(strict_types=1);

namespace App\Http;

use App\Health;
use App\Lifts;
use App\Metrics;
use App\Service\Cache;
use App\Service\Notifications;
use App\Services;

/** The routes. */
final class Api
{
    private const ID = '/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/';

    private const CLIENT = '/^[a-z0-9][a-z0-9-]{0,31}$/';

    private readonly Lifts $lifts;

    public function __construct(private readonly Services $services, private readonly Metrics $metrics)
    {
        $this->lifts = new Lifts($services);
    }

    /** An answer to everything, and the count of it. */
    public function handle(Request $request, float $start): Response
    {
        try {
            $response = $this->route($request);
        } catch (\Throwable $error) {
            $this->services->log->error("{$request->method} {$request->path} failed", $error, [
                'requestId' => $request->headers['x-request-id'] ?? null,
                'traceparent' => $request->headers['traceparent'] ?? null,
            ]);
            $response = Response::problem(500, 'something went wrong; the log knows more');
        }
        try {
            $this->metrics->request($response->status, microtime(true) - $start);
        } catch (\Throwable $error) {
            $this->services->log->error('a request was not counted', $error);
        }

        return $response;
    }

    private function route(Request $request): Response
    {
        $path = $request->path;
        // The cluster's own business: Prometheus and other workloads ask the pod itself.
        if ($request->isFromOutside() && in_array($path, ['/health', '/metrics'], true)) {
            return Response::problem(404, 'there is nothing here');
        }
        if (preg_match('~^/lifts/([^/]+)$~', $path, $found) === 1) {
            return $request->method === 'PUT' ? $this->import($found[1], $request->body) : $this->notAllowed('PUT');
        }
        $get = match ($path) {
            '/' => fn (): Response => Response::json(200, ['name' => 'backend']),
            '/health' => $this->health(...),
            '/metrics' => $this->metrics(...),
            '/lifts' => fn (): Response => Response::json(200, $this->lifts->byClient()),
            default => null,
        };
        if ($get === null) {
            return Response::problem(404, 'there is nothing here');
        }

        return in_array($request->method, ['GET', 'HEAD'], true) ? $get() : $this->notAllowed('GET, HEAD');
    }

    private function health(): Response
    {
        $parts = (new Health($this->services))->check();
        $healthy = !in_array(false, $parts, true);

        return Response::json($healthy ? 200 : 503, ['healthy' => $healthy, 'parts' => (object) $parts]);
    }

    private function metrics(): Response
    {
        $gauges = [];
        try {
            if ($this->services->environment->has(Cache::VARIABLE)) {
                $gauges['active_users'] = $this->lifts->activeClients();
            }
        } catch (\RedisException $error) {
            // What was counted here is told all the same.
            $this->services->log->error('no number of active users', $error);
        }

        return new Response(200, $this->metrics->render($gauges), ['content-type' => 'text/plain; version=0.0.4']);
    }

    private function import(string $id, string $body): Response
    {
        $given = json_decode($body, true);
        $client = is_array($given) ? $given['client'] ?? null : null;
        if (preg_match(self::ID, $id) !== 1) {
            return Response::problem(400, 'the id of a lift is a UUID in small letters');
        }
        if (!is_string($client) || preg_match(self::CLIENT, $client) !== 1) {
            return Response::problem(400, 'use {"client": "…"} with up to 32 small letters, digits and hyphens');
        }
        $new = $this->lifts->import($id, $client);
        if ($new) {
            $this->metrics->count('lifts_imported_total', 'client', $client);
            $this->tellOf($client);
        }

        return Response::json($new ? 201 : 200, ['id' => $id, 'client' => $client]);
    }

    /** People hear of a client once, by the other workload, which knows of whom they have heard. */
    private function tellOf(string $client): void
    {
        if (!$this->services->environment->has(Notifications::VARIABLE)) {
            return;
        }
        try {
            $this->services->notifications->tell(
                "client-$client",
                "$client is a new client",
                "$client has imported its first lift.\n",
            );
        } catch (\Throwable $error) {
            // The lift is imported; the next one of this client tries again.
            $this->services->log->error('people were not told of a client', $error, ['client' => $client]);
        }
    }

    private function notAllowed(string $allowed): Response
    {
        return Response::json(405, ['error' => "use $allowed"], ['allow' => $allowed]);
    }
}
