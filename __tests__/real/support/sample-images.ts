import { execFileSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { POOL_PATH } from "../../../constructs/kubernetes/fpm-pool";
import type { Image } from "./container";
import { nginxImage, nodeImage, phpImage } from "./images";

/*
 * The sample services as their Dockerfiles make them, from the packages of this machine: PHP's and Composer's from
 * Debian, Node's from their lock file.
 */

const ROOT = join(__dirname, "..", "..", "..");
const DOCKER = join(ROOT, "docker");
const SAMPLES = join(DOCKER, "samples");
const BUILT = join(ROOT, ".cache", "samples");
export const BACKEND = join(BUILT, "backend");
export const FRONTEND = join(BUILT, "frontend");
export const NOTIFICATIONS = join(BUILT, "notifications");
/** As the image has it without the build argument: without packages. */
export const TRACING = join(DOCKER, "node", "tracing");

/** All containers have one address here, and the frontend has the port of every Node service. */
export const NOTIFICATIONS_PORT = { given: 3000, here: 3100 };

/** Ports at which samples tell what they measure: every container has its own network but here. */
export const METRICS_PORTS = { backend: 9253, frontend: 9464, notifications: 9465 };

export function buildSamples(): void {
  mkdirSync(BUILT, { recursive: true });
  buildBackend();
  buildNode("frontend", FRONTEND);
  buildNode("notifications", NOTIFICATIONS);
}

/**
 * With the autoloader that the image has, for the classes of the application alone. Its packages are those that Debian
 * has of the same names; what the lock file has is not to be had here.
 */
function buildBackend(): void {
  rmSync(BACKEND, { recursive: true, force: true });
  cpSync(join(SAMPLES, "backend"), BACKEND, { recursive: true });
  const env = { ...process.env, COMPOSER_HOME: join(BUILT, "composer"), COMPOSER_ALLOW_SUPERUSER: "1" };
  const composer = (...args: string[]): void => {
    execFileSync("composer", [...args, "--no-interaction", "--no-plugins"], { cwd: BACKEND, env, stdio: "pipe" });
  };
  // The lock file is that of this composer.json.
  composer("validate", "--strict", "--no-check-all");
  composer("dump-autoload", "--no-dev", "--classmap-authoritative");
  const vendor = join(BACKEND, "vendor");
  renameSync(join(vendor, "autoload.php"), join(vendor, "autoload-application.php"));
  const lines = [
    "require 'PhpAmqpLib/autoload.php';",
    "require 'libphp-phpmailer/autoload.php';",
    "return require __DIR__ . '/autoload-application.php';",
  ];
  writeFileSync(join(vendor, "autoload.php"), `<?php\n${lines.join("\n")}\n`);
}

/** With the packages of its lock file, which stay while it is the same; npm has come to its end where it is noted. */
function buildNode(name: string, folder: string): void {
  const source = join(SAMPLES, name);
  const lock = readFileSync(join(source, "package-lock.json"), "utf8");
  const packages = join(folder, "node_modules");
  const note = join(packages, ".installed");
  const installed = existsSync(note) && readFileSync(note, "utf8") === lock;
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    if (entry !== "node_modules" || !installed) rmSync(join(folder, entry), { recursive: true });
  }
  cpSync(source, folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  if (installed) return;
  const args = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", args, { cwd: folder, stdio: "pipe" });
  writeFileSync(note, lock);
}

/** As `docker/php/Dockerfile` makes it; its ini file is read as another one in the official image would be. */
export const sampleBackend: Image = {
  ...phpImage,
  files: {
    "/usr/local/etc/php-fpm.conf": phpImage.files["/usr/local/etc/php-fpm.conf"] ?? "",
    "/usr/local/etc/php-fpm.d/www.conf": phpImage.files["/usr/local/etc/php-fpm.d/www.conf"] ?? "",
    "/usr/local/etc/php-fpm.d/zz-docker.conf": phpImage.files["/usr/local/etc/php-fpm.d/zz-docker.conf"] ?? "",
    "/usr/local/bin/php-fpm-healthcheck": join(DOCKER, "php", "php-fpm-healthcheck"),
    "/usr/local/etc/php/conf.d/zz-app.ini": join(DOCKER, "php", "php.ini"),
    [POOL_PATH]: join(DOCKER, "php", "pool.conf"),
    "/app": BACKEND,
  },
  env: { FCGI_CONNECT: "127.0.0.1:9001", FCGI_STATUS_PATH: "/status", PHP_INI_SCAN_DIR: ":/usr/local/etc/php/conf.d" },
  directory: "/app",
};

/** As `docker/node/Dockerfile` makes it of a folder. */
const nodeSample = (folder: string): Image => ({
  ...nodeImage,
  command: ["node", "--import", "/opt/tracing/register.mjs", "server.mjs"],
  files: { "/usr/local/bin/node": process.execPath, "/app": folder, "/opt/tracing": TRACING },
  links: { "/bin/wget": "/usr/bin/busybox" },
  env: { PORT: "3000", NODE_ENV: "production" },
  directory: "/app",
});

export const sampleFrontend = nodeSample(FRONTEND);
export const sampleNotifications = nodeSample(NOTIFICATIONS);

/** The official image with `docker/nginx` mounted as Compose mounts it. */
export const composeNginxImage: Image = {
  ...nginxImage,
  command: ["nginx", "-g", "daemon off;"],
  links: { ...nginxImage.links, "/var/log/nginx/access.log": "/dev/stdout" },
};

/** Makes a folder that is `/etc/nginx` there. `certificate` is a folder with one. @default - it is made */
export function makeNginxFolder(folder: string, certificate?: string): void {
  const ssl = join(folder, "ssl");
  mkdirSync(ssl, { recursive: true });
  cpSync(join(DOCKER, "nginx", "conf.d"), join(folder, "conf.d"), { recursive: true });
  const { given, here } = NOTIFICATIONS_PORT;
  const file = join(folder, "conf.d", "default.conf");
  const servers = readFileSync(file, "utf8");
  writeFileSync(file, servers.replaceAll(`http://notifications:${given};`, `http://notifications:${here};`));
  cpSync(join(__dirname, "..", "fixtures", "nginx.conf"), join(folder, "nginx.conf"));
  cpSync("/etc/nginx/mime.types", join(folder, "mime.types"));
  if (certificate !== undefined) cpSync(certificate, ssl, { recursive: true });
  else execFileSync("sh", [join(DOCKER, "nginx", "ssl", "make-certificate"), ssl], { stdio: "pipe" });
  chownSync(join(ssl, "tls.key"), 1000, 1000);
}
