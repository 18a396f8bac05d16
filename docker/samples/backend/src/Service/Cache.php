<?php

declare(strict_types=1);

namespace App\Service;

/** Redis, or what speaks its protocol, connected at the first question. */
final class Cache
{
    public const VARIABLE = 'REDIS_URL';

    private const SECONDS = 3;

    private ?\Redis $connection = null;

    public function __construct(private readonly Environment $environment)
    {
    }

    public function connection(): \Redis
    {
        return $this->connection ??= $this->connect();
    }

    private function connect(): \Redis
    {
        $at = Endpoint::fromEnvironment($this->environment, self::VARIABLE, 'REDIS_SSL_CA', 6379);
        $options = [];
        if ($at->password !== null) {
            $options['auth'] = $at->user === null || $at->user === '' ? [$at->password] : [$at->user, $at->password];
        }
        if ($at->tls) {
            // For TLS only: with this option, even an empty one, phpredis speaks it whatever stands before the host.
            $options['stream'] = ['verify_peer' => true] + ($at->ca === null ? [] : ['cafile' => $at->ca]);
        }
        $redis = new \Redis();
        $redis->connect(($at->tls ? 'tls://' : '') . $at->host, $at->port, self::SECONDS, null, 0, self::SECONDS, $options);

        return $redis;
    }
}
