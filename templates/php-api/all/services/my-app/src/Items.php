<?php

declare(strict_types=1);

namespace App;

use App\Service\Cache;
use App\Service\Database;

/** What this service keeps. A cache that is away makes it slower, and nothing else. */
final class Items
{
    private const CACHED = 'items';

    private const CACHED_SECONDS = 5;

    private bool $isAway = false;

    public function __construct(private readonly Database $database, private readonly Cache $cache, private readonly Logger $log)
    {
    }

    /** @return list<array<string, mixed>> the hundred newest; five seconds old at most */
    public function newest(): array
    {
        $cached = $this->cached(static fn (\Redis $redis): mixed => $redis->get(self::CACHED));
        $known = is_string($cached) ? json_decode($cached, true) : null;
        if (is_array($known) && array_is_list($known)) {
            return $known;
        }
        $items = $this->database->query('SELECT id, title, created_at FROM items ORDER BY created_at DESC, id LIMIT 100');
        $text = json_encode($items, JSON_THROW_ON_ERROR);
        $this->cached(static fn (\Redis $redis): mixed => $redis->setEx(self::CACHED, self::CACHED_SECONDS, $text));

        return $items;
    }

    /** @return bool whether there was none of this id before; one that is there is left as it is */
    public function keep(string $id, string $title): bool
    {
        $new = $this->database->change('INSERT IGNORE INTO items (id, title) VALUES (?, ?)', [$id, $title]) === 1;
        if ($new) {
            $this->cached(static fn (\Redis $redis): mixed => $redis->del(self::CACHED));
        }

        return $new;
    }

    /**
     * What the cache says, or nothing where it does not answer. It is asked once then, and not again in the same request: each
     * question would wait as long.
     *
     * @param \Closure(\Redis): mixed $ask
     */
    private function cached(\Closure $ask): mixed
    {
        if ($this->isAway) {
            return null;
        }
        try {
            return $ask($this->cache->connection());
        } catch (\RedisException $error) {
            $this->isAway = true;
            $this->log->error('the cache does not work, and is left out', $error, ['part' => 'cache']);

            return null;
        }
    }
}
