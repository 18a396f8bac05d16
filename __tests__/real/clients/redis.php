<?php

// Redis by phpredis, from REDIS_URL and, where no system bundle knows the server's authority, REDIS_SSL_CA.

declare(strict_types=1);

$url = parse_url(getenv('REDIS_URL'));
$ca = getenv('REDIS_SSL_CA');
$tls = $url['scheme'] === 'rediss';

$redis = new Redis();
$redis->connect(($tls ? 'tls://' : '') . $url['host'], $url['port'], 5, null, 0, 5, [
    'auth' => [rawurldecode($url['user']), rawurldecode($url['pass'])],
    // For TLS only: with this option, even an empty one, phpredis speaks it whatever stands before the host.
    ...($tls ? ['stream' => ['verify_peer' => true] + ($ca === false ? [] : ['cafile' => $ca])] : []),
]);

$redis->set('note', 'written by phpredis');
echo $redis->get('note'), "\n";
