import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { POOL_PATH, STATUS_PATH, statusAddress } from "../../constructs/kubernetes/fpm-pool";
import { TOOLS_IMAGE } from "../../constructs/outputs/compose/front";
import { referenceCompose } from "../support/outputs";
import { backend, frontend } from "../support/resolved";

const ROOT = resolve(__dirname, "..", "..");
const text = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** Instructions of a Dockerfile's stage, each on one line. */
function stage(file: string, name: string): string[] {
  const lines = text(file)
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n");
  const start = lines.findIndex((line) => line.startsWith("FROM ") && line.endsWith(` AS ${name}`));
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith("FROM "));
  return lines.slice(start, length === -1 ? undefined : start + 1 + length);
}

describe("the image of PHP-FPM", () => {
  const FILE = "docker/php/Dockerfile";

  test("is the given one: version, extensions, user, port, health check and command", () => {
    expect(text(FILE)).toMatch(/^ARG PHP_VERSION=8\.4$/m);
    expect(stage(FILE, "extensions").join("\n")).toMatch(/^ARG PHP_EXTENSIONS="pdo pdo_mysql opcache /m);
    const base = stage(FILE, "base");
    expect(base[0]).toBe("FROM php:${PHP_VERSION}-fpm-alpine AS base");
    expect(base).toContain("EXPOSE 9000");
    expect(base).toContain('CMD ["php-fpm"]');
    expect(base.filter((line) => line.startsWith("HEALTHCHECK"))).toEqual([
      'HEALTHCHECK --interval=30s --timeout=3s --start-period=40s --retries=3 CMD ["php-fpm-healthcheck"]',
    ]);
    for (const last of ["runtime", "development"]) expect(stage(FILE, last)).toContain("USER 1000:1000");
    expect(stage(FILE, "runtime").join("\n")).not.toMatch(/composer|apk/);
  });

  test("asks for its health where the pool answers, and has its pool where a cluster mounts another", () => {
    const base = stage(FILE, "base").join("\n");
    expect(base).toContain(`ENV FCGI_CONNECT=${statusAddress(backend())} FCGI_STATUS_PATH=${STATUS_PATH}`);
    expect(base).toContain(` pool.conf ${POOL_PATH}`);
  });

  test("copies the packages' files before the code, and has the autoloader of a class map", () => {
    const builder = stage(FILE, "builder").join("\n");
    const [packages, install, code, autoload] = [
      "COPY composer.json composer.lock ./",
      "composer install --no-dev",
      "COPY . .",
      "composer dump-autoload --no-dev --no-interaction --classmap-authoritative",
    ].map((what) => builder.indexOf(what));
    const order = [packages, install, code, autoload];
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a = 0, b = 0) => a - b));
  });
});

test("what Compose makes certificates in is the base of PHP's image", () => {
  expect(TOOLS_IMAGE).toBe("docker.io/library/php:8.4-fpm-alpine");
  expect(stage("docker/php/Dockerfile", "base")[0]).toContain("FROM php:${PHP_VERSION}-fpm-alpine ");
});

test("where a volume is mounted below the code there is a folder, which Docker would make for root", () => {
  expect(referenceCompose().services.backend?.volumes).toEqual([
    "./docker/samples/backend:/app",
    "php-vendor:/app/vendor",
    "backend-uploads:/app/var/uploads",
  ]);
  expect(statSync(join(ROOT, "docker/samples/backend/var/uploads")).isDirectory()).toBe(true);
});

test("the image of Node is 24, user 1000, and asks for its readiness on the model's port and path", () => {
  const file = "docker/node/Dockerfile";
  expect(text(file)).toMatch(/^ARG NODE_VERSION=24$/m);
  const base = stage(file, "base");
  expect(base).toContain(`ENV PORT=${frontend().port}`);
  expect(base.join("\n")).toContain(`http://127.0.0.1:$PORT${frontend().readinessPath}"]`);
  for (const last of ["runtime", "development"]) expect(stage(file, last)).toContain("USER 1000:1000");
});

test("both images trace nothing unless they are built for it, and the one of Node goes by an argument that no variable replaces", () => {
  const node = "docker/node/Dockerfile";
  expect(stage(node, "base")).toContain('CMD ["node", "--import", "/opt/tracing/register.mjs", "server.mjs"]');
  expect(stage(node, "tracing")).toContain('ARG TRACING=""');
  for (const last of ["runtime", "development"]) {
    expect(stage(node, last)).toContain("COPY --from=tracing /opt/tracing /opt/tracing");
  }
  expect(text(node)).not.toMatch(/^ENV .*NODE_OPTIONS/m);
  const php = stage("docker/php/Dockerfile", "base");
  expect(php).toEqual(expect.arrayContaining(['ARG TRACING_PACKAGE=""', "ENV OTEL_SDK_DISABLED=true"]));
});

test("samples have the version of OpenTelemetry's API that traces requests: a later one would find no trace, and say nothing", () => {
  const locked = (folder: string): string | undefined =>
    (JSON.parse(text(`${folder}/package-lock.json`)) as { packages: Record<string, { version?: string }> }).packages[
      "node_modules/@opentelemetry/api"
    ]?.version;
  const ours = locked("docker/node/tracing");
  expect(ours).toMatch(/^1\./);
  for (const name of ["frontend", "notifications"]) expect(locked(`docker/samples/${name}`)).toBe(ours);
});

test("programs that images and people start can be started", () => {
  for (const file of ["php/php-fpm-healthcheck", "nginx/ssl/make-certificate", "samples/backend/bin/console"]) {
    expect(statSync(join(ROOT, "docker", file)).mode & 0o111).toBe(0o111);
  }
});

test("no key of a certificate is in the repository", () => {
  expect(text("docker/nginx/ssl/.gitignore").split("\n")).toEqual(expect.arrayContaining(["tls.crt", "tls.key"]));
});
