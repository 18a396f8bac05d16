<?php

declare(strict_types=1);

use App\Http\Api;
use App\Http\Request;
use App\Logger;
use App\Metrics;
use App\Service\Environment;
use App\Services;

require dirname(__DIR__) . '/vendor/autoload.php';

$start = (float) $_SERVER['REQUEST_TIME_FLOAT'];
$log = new Logger(fopen('php://stderr', 'w'));
$metrics = new Metrics(sys_get_temp_dir() . '/metrics.json', [
    'lifts_imported_total' => 'Lifts that were imported, by client.',
    'active_users' => 'Clients that were seen in the last five minutes.',
]);
(new Api(new Services(new Environment(getenv()), $log), $metrics))->handle(Request::fromGlobals(), $start)->send();
