<?php

declare(strict_types=1);

use App\Http\App;
use App\Http\Request;
use App\Logger;
use App\Metrics;
use App\Routes;
use App\Service\Environment;
use App\Services;

require dirname(__DIR__) . '/vendor/autoload.php';

$start = (float) $_SERVER['REQUEST_TIME_FLOAT'];
$log = new Logger(fopen('php://stderr', 'w') ?: STDERR);
$services = new Services(new Environment(getenv()), $log);
$metrics = new Metrics(sys_get_temp_dir() . '/metrics.json', Routes::METRICS);
(new App(Routes::of($services, $metrics), $services, $metrics))->handle(Request::fromGlobals(), $start)->send();
