import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Image } from "./container";
import { compiled, type GoProgram } from "./go-program";

const ROOT = join(__dirname, "..", "..", "..");
const FIXTURES = join(__dirname, "..", "fixtures");

const fixture = (name: string): string => join(FIXTURES, name);

/** As the official image of PHP-FPM: its files under `/usr/local/etc`, `SIGQUIT`, and the project's health check. */
export const phpImage: Image = {
  command: [phpFpm(), "--fpm-config", "/usr/local/etc/php-fpm.conf"],
  stopSignal: "SIGQUIT",
  userland: "alpine",
  files: {
    "/usr/local/etc/php-fpm.conf": fixture("php-fpm.conf"),
    "/usr/local/etc/php-fpm.d/www.conf": fixture("www.conf"),
    "/usr/local/etc/php-fpm.d/zz-docker.conf": fixture("zz-docker.conf"),
    "/usr/local/bin/php-fpm-healthcheck": join(ROOT, "docker", "php", "php-fpm-healthcheck"),
    "/app/public/index.php": fixture("index.php"),
  },
};

/** As the official image of nginx. */
export const nginxImage: Image = {
  command: ["nginx"],
  stopSignal: "SIGQUIT",
  userland: "alpine",
  files: {},
  links: { "/var/log/nginx/error.log": "/dev/stderr" },
};

export const nodeImage: Image = {
  command: ["/usr/local/bin/node", "/app/server.mjs"],
  stopSignal: "SIGTERM",
  userland: "alpine",
  files: { "/usr/local/bin/node": process.execPath, "/app/server.mjs": fixture("server.mjs") },
};

const CLIENTS = ["mysql", "postgresql", "redis", "rabbitmq"] as const;
const clients = (extension: string): Record<string, string> =>
  Object.fromEntries(
    CLIENTS.map((name) => [`/app/${name}.${extension}`, join(__dirname, "..", "clients", `${name}.${extension}`)]),
  );

/** An application in PHP with its packages. */
export const phpClients: Image = {
  ...phpImage,
  files: { ...clients("php"), "/app/vendor/autoload.php": fixture("autoload.php") },
};

/** An application for Node with its packages. */
export const nodeClients: Image = {
  ...nodeImage,
  files: {
    "/usr/local/bin/node": process.execPath,
    ...clients("mjs"),
    "/app/node_modules": join(ROOT, "node_modules"),
  },
};

/** As MySQL's official image, with MariaDB's client in it. */
export const mysqlImage: Image = { command: [], stopSignal: "SIGTERM", userland: "debian", files: {} };

/** As PostgreSQL's official image. */
export const postgresqlImage: Image = { command: [], stopSignal: "SIGTERM", userland: "debian", files: {} };

/** As Valkey's official image, with Redis' programs under Valkey's names. They are told apart by the name that they are called by. */
export const valkeyImage: Image = {
  command: [],
  stopSignal: "SIGTERM",
  userland: "debian",
  files: Object.fromEntries(
    ["cli", "check-rdb"].map((name) => [`/usr/local/bin/valkey-${name}`, fixture(`valkey-${name}`)]),
  ),
};

/** As curl's official image, which is an Alpine. */
export const curlImage: Image = { command: [], stopSignal: "SIGTERM", userland: "alpine", files: {} };

export const RCLONE_PROGRAM: GoProgram = { module: "rclone", source: ".", own: ["main.go"] };

/** Further tools of BusyBox that an Alpine has. Of those that Debian's has not, this machine's own are found. */
const BUSYBOX = [
  "awk",
  "cp",
  "df",
  "find",
  "head",
  "mkdir",
  "mv",
  "printf",
  "rmdir",
  "sort",
  "sync",
  "tail",
  "tee",
  "tr",
  "uniq",
  "wc",
  "xargs",
];

/** As rclone's official image, which is an Alpine. */
export const rcloneImage = (): Image => ({
  command: [],
  stopSignal: "SIGTERM",
  userland: "alpine",
  files: { "/usr/local/bin/rclone": compiled(RCLONE_PROGRAM) },
  links: Object.fromEntries(BUSYBOX.map((tool) => [`/bin/${tool}`, "/usr/bin/busybox"])),
});

/** Exporters, as their projects' images have them: the program alone, which the Deployment gives its arguments. */
export const mysqldExporterImage: Image = exporterImage("mysqld");
export const redisExporterImage: Image = exporterImage("redis");

/** The same of PostgreSQL, at the version that is pinned: a copy in `folder`, as where it is installed another user need not come. */
export function postgresExporterImage(folder: string): Image {
  const copy = join(folder, "postgres_exporter");
  copyFileSync(join(ROOT, ".cache", "postgresql", "bin", "postgres_exporter"), copy);
  return {
    ...{ command: ["/bin/postgres_exporter"], stopSignal: "SIGTERM", userland: "alpine" },
    files: { "/bin/postgres_exporter": copy },
  };
}

/** As HAProxy's official image, of which the program alone is run. */
export const haproxyImage: Image = { command: [], stopSignal: "SIGTERM", userland: "alpine", files: {} };

function exporterImage(name: string): Image {
  return { command: [`/usr/bin/prometheus-${name}-exporter`], stopSignal: "SIGTERM", userland: "alpine", files: {} };
}

/** An image whose system bundle knows one more authority. Node has a bundle of its own, and takes more from a file. */
export const trusting = (image: Image, systemBundle: string): Image => ({
  ...image,
  files: { ...image.files, "/etc/ssl/certs": systemBundle },
  env: { ...image.env, NODE_EXTRA_CA_CERTS: "/etc/ssl/certs/ca-certificates.crt" },
});

/** Debian has the version in the name. */
function phpFpm(): string {
  const name = readdirSync("/usr/sbin").find((file) => /^php-fpm[\d.]+$/.test(file));
  return `/usr/sbin/${name ?? "php-fpm"}`;
}
