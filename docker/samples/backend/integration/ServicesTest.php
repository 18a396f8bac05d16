<?php

declare(strict_types=1);

namespace App\Integration;

use App\Health;
use App\Logger;
use App\Service\Environment;
use App\Services;
use PHPUnit\Framework\TestCase;

/** With every service that the variables of the workload lead to: those of Compose, or of whoever has others. */
final class ServicesTest extends TestCase
{
    public function testEachGivesBackWhatItIsGiven(): void
    {
        $services = new Services(new Environment(getenv()), new Logger(STDERR));
        $all = ['database' => true, 'cache' => true, 'queue' => true, 'storage' => true];
        self::assertSame($all, (new Health($services))->check());
    }
}
