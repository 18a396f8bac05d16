import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { composeText } from "../../constructs/outputs/compose/text";
import { AMBIGUOUS, AWKWARD } from "../constructs/yaml/forms";
import { changed } from "../support/changed";

/* What Docker Compose itself makes of compose.yaml: `.ci/install-compose` has built it. It needs no Docker for that. */

const ROOT = resolve(__dirname, "..", "..");
const COMPOSE = join(ROOT, ".cache", "compose", "bin", "docker-compose");

interface Resolved {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly driver: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

interface Service {
  readonly build?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly additional_contexts?: Readonly<Record<string, string>>;
  };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required: boolean }>>;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly mem_limit?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly network_mode?: string;
  readonly ports?: readonly { readonly host_ip?: string; readonly published?: string; readonly target: number }[];
  readonly restart?: string;
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
}

/** A home without anybody's settings, and no variable but those given. */
const home = mkdtempSync(join(tmpdir(), "goldenpath-compose-"));
afterAll(() => {
  rmSync(home, { recursive: true });
});
const environment = (variables: Readonly<Record<string, string>> = {}) => ({
  env: { PATH: "/usr/bin:/bin", HOME: home, ...variables },
  cwd: home,
  encoding: "utf8" as const,
});
const ARGUMENTS = ["--project-directory", ROOT, "--env-file", "/dev/null", "--profile", "*"];

function config(variables?: Readonly<Record<string, string>>): Resolved {
  const args = ["--file", join(ROOT, "compose.yaml"), ...ARGUMENTS, "config", "--format", "json"];
  return JSON.parse(execFileSync(COMPOSE, args, environment(variables))) as Resolved;
}

const resolved = config();
const services = Object.entries(resolved.services);
const isOneShot = ({ restart }: Service): boolean => restart === undefined;
const isChecked = ({ healthcheck }: Service): boolean =>
  healthcheck?.test !== undefined && healthcheck.disable !== true;

/** What measures. */
const PROFILE = [
  ...["prometheus", "alertmanager", "grafana", "backend-fpm-metrics"],
  ...["loki", "alloy", "tempo", "otlp", "observability-permissions"],
  ...["orders-db-exporter", "orders-db-exporter-user", "cache-exporter"],
];

test("accepts the file without a word", () => {
  const args = ["--file", join(ROOT, "compose.yaml"), ...ARGUMENTS, "config", "--quiet"];
  const { status, stdout, stderr } = spawnSync(COMPOSE, args, environment());
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(services.map(([name]) => name)).toEqual(
    [
      ...["backend", "frontend", "notifications", "consumer", "migrate", "cron"],
      ...["mysql", "redis", "rabbitmq", "minio", "mailcatcher", "nginx"],
      ...["certificate", "permissions"],
      ...PROFILE,
    ].sort(),
  );
});

test("takes ports by name, of both protocols, at the address of a cluster", () => {
  const ports = { admin: 8081, statsd: { port: 8125, protocol: "UDP" } };
  const file = join(home, "ports.yaml");
  writeFileSync(file, composeText(changed({ workloads: { consumer: { ports } } }).compose()));
  const args = ["--file", file, "--project-directory", ROOT, "config", "--format", "json"];
  const { services: found } = JSON.parse(execFileSync(COMPOSE, args, environment())) as {
    services: Readonly<Record<string, object>>;
  };
  expect(found.consumer).toMatchObject({
    expose: ["8081", "8125/udp"],
    networks: { "app-network": { aliases: ["my-app-consumer"] } },
  });
});

test("would refuse a mistake", () => {
  const file = join(home, "wrong.yaml");
  writeFileSync(file, "services: { one: { image: a, depends_on: { two: { condition: service_healthy } } } }\n");
  const { status, stderr } = spawnSync(COMPOSE, ["--file", file, "config", "--quiet"], environment());
  expect(status).not.toBe(0);
  expect(stderr).toContain('"two"');
});

test("every port of the machine is on loopback", () => {
  const ports = services.flatMap(([name, { ports = [] }]) => ports.map((port) => ({ name, ...port })));
  expect(ports.map(({ name, published }) => `${name} ${published}`).sort()).toEqual([
    "alertmanager 9093",
    "grafana 3000",
    "mailcatcher 1025",
    "mailcatcher 8025",
    "nginx 443",
    "nginx 80",
    "prometheus 9090",
    "rabbitmq 15672",
  ]);
  for (const { host_ip } of ports) expect(host_ip).toBe("127.0.0.1");
});

test("a port of the machine is another one where a variable says so", () => {
  const variables = {
    HTTP_PORT: "8080",
    HTTPS_PORT: "8443",
    MAIL_PORT: "2525",
    MAIL_UI_PORT: "8026",
    RABBITMQ_UI_PORT: "15673",
    PROMETHEUS_PORT: "9091",
    ALERTMANAGER_PORT: "9094",
    GRAFANA_PORT: "3001",
  };
  const ports = Object.values(config(variables).services).flatMap(({ ports: all = [] }) => all);
  expect(ports.map(({ host_ip, published, target }) => `${host_ip} ${published} ${target}`).sort()).toEqual([
    "127.0.0.1 15673 15672",
    "127.0.0.1 2525 1025",
    "127.0.0.1 3001 3000",
    "127.0.0.1 8026 8025",
    "127.0.0.1 8080 80",
    "127.0.0.1 8443 443",
    "127.0.0.1 9091 9090",
    "127.0.0.1 9094 9093",
  ]);
});

test("every container that goes on has a limit of memory", () => {
  const limits = services
    .filter(([, service]) => !isOneShot(service))
    .map(([name, { mem_limit }]) => ({ name, mem_limit }));
  for (const { name, mem_limit } of limits)
    expect({ name, enough: Number(mem_limit) >= 2 ** 27 }).toEqual({ name, enough: true });
});

test("who waits for health waits for something with a check, and who waits for an end for what ends", () => {
  const waits = services.flatMap(([name, { depends_on = {} }]) =>
    Object.entries(depends_on).map(([on, { condition, required }]) => ({ name, on, condition, required })),
  );
  expect(waits.length).toBeGreaterThan(15);
  for (const { name, on, condition, required } of waits) {
    const other = resolved.services[on] ?? {};
    const holds = {
      service_healthy: isChecked(other),
      service_completed_successfully: isOneShot(other),
      // Only what shares its network.
      service_started: resolved.services[name]?.network_mode === `service:${on}`,
    }[condition];
    expect({ name, on, condition, required, holds }).toEqual({ name, on, condition, required: true, holds: true });
  }
});

test("every service that goes on has a health check, but the worker that has no probe in a cluster, and what measures whose images have no client", () => {
  const without = services.filter(([, service]) => !isChecked(service));
  expect(without.filter(([, service]) => isOneShot(service)).map(([name]) => name)).toEqual([
    ...["certificate", "cron", "migrate", "observability-permissions", "orders-db-exporter-user", "permissions"],
  ]);
  expect(without.filter(([, service]) => !isOneShot(service)).map(([name]) => name)).toEqual([
    ...["alloy", "cache-exporter", "consumer", "orders-db-exporter", "otlp", "tempo"],
  ]);
});

test("without the profile there is nothing that measures, and all else is as it is with it", () => {
  const args = ["--file", join(ROOT, "compose.yaml"), "--project-directory", ROOT, "--env-file", "/dev/null"];
  const read = (...profiles: string[]) =>
    JSON.parse(
      execFileSync(
        COMPOSE,
        [...args, ...profiles.flatMap((one) => ["--profile", one]), "config", "--format", "json"],
        environment(),
      ),
    ) as Resolved;
  const [plain, measured] = [read(), read("observability")];
  expect(
    Object.keys(measured.services)
      .filter((name) => !(name in plain.services))
      .sort(),
  ).toEqual([...PROFILE].sort());
  expect(Object.fromEntries(Object.entries(measured.services).filter(([name]) => name in plain.services))).toEqual(
    plain.services,
  );
  expect(Object.keys(measured.volumes).filter((name) => !(name in plain.volumes))).toEqual([
    ...["alertmanager-data", "alloy-data", "loki-data", "prometheus-data", "tempo-data"],
  ]);
});

/** Where Docker has what containers wrote. */
const DOCKERS = "/var/lib/docker/containers";

test("one container reads one folder of the machine, which is another one where a variable says so", () => {
  const reading = (all: Resolved["services"]) =>
    Object.entries(all).flatMap(([name, { volumes = [] }]) =>
      volumes
        .filter(({ target }) => target === DOCKERS)
        .map(({ type, source, read_only: readOnly }) => ({ name, type, source, readOnly })),
    );
  const here = { name: "alloy", type: "bind", readOnly: true };
  expect(reading(resolved.services)).toEqual([{ ...here, source: DOCKERS }]);
  expect(reading(config({ DOCKER_CONTAINERS: "/home/me/docker/containers" }).services)).toEqual([
    { ...here, source: "/home/me/docker/containers" },
  ]);
});

test("lines are in Docker's files with a limit, and nothing is traced before a variable says so", () => {
  const untagged = services.filter(([, { logging }]) => logging?.options["tag"] === undefined).map(([name]) => name);
  expect(untagged).toEqual(["alloy", "loki"]);
  for (const [, { logging }] of services.filter(([name]) => !untagged.includes(name))) {
    expect(logging).toMatchObject({ driver: "json-file", options: { "max-size": "10m", "max-file": "4" } });
  }
  const { frontend } = config({ OTEL_SDK_DISABLED: "false" }).services;
  expect(frontend).toMatchObject({
    environment: { OTEL_SDK_DISABLED: "false" },
    build: { args: { OTEL_SDK_DISABLED: "false" } },
  });
  expect(resolved.services.frontend).toMatchObject({
    environment: { OTEL_SDK_DISABLED: "true" },
    build: { args: { OTEL_SDK_DISABLED: "" } },
  });
});

test("every folder and Dockerfile is in the repository", () => {
  const mounts = services.flatMap(([, { volumes = [] }]) =>
    volumes.filter(({ type, source }) => type === "bind" && source !== DOCKERS),
  );
  const builds = services.flatMap(([, { build }]) => (build === undefined ? [] : [build]));
  const paths = [
    ...mounts.map(({ source }) => source),
    ...builds.flatMap(({ context, dockerfile, additional_contexts = {} }) => [
      context,
      resolve(context, dockerfile),
      ...Object.values(additional_contexts),
    ]),
  ];
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) {
    const inside = isAbsolute(path) && !relative(ROOT, path).startsWith("..");
    expect({ path, inside, exists: existsSync(path) }).toEqual({ path, inside: true, exists: true });
  }
  const named = services.flatMap(([, { volumes = [] }]) => volumes.filter(({ type }) => type === "volume"));
  expect([...new Set(named.map(({ source }) => source))].sort()).toEqual(Object.keys(resolved.volumes).sort());
});

const OTHER_NETWORKS: Readonly<Record<string, string>> = {
  certificate: "none",
  permissions: "none",
  "backend-fpm-metrics": "service:backend",
  "observability-permissions": "none",
};

test("all are on the one network, or on none, or share that of the pool that they measure", () => {
  expect(Object.entries(resolved.networks)).toMatchObject([["app-network", { driver: "bridge" }]]);
  for (const [name, { networks, network_mode }] of services) {
    const on = network_mode ?? Object.keys(networks ?? {}).join();
    expect({ name, on }).toEqual({ name, on: OTHER_NETWORKS[name] ?? "app-network" });
  }
});

test("a secret of people's comes from who starts it, and is empty without", () => {
  expect(resolved.services.backend?.environment?.STRIPE_KEY).toBe("");
  expect(config({ STRIPE_KEY: "sk_1" }).services.backend?.environment?.STRIPE_KEY).toBe("sk_1");
});

test("every text is the text that was meant", () => {
  const texts = [...AMBIGUOUS, ...AWKWARD];
  const numbered = Object.fromEntries(texts.map((text, index) => [`TEXT_${index}`, text]));
  const named = { NO: "no", Y: "y", NULL: "null", ON: "on" };
  const file = join(home, "texts.yaml");
  const one = { image: "a", entrypoint: texts, command: texts, environment: { ...numbered, ...named } };
  writeFileSync(file, composeText({ name: "texts", services: { no: one }, networks: {}, volumes: {} }));
  const args = ["--file", file, "config", "--no-interpolate", "--format", "json"];
  const read = JSON.parse(execFileSync(COMPOSE, args, environment({ HOME: "/expanded", a: "expanded" }))) as Resolved;
  // Without interpolation a dollar stands doubled, as it is written.
  const written = (text: string): string => text.replaceAll("$", "$$$$");
  expect(read.services["no"]).toMatchObject({
    entrypoint: texts.map(written),
    command: texts.map(written),
    environment: Object.fromEntries(
      Object.entries({ ...numbered, ...named }).map(([key, text]) => [key, written(text)]),
    ),
  });
  const resolvedTexts = JSON.parse(
    execFileSync(COMPOSE, ["--file", file, "config", "--format", "json"], environment({ a: "expanded" })),
  ) as Resolved;
  // `config` doubles what it would read again.
  expect(resolvedTexts.services).toEqual(read.services);
});

test("what a shell is to expand is left to it", () => {
  // `config` doubles what it would read again.
  expect(resolved.services.mysql?.healthcheck?.test?.[1]).toContain('MYSQL_PWD="$$MYSQL_PASSWORD"');
});
