<?php

declare(strict_types=1);

namespace App\Service;

/** Where a service is and who asks: a URL of the connection contract, taken apart. */
final class Endpoint
{
    private function __construct(
        public readonly string $host,
        public readonly int $port,
        public readonly ?string $user,
        public readonly ?string $password,
        /** All after the first slash behind the host: a database, or a virtual host. */
        public readonly string $path,
        public readonly bool $tls,
        /** PEM file to verify the server with; without one the system's bundle knows it. */
        public readonly ?string $ca,
    ) {
    }

    /**
     * @param string $variable   name of the variable with the URL
     * @param string $caVariable name of the one with the path of the PEM file
     */
    public static function fromEnvironment(Environment $environment, string $variable, string $caVariable, int $port): self
    {
        $url = parse_url($environment->required($variable));
        if ($url === false || !isset($url['scheme'], $url['host'])) {
            // Not the URL itself, in which there is a password.
            throw new \UnexpectedValueException("$variable: not a URL with a scheme and a host");
        }
        // Not urldecode(), which takes a plus sign for a space.
        $decoded = static fn (string $part): ?string => isset($url[$part]) ? rawurldecode((string) $url[$part]) : null;

        return new self(
            trim($url['host'], '[]'),
            $url['port'] ?? $port,
            $decoded('user'),
            $decoded('pass'),
            rawurldecode(substr($url['path'] ?? '', 1)),
            in_array($url['scheme'], ['rediss', 'amqps'], true),
            $environment->optional($caVariable),
        );
    }
}
