<?php

declare(strict_types=1);

namespace App\Service;

use PHPMailer\PHPMailer\PHPMailer;

/** A mail relay that knows this workload by its address, so there is no login. */
final class Mail
{
    public const VARIABLE = 'SMTP_HOST';

    private const SECONDS = 10;

    public function __construct(private readonly Environment $environment)
    {
    }

    public function send(string $from, string $to, string $subject, string $text): void
    {
        $mail = new PHPMailer(true);
        $mail->isSMTP();
        $mail->Host = $this->environment->required(self::VARIABLE);
        $mail->Port = (int) ($this->environment->optional('SMTP_PORT') ?? 587);
        // Speaks TLS where the relay offers it.
        $mail->SMTPAutoTLS = true;
        $mail->Timeout = self::SECONDS;
        $mail->CharSet = PHPMailer::CHARSET_UTF8;
        $mail->setFrom($from);
        $mail->addAddress($to);
        $mail->Subject = $subject;
        $mail->Body = $text;
        $mail->send();
    }
}
