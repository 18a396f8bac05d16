<?php

declare(strict_types=1);

namespace App\Service;

/** The workload that mails people, by the variable that an edge to it injects. */
final class Notifications
{
    public const VARIABLE = 'NOTIFICATIONS_URL';

    public function __construct(private readonly Environment $environment, private readonly HttpClient $http)
    {
    }

    /** @param string $id of what is told: people are told of it once, however often this is called */
    public function tell(string $id, string $subject, string $text): void
    {
        $url = rtrim($this->environment->required(self::VARIABLE), '/') . '/notifications';
        $body = json_encode(['id' => $id, 'subject' => $subject, 'text' => $text], JSON_THROW_ON_ERROR);
        $answer = $this->http->request('POST', $url, ['content-type: application/json'], $body);
        if ($answer->status < 200 || $answer->status > 299) {
            throw new \RuntimeException("the notifications answer with {$answer->status}");
        }
    }
}
