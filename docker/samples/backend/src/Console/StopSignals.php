<?php

declare(strict_types=1);

namespace App\Console;

/**
 * Whether somebody asked this program to stop. A runtime sends the stop signal of the image, which is SIGQUIT in the
 * official images of PHP-FPM, and SIGTERM where there is none; a terminal sends SIGINT. Process 1 of a container
 * ignores each of them that it does not handle.
 */
final class StopSignals
{
    private bool $asked = false;

    public function __construct()
    {
        foreach ([SIGTERM, SIGQUIT, SIGINT] as $signal) {
            pcntl_signal($signal, function (): void {
                $this->asked = true;
            });
        }
    }

    /** Signals are looked at here, and not in the middle of something. */
    public function asked(): bool
    {
        pcntl_signal_dispatch();

        return $this->asked;
    }
}
