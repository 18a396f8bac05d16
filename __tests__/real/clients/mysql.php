<?php

// MySQL by PDO, from DATABASE_URL and, where the server requires TLS, DATABASE_SSL_CA.

declare(strict_types=1);

$url = parse_url(getenv('DATABASE_URL'));
$ca = getenv('DATABASE_SSL_CA');

$database = new PDO(
    sprintf('mysql:host=%s;port=%d;dbname=%s;charset=utf8mb4', $url['host'], $url['port'], ltrim($url['path'], '/')),
    // Not urldecode(), which takes a plus sign for a space.
    rawurldecode($url['user']),
    rawurldecode($url['pass']),
    // Without a CA PDO speaks no TLS at all.
    $ca === false ? [] : [PDO::MYSQL_ATTR_SSL_CA => $ca, PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => true],
);

$database->exec('CREATE TABLE IF NOT EXISTS notes (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(100))');
$database->prepare('INSERT INTO notes (note) VALUES (?)')->execute(['written by PDO']);
$written = $database->prepare('SELECT note FROM notes WHERE id = ?');
$written->execute([$database->lastInsertId()]);
echo $written->fetchColumn(), "\n";
