<?php

declare(strict_types=1);

namespace App\Console;

use App\Lifts;
use App\Services;
use PhpAmqpLib\Exception\AMQPTimeoutException;
use PhpAmqpLib\Message\AMQPMessage;

/** `messenger:consume events --time-limit=3600`: events one by one, until time is over or somebody says stop. */
final class Consume implements Command
{
    /** How long it may take until a stop is noticed that came while nothing else did, in seconds. */
    private const LOOK_SECONDS = 1;

    private readonly Lifts $lifts;

    public function __construct(private readonly Services $services)
    {
        $this->lifts = new Lifts($services);
    }

    public function options(): array
    {
        return ['time-limit'];
    }

    public function run(array $arguments, array $options): int
    {
        $queue = $arguments[0] ?? throw new Usage('messenger:consume: name a queue');
        if ($queue !== Lifts::QUEUE || count($arguments) > 1) {
            throw new Usage('messenger:consume: the queue is ' . Lifts::QUEUE);
        }
        $limit = filter_var($options['time-limit'] ?? PHP_INT_MAX, FILTER_VALIDATE_INT, ['options' => ['min_range' => 1]]);
        if ($limit === false) {
            throw new Usage('messenger:consume: --time-limit is a number of seconds');
        }
        $this->consume($queue, new StopSignals(), microtime(true) + $limit);

        return 0;
    }

    private function consume(string $queue, StopSignals $stop, float $end): void
    {
        $this->services->queue->declare($queue);
        $channel = $this->services->queue->channel();
        $channel->basic_qos(0, 1, false);
        $channel->basic_consume($queue, callback: $this->handle(...));
        $this->services->log->info("consuming $queue");
        while (!$stop->asked() && microtime(true) < $end) {
            try {
                $channel->wait(timeout: self::LOOK_SECONDS);
            } catch (AMQPTimeoutException) {
                $this->services->queue->checkHeartbeat();
            }
        }
        $this->services->queue->close();
        $this->services->log->info("no longer consuming $queue");
    }

    /** What fails comes again; what fails too often the broker puts aside. */
    private function handle(AMQPMessage $message): void
    {
        try {
            $event = json_decode($message->getBody(), true, flags: JSON_THROW_ON_ERROR);
            $id = is_array($event) && is_string($event['lift'] ?? null) ? $event['lift'] : null;
            $this->lifts->archive($id ?? throw new \UnexpectedValueException('an event without a lift'));
            $message->ack();
            $this->services->log->info("archived lift $id", ['lift' => $id]);
        } catch (\Throwable $error) {
            $this->services->log->error('an event failed', $error, ['event' => mb_strcut($message->getBody(), 0, 500)]);
            $this->services->database->disconnect();
            // Not at once: what is away needs a moment to come back.
            sleep(1);
            $message->nack(true);
        }
    }
}
