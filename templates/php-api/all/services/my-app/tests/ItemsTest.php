<?php

declare(strict_types=1);

namespace App\Tests;

use App\Items;
use App\Logger;
use App\Service\Environment;
use App\Services;
use PHPUnit\Framework\TestCase;

final class ItemsTest extends TestCase
{
    public function testACacheThatIsAwayIsSaidOnceAndTheDatabaseIsAsked(): void
    {
        $output = fopen('php://memory', 'w+');
        self::assertIsResource($output);
        // Nothing answers at this port.
        $away = ['DATABASE_URL' => 'mysql://app:app@127.0.0.1:9/app', 'REDIS_URL' => 'redis://127.0.0.1:9'];
        $services = new Services(new Environment($away), new Logger($output));
        $items = new Items($services->database, $services->cache, $services->log);
        for ($asked = 0; $asked < 2; ++$asked) {
            try {
                $items->newest();
                self::fail('answered');
            } catch (\PDOException) {
                // Of the database, and not of the cache.
            }
        }
        rewind($output);
        self::assertSame(1, substr_count((string) stream_get_contents($output), 'the cache does not work, and is left out'));
    }
}
