<?php

declare(strict_types=1);

namespace App\Console;

/** A command line that means nothing. */
final class Usage extends \InvalidArgumentException
{
}
