<?php

declare(strict_types=1);

namespace App\Integration;

use App\Health;
use App\Items;
use App\Logger;
use App\Service\Environment;
use App\Services;
use PHPUnit\Framework\TestCase;

/** With every service that the variables of the workload lead to, after its migrations. */
final class ServicesTest extends TestCase
{
    private Services $services;

    protected function setUp(): void
    {
        $this->services = new Services(new Environment(getenv()), new Logger(STDERR));
    }

    public function testEachGivesBackWhatItIsGiven(): void
    {
        self::assertSame(['database' => true, 'cache' => true], (new Health($this->services))->check());
    }

    public function testAnItemIsKeptOnceAndThere(): void
    {
        $items = new Items($this->services->database, $this->services->cache, $this->services->log);
        $id = sprintf('%s-0000-4000-8000-%s', bin2hex(random_bytes(4)), bin2hex(random_bytes(6)));
        self::assertTrue($items->keep($id, 'Grüße'));
        self::assertFalse($items->keep($id, 'another'));
        // From the database, and then from the cache.
        foreach ([1, 2] as $_) {
            $titles = array_column($items->newest(), 'title', 'id');
            self::assertSame('Grüße', $titles[$id] ?? null);
        }
    }
}
