<?php

declare(strict_types=1);

namespace App\Service;

/** MySQL, connected at the first question. */
final class Database
{
    public const VARIABLE = 'DATABASE_URL';

    private const CONNECT_SECONDS = 3;

    private ?\PDO $connection = null;

    public function __construct(private readonly Environment $environment)
    {
    }

    /**
     * @param list<scalar|null> $values
     *
     * @return list<array<string, mixed>>
     */
    public function query(string $sql, array $values = []): array
    {
        $statement = $this->run($sql, $values);

        return $statement->fetchAll(\PDO::FETCH_ASSOC);
    }

    /**
     * @param list<scalar|null> $values
     *
     * @return int rows that are other than before
     */
    public function change(string $sql, array $values = []): int
    {
        return $this->run($sql, $values)->rowCount();
    }

    public function value(string $sql, string|int ...$values): string|int|float|null
    {
        $value = $this->run($sql, array_values($values))->fetchColumn();

        return $value === false ? null : $value;
    }

    /** After an error a program that goes on connects anew: the server may have been replaced. */
    public function disconnect(): void
    {
        $this->connection = null;
    }

    /** @param list<scalar|null> $values */
    private function run(string $sql, array $values): \PDOStatement
    {
        $this->connection ??= $this->connect();
        $statement = $this->connection->prepare($sql);
        $statement->execute($values);

        return $statement;
    }

    private function connect(): \PDO
    {
        $at = Endpoint::fromEnvironment($this->environment, self::VARIABLE, 'DATABASE_SSL_CA', 3306);
        // Without a CA PDO speaks no TLS at all.
        $tls = $at->ca === null
            ? []
            : [\PDO::MYSQL_ATTR_SSL_CA => $at->ca, \PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => true];

        return new \PDO(
            sprintf('mysql:host=%s;port=%d;dbname=%s;charset=utf8mb4', $at->host, $at->port, $at->path),
            $at->user,
            $at->password,
            $tls + [
                \PDO::ATTR_ERRMODE => \PDO::ERRMODE_EXCEPTION,
                \PDO::ATTR_TIMEOUT => self::CONNECT_SECONDS,
                \PDO::ATTR_EMULATE_PREPARES => false,
            ],
        );
    }
}
