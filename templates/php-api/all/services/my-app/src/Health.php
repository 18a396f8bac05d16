<?php

declare(strict_types=1);

namespace App;

/**
 * Whether each service gives back what it is given. It is for people, for Compose and for who calls this application:
 * a probe that asked the same would restart every pod because a database is away.
 */
final class Health
{
    public function __construct(private readonly Services $services)
    {
    }

    /** @return array<string, bool> by part */
    public function check(): array
    {
        return ['database' => $this->passes('database', $this->database(...)), 'cache' => $this->passes('cache', $this->cache(...))];
    }

    /** @param callable(string): mixed $returns what the service makes of a text */
    private function passes(string $part, callable $returns): bool
    {
        $text = bin2hex(random_bytes(16));
        try {
            if ($returns($text) === $text) {
                return true;
            }
            $this->services->log->error("$part gave back something else", context: ['part' => $part]);
        } catch (\Throwable $error) {
            $this->services->log->error("$part does not work", $error, ['part' => $part]);
        }

        return false;
    }

    private function database(string $text): mixed
    {
        return $this->services->database->value('SELECT CONCAT(?, ?)', substr($text, 0, 10), substr($text, 10));
    }

    private function cache(string $text): mixed
    {
        $redis = $this->services->cache->connection();
        $redis->setEx("health-$text", 10, $text);
        $returned = $redis->get("health-$text");
        $redis->del("health-$text");

        return $returned;
    }
}
