<?php

declare(strict_types=1);

namespace App\Service;

use PhpAmqpLib\Channel\AMQPChannel;
use PhpAmqpLib\Connection\AbstractConnection;
use PhpAmqpLib\Connection\AMQPConnectionConfig;
use PhpAmqpLib\Connection\AMQPConnectionFactory;
use PhpAmqpLib\Message\AMQPMessage;
use PhpAmqpLib\Wire\AMQPTable;

/** RabbitMQ, connected at the first question. */
final class Queue
{
    public const VARIABLE = 'RABBITMQ_URL';

    private const SECONDS = 3.0;

    /** A message that fails so often is put aside. */
    private const DELIVERIES = 5;

    private ?AbstractConnection $connection = null;

    private ?AMQPChannel $channel = null;

    /** @param int $heartbeat seconds; only a program that waits for messages sends any */
    public function __construct(private readonly Environment $environment, private readonly int $heartbeat = 0)
    {
    }

    /** Every publish on it is confirmed by the broker. */
    public function channel(): AMQPChannel
    {
        if ($this->channel === null) {
            $this->connection = AMQPConnectionFactory::create($this->config());
            $this->channel = $this->connection->channel();
            $this->channel->confirm_select();
        }

        return $this->channel;
    }

    /** Returns when the broker has it; that it is on disk is the queue's business. */
    public function publish(string $queue, string $body): void
    {
        $channel = $this->channel();
        $properties = ['content_type' => 'application/json', 'delivery_mode' => AMQPMessage::DELIVERY_MODE_PERSISTENT];
        $channel->basic_publish(new AMQPMessage($body, $properties), '', $queue);
        $channel->wait_for_pending_acks(self::SECONDS);
    }

    /** A queue that outlives brokers and programs, and the one beside it for what failed too often. */
    public function declare(string $name): void
    {
        $channel = $this->channel();
        $type = ['x-queue-type' => 'quorum'];
        $channel->queue_declare("$name.failed", durable: true, auto_delete: false, arguments: new AMQPTable($type));
        $channel->queue_declare($name, durable: true, auto_delete: false, arguments: new AMQPTable($type + [
            'x-delivery-limit' => self::DELIVERIES,
            'x-dead-letter-exchange' => '',
            'x-dead-letter-routing-key' => "$name.failed",
        ]));
    }

    public function checkHeartbeat(): void
    {
        $this->connection?->checkHeartBeat();
    }

    public function close(): void
    {
        try {
            $this->connection?->close();
        } finally {
            $this->connection = $this->channel = null;
        }
    }

    private function config(): AMQPConnectionConfig
    {
        $at = Endpoint::fromEnvironment($this->environment, self::VARIABLE, 'RABBITMQ_SSL_CA', 5672);
        $config = new AMQPConnectionConfig();
        $config->setHost($at->host);
        $config->setPort($at->port);
        $config->setUser($at->user ?? 'guest');
        $config->setPassword($at->password ?? 'guest');
        $config->setVhost($at->path === '' ? '/' : $at->path);
        $config->setConnectionTimeout(self::SECONDS);
        // The library wants both at least twice the heartbeat.
        $config->setReadTimeout(max(self::SECONDS, 2 * $this->heartbeat));
        $config->setWriteTimeout(max(self::SECONDS, 2 * $this->heartbeat));
        $config->setHeartbeat($this->heartbeat);
        if ($at->tls) {
            $config->setIsSecure(true);
            // Before version 3.6 the line above alone makes it speak no TLS.
            $config->setNetworkProtocol('tls');
            $config->setSslVerify(true);
            $config->setSslVerifyName(true);
            $config->setSslCaCert($at->ca);
        }

        return $config;
    }
}
