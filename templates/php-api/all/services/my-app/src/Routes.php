<?php

declare(strict_types=1);

namespace App;

use App\Http\BadRequest;
use App\Http\Request;
use App\Http\Response;
use App\Http\Route;

/** The routes of this service: yours from here on. */
final class Routes
{
    /** What this service counts of its own, and what each is for. */
    public const METRICS = ['items_kept_total' => 'Items that were kept, by whether they were new.'];

    private const ID = '/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D';

    private const MOST = 200;

    /** @return list<Route> */
    public static function of(Services $services, Metrics $metrics): array
    {
        $items = new Items($services->database, $services->cache, $services->log);

        return [
            new Route('GET', '/', static fn (): Response => Response::json(200, ['name' => 'my-app'])),
            new Route('GET', '/items', static fn (): Response => Response::json(200, $items->newest())),
            new Route('PUT', '/items/{id}', static function (Request $request, array $parameters) use ($items, $metrics): Response {
                ['id' => $id, 'title' => $title] = self::item($parameters['id'] ?? '', $request->body);
                $new = $items->keep($id, $title);
                $metrics->count('items_kept_total', 'new', $new ? 'true' : 'false');

                return Response::json($new ? 201 : 200, ['id' => $id]);
            }),
        ];
    }

    /** @return array{id: string, title: string} */
    public static function item(string $id, string $body): array
    {
        $given = json_decode($body, true);
        $title = is_array($given) ? $given['title'] ?? null : null;
        $problems = [];
        if (preg_match(self::ID, $id) !== 1) {
            $problems[] = 'id: use a UUID in small letters';
        }
        if (!is_string($title) || trim($title) === '' || mb_strlen($title) > self::MOST) {
            $problems[] = 'title: use {"title": "…"} with 1 to ' . self::MOST . ' characters';
        }
        if ($problems !== [] || !is_string($title)) {
            throw new BadRequest($problems === [] ? ['title: use a text'] : $problems);
        }

        return ['id' => $id, 'title' => $title];
    }
}
