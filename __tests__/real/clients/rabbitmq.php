<?php

// RabbitMQ by php-amqplib, from RABBITMQ_URL and, where no system bundle knows the server's authority, RABBITMQ_SSL_CA.

declare(strict_types=1);

use PhpAmqpLib\Connection\AMQPConnectionConfig;
use PhpAmqpLib\Connection\AMQPConnectionFactory;
use PhpAmqpLib\Message\AMQPMessage;

require __DIR__ . '/vendor/autoload.php';

$url = parse_url(getenv('RABBITMQ_URL'));
$ca = getenv('RABBITMQ_SSL_CA');

$config = new AMQPConnectionConfig();
$config->setHost($url['host']);
$config->setPort($url['port']);
$config->setUser(rawurldecode($url['user']));
$config->setPassword(rawurldecode($url['pass']));
// All after the first slash: the virtual host "/" is "%2F" here.
$config->setVhost(rawurldecode(substr($url['path'], 1)));
if ($url['scheme'] === 'amqps') {
    $config->setIsSecure(true);
    // Before version 3.6 the line above alone makes it speak no TLS.
    $config->setNetworkProtocol('tls');
    $config->setSslVerify(true);
    $config->setSslVerifyName(true);
    $config->setSslCaCert($ca === false ? null : $ca);
}

$connection = AMQPConnectionFactory::create($config);
$channel = $connection->channel();
[$queue] = $channel->queue_declare(exclusive: true);
$channel->basic_publish(new AMQPMessage('sent by php-amqplib'), '', $queue);
$channel->basic_consume($queue, no_ack: true, callback: function (AMQPMessage $message) use ($channel): void {
    echo $message->getBody(), "\n";
    $channel->basic_cancel($message->getConsumerTag());
});
while ($channel->is_consuming()) {
    $channel->wait(timeout: 5);
}
$connection->close();
