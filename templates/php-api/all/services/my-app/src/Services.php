<?php

declare(strict_types=1);

namespace App;

use App\Service\Cache;
use App\Service\Database;
use App\Service\Environment;

/** What a program has at hand. Nothing is connected before it is used. */
final class Services
{
    public readonly Database $database;
    public readonly Cache $cache;

    public function __construct(public readonly Environment $environment, public readonly Logger $log)
    {
        $this->database = new Database($environment);
        $this->cache = new Cache($environment);
    }
}
