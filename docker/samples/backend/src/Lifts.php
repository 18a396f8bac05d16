<?php

declare(strict_types=1);

namespace App;

/**
 * What this sample is about: lifts, which clients import. An import is a row and an event; who consumes the event writes
 * the lift to object storage.
 */
final class Lifts
{
    public const QUEUE = 'events';

    private const ACTIVE = 'active-clients';

    private const ACTIVE_SECONDS = 300;

    private const SUMMARY = 'lifts-by-client';

    private const SUMMARY_SECONDS = 5;

    public function __construct(private readonly Services $services)
    {
    }

    /**
     * Doing it again changes nothing but sends the event again: a client that got no answer asks once more.
     *
     * @return bool whether it is new
     */
    public function import(string $id, string $client): bool
    {
        $new = $this->services->database->change('INSERT IGNORE INTO lifts (id, client) VALUES (?, ?)', [$id, $client]) > 0;
        $this->services->queue->declare(self::QUEUE);
        $this->services->queue->publish(self::QUEUE, json_encode(['lift' => $id], JSON_THROW_ON_ERROR));
        $redis = $this->services->cache->connection();
        $redis->zAdd(self::ACTIVE, time(), $client);
        $redis->del(self::SUMMARY);

        return $new;
    }

    /** @return list<array{client: string, lifts: int, archived: int}> a few seconds old at most */
    public function byClient(): array
    {
        $redis = $this->services->cache->connection();
        $cached = $redis->get(self::SUMMARY);
        if (is_string($cached)) {
            return json_decode($cached, true, flags: JSON_THROW_ON_ERROR);
        }
        $rows = $this->services->database->query(
            'SELECT client, COUNT(*) AS lifts, COUNT(archived_at) AS archived FROM lifts GROUP BY client ORDER BY client',
        );
        $redis->setEx(self::SUMMARY, self::SUMMARY_SECONDS, json_encode($rows, JSON_THROW_ON_ERROR));

        return $rows;
    }

    /** Clients that were seen in the last minutes. */
    public function activeClients(): int
    {
        $redis = $this->services->cache->connection();
        $redis->zRemRangeByScore(self::ACTIVE, '-inf', (string) (time() - self::ACTIVE_SECONDS));

        return $redis->zCard(self::ACTIVE);
    }

    /** Harmless when done twice: an event may come again. */
    public function archive(string $id): void
    {
        [$lift] = $this->services->database->query('SELECT id, client, imported_at FROM lifts WHERE id = ?', [$id])
            ?: throw new \UnexpectedValueException("there is no lift $id");
        $this->services->storage->put("lifts/$id.json", json_encode($lift, JSON_THROW_ON_ERROR));
        $this->services->database->change('UPDATE lifts SET archived_at = NOW() WHERE id = ? AND archived_at IS NULL', [$id]);
    }

    /** Lifts that should have been archived by now. */
    public function overdue(int $minutes): int
    {
        return (int) $this->services->database->value(
            'SELECT COUNT(*) FROM lifts WHERE archived_at IS NULL AND imported_at < NOW() - INTERVAL ? MINUTE',
            $minutes,
        );
    }
}
