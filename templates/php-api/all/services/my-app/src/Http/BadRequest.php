<?php

declare(strict_types=1);

namespace App\Http;

/** A mistake of the caller, with all that is wrong. */
final class BadRequest extends \RuntimeException
{
    /** @param non-empty-list<string> $problems */
    public function __construct(public readonly array $problems)
    {
        parent::__construct(implode('; ', $problems));
    }
}
