<?php

declare(strict_types=1);

namespace App;

use App\Service\Cache;
use App\Service\Database;
use App\Service\ObjectStorage;
use App\Service\Queue;
use PhpAmqpLib\Message\AMQPMessage;

/**
 * Whether each service gives back what it is given. It is for people, for Compose and for who calls this application:
 * a probe that asked the same would restart every pod because a database is away.
 */
final class Health
{
    public function __construct(private readonly Services $services)
    {
    }

    /** @return array<string, bool> by part; what this workload has no variables for is no part of it */
    public function check(): array
    {
        $parts = [
            'database' => [Database::VARIABLE, $this->database(...)],
            'cache' => [Cache::VARIABLE, $this->cache(...)],
            'queue' => [Queue::VARIABLE, $this->queue(...)],
            'storage' => [ObjectStorage::VARIABLE, $this->storage(...)],
        ];
        $results = [];
        foreach ($parts as $part => [$variable, $returns]) {
            if ($this->services->environment->has($variable)) {
                $results[$part] = $this->passes($part, $returns);
            }
        }

        return $results;
    }

    /** @param callable(string): mixed $returns what the service makes of a text */
    private function passes(string $part, callable $returns): bool
    {
        $text = bin2hex(random_bytes(16));
        try {
            $returned = $returns($text);
            if ($returned === $text) {
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

    private function queue(string $text): mixed
    {
        $channel = $this->services->queue->channel();
        [$name] = $channel->queue_declare(exclusive: true);
        $this->services->queue->publish($name, $text);
        $message = $channel->basic_get($name, true);
        $this->services->queue->close();

        return $message instanceof AMQPMessage ? $message->getBody() : null;
    }

    private function storage(string $text): mixed
    {
        $this->services->storage->put("health/$text", $text);
        $returned = $this->services->storage->get("health/$text");
        $this->services->storage->delete("health/$text");

        return $returned;
    }
}
