<?php

declare(strict_types=1);

namespace App\Console;

use App\Lifts;
use App\Service\Mail;
use App\Services;

/** `app:scheduled`: looks for lifts that nobody archived, and tells people of them once an hour. */
final class Scheduled implements Command
{
    private const OVERDUE_MINUTES = 10;

    private const TOLD = 'told-of-overdue-lifts';

    private const TOLD_SECONDS = 3600;

    private readonly Lifts $lifts;

    public function __construct(private readonly Services $services)
    {
        $this->lifts = new Lifts($services);
    }

    public function options(): array
    {
        return [];
    }

    public function run(array $arguments, array $options): int
    {
        if ($arguments !== []) {
            throw new Usage('app:scheduled: takes nothing');
        }
        $overdue = $this->lifts->overdue(self::OVERDUE_MINUTES);
        $this->services->log->info("$overdue lifts are overdue", ['overdue' => $overdue]);
        if ($overdue > 0 && $this->services->environment->has(Mail::VARIABLE)) {
            $this->tell($overdue);
        }

        return 0;
    }

    private function tell(int $overdue): void
    {
        $redis = $this->services->cache->connection();
        if ($redis->set(self::TOLD, '1', ['nx', 'ex' => self::TOLD_SECONDS]) !== true) {
            return;
        }
        $environment = $this->services->environment;
        try {
            $this->services->mail->send(
                $environment->optional('MAIL_FROM') ?? 'my-app@example.com',
                $environment->optional('MAIL_TO') ?? 'team-my-app@example.com',
                "$overdue lifts are overdue",
                "$overdue lifts were imported more than " . self::OVERDUE_MINUTES . " minutes ago and are not archived.\n",
            );
        } catch (\Throwable $error) {
            // The next run tries again.
            $redis->del(self::TOLD);
            throw $error;
        }
    }
}
