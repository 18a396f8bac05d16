<?php

declare(strict_types=1);

namespace App;

use App\Service\Cache;
use App\Service\Database;
use App\Service\Environment;
use App\Service\HttpClient;
use App\Service\Mail;
use App\Service\Notifications;
use App\Service\ObjectStorage;
use App\Service\Queue;

/** What a program has at hand. Nothing is connected before it is used. */
final class Services
{
    /** How often a consumer and its broker tell each other that they are there, in seconds. */
    private const HEARTBEAT = 30;

    public readonly Database $database;
    public readonly Cache $cache;
    public readonly Queue $queue;
    public readonly ObjectStorage $storage;
    public readonly Mail $mail;
    public readonly Notifications $notifications;

    public function __construct(public readonly Environment $environment, public readonly Logger $log, bool $waits = false)
    {
        $this->database = new Database($environment);
        $this->cache = new Cache($environment);
        $this->queue = new Queue($environment, $waits ? self::HEARTBEAT : 0);
        $this->storage = new ObjectStorage($environment);
        $this->mail = new Mail($environment);
        $this->notifications = new Notifications($environment, new HttpClient());
    }
}
