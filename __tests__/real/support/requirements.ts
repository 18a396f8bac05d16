import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/* What is missing is said once and by name, not by fifty failures. */

const FOLDERS = [
  ...["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"],
  ...(process.env["PATH"] ?? "").split(":"),
  "/usr/share/php",
  // PHP's extensions, by the number of their interface.
  ...list("/usr/lib/php").map((name) => join("/usr/lib/php", name)),
];

/** What the tests run, as a pattern where the version is part of the name, and the Debian package of each. */
const FILES: readonly (readonly [file: RegExp, debianPackage: string])[] = [
  [/^aiosmtpd$/, "python3-aiosmtpd"],
  [/^amtool$/, "prometheus-alertmanager"],
  [/^bwrap$/, "bubblewrap"],
  [/^busybox$/, "busybox"],
  [/^cgi-fcgi$/, "libfcgi-bin"],
  [/^chromium$/, "chromium"],
  [/^composer$/, "composer"],
  [/^curl$/, "curl"],
  [/^curl[.]so$/, "php-curl"],
  [/^go$/, "golang-go"],
  [/^libphp-phpmailer$/, "libphp-phpmailer"],
  [/^mariadb-install-db$/, "mariadb-server"],
  [/^mariadbd$/, "mariadb-server"],
  [/^mysql$/, "mariadb-client"],
  [/^nginx$/, "nginx"],
  [/^nsenter$/, "util-linux"],
  [/^openssl$/, "openssl"],
  [/^pdo_mysql[.]so$/, "php-mysql"],
  [/^pdo_pgsql[.]so$/, "php-pgsql"],
  [/^php$/, "php-cli"],
  [/^php-fpm[\d.]+$/, "php-fpm"],
  [/^phpunit$/, "phpunit"],
  [/^PhpAmqpLib$/, "php-amqplib"],
  [/^prometheus-alertmanager$/, "prometheus-alertmanager"],
  [/^prometheus-mysqld-exporter$/, "prometheus-mysqld-exporter"],
  [/^prometheus-redis-exporter$/, "prometheus-redis-exporter"],
  [/^psql$/, "postgresql-client"],
  [/^rabbitmq-server$/, "rabbitmq-server"],
  [/^prometheus$/, "prometheus"],
  [/^promtool$/, "prometheus"],
  [/^redis-server$/, "redis-server"],
  [/^redis[.]so$/, "php-redis"],
  [/^setpriv$/, "util-linux"],
  [/^shellcheck$/, "shellcheck"],
  [/^strace$/, "strace"],
];

/** `of`: the beginnings of the packages that are needed. @default - all of them */
export function checkRequirements(command = "npm run test:real", of: readonly string[] = [""]): void {
  const installed = FOLDERS.flatMap(list);
  const needed = FILES.filter(([, debianPackage]) => of.some((begin) => debianPackage.startsWith(begin)));
  const missing = needed.filter(([file]) => !installed.some((name) => file.test(name)));
  const problems = missing.map(
    ([file, name]) =>
      `${file.source.replace(/[$^]/g, "").replace("[.]", ".")}: not installed; it is in Debian's ${name}`,
  );
  if (process.getuid?.() !== 0) problems.push("this user: containers are made by root; run the tests as root");
  if (problems.length === 0) return;
  const script = join(".ci", "debian-packages");
  throw new Error(`${command} cannot run here\n${problems.join("\n")}\n${script} installs all of them`);
}

function list(folder: string): string[] {
  const there = statSync(folder, { throwIfNoEntry: false });
  return there?.isDirectory() === true ? readdirSync(folder) : [];
}
