<?php

declare(strict_types=1);

namespace App\Console;

use App\Services;

/** `doctrine:migrations:migrate --no-interaction --allow-no-migration`: files that were not run yet, in their order. */
final class Migrate implements Command
{
    private const LOCK = 'migrations';

    private const LOCK_SECONDS = 60;

    /** @param string $folder with one statement in each `NNNN-what.sql`: MySQL cannot take back half of several */
    public function __construct(private readonly Services $services, private readonly string $folder)
    {
    }

    public function options(): array
    {
        return ['no-interaction', 'allow-no-migration'];
    }

    public function run(array $arguments, array $options): int
    {
        if ($arguments !== []) {
            throw new Usage('doctrine:migrations:migrate: takes no version, it goes to the last');
        }
        $files = glob("{$this->folder}/*.sql") ?: [];
        if ($files === [] && !isset($options['allow-no-migration'])) {
            throw new Usage('doctrine:migrations:migrate: there is no migration; say --allow-no-migration');
        }
        $database = $this->services->database;
        // Whoever comes second waits, and then finds nothing to do. The lock goes with the connection.
        if ($database->value('SELECT GET_LOCK(?, ?)', self::LOCK, self::LOCK_SECONDS) !== 1) {
            throw new \RuntimeException('somebody else migrates, and has not finished within ' . self::LOCK_SECONDS . ' s');
        }
        $database->change(
            'CREATE TABLE IF NOT EXISTS migrations (version VARCHAR(190) PRIMARY KEY, executed_at DATETIME NOT NULL)',
        );
        $done = array_column($database->query('SELECT version FROM migrations'), 'version');
        $stop = new StopSignals();
        foreach ($files as $file) {
            $version = basename($file, '.sql');
            if (in_array($version, $done, true)) {
                continue;
            }
            if ($stop->asked()) {
                throw new \RuntimeException("told to stop before $version");
            }
            $database->change((string) file_get_contents($file));
            $database->change('INSERT INTO migrations (version, executed_at) VALUES (?, NOW())', [$version]);
            $this->services->log->info("migrated to $version", ['version' => $version]);
        }
        $this->services->log->info('the database is up to date', ['migrations' => count($files)]);

        return 0;
    }
}
