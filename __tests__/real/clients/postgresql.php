<?php

// PostgreSQL by PDO, from DATABASE_URL alone. What its query says are words of libpq, as those of a DSN are.

declare(strict_types=1);

$url = parse_url(getenv('DATABASE_URL'));
parse_str($url['query'] ?? '', $said);
$words = ['host' => $url['host'], 'port' => $url['port'], 'dbname' => ltrim($url['path'], '/'), ...$said];

$database = new PDO(
    'pgsql:' . implode(';', array_map(fn ($word, $value) => "$word=$value", array_keys($words), $words)),
    // Not urldecode(), which takes a plus sign for a space.
    rawurldecode($url['user']),
    rawurldecode($url['pass']),
);

$database->exec('CREATE TABLE IF NOT EXISTS notes (id SERIAL PRIMARY KEY, note VARCHAR(100))');
$database->prepare('INSERT INTO notes (note) VALUES (?)')->execute(['written by PDO']);
$written = $database->prepare('SELECT note FROM notes WHERE id = ?');
$written->execute([$database->lastInsertId()]);
echo $written->fetchColumn(), "\n";
