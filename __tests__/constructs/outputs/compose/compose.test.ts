import type { ResolvedApplication, ResolvedService } from "../../../../constructs/model/resolved";
import { composeDocument } from "../../../../constructs/outputs/compose/compose";
import type { ComposeDocument, ComposeService } from "../../../../constructs/outputs/compose/document";
import { bucket } from "../../../../constructs/services/bucket";
import { mysql } from "../../../../constructs/services/mysql";
import { rabbitmq } from "../../../../constructs/services/rabbitmq";
import { referenceCompose } from "../../../support/outputs";
import {
  backend,
  cache,
  cron,
  frontend,
  migrate,
  ordersDb,
  resolvedApplication,
  worker,
} from "../../../support/resolved";

const reference = referenceCompose();

function service({ services }: ComposeDocument, name: string): ComposeService {
  const found = services[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const compose = (changes: Partial<ResolvedApplication> = {}): ComposeDocument =>
  composeDocument({ application: resolvedApplication(changes) });

describe("the reference application has what it was given", () => {
  test("the backend: code, packages, variables, health check and port", () => {
    expect(service(reference, "backend")).toMatchObject({
      build: {
        context: "./docker/samples/backend",
        dockerfile: "../../php/Dockerfile",
        target: "development",
        additional_contexts: { "docker-php": "./docker/php" },
        args: { PHP_VERSION: "8.4" },
      },
      environment: { DATABASE_URL: "mysql://app:secret@mysql:3306/app_db", REDIS_URL: "redis://redis:6379" },
      expose: ["9000"],
      healthcheck: {
        test: ["CMD", "php-fpm-healthcheck"],
        interval: "30s",
        timeout: "3s",
        retries: 3,
        start_period: "40s",
      },
      stop_signal: "SIGQUIT",
    });
    const { ports, volumes } = service(reference, "backend");
    expect(ports).toBeUndefined();
    expect(volumes).toEqual(expect.arrayContaining(["./docker/samples/backend:/app", "php-vendor:/app/vendor"]));
  });

  test("the microservice: its own code and packages, Redis and mail, and an address that the backend is told", () => {
    const { environment, volumes, depends_on: after } = service(reference, "notifications");
    const own = Object.entries(environment ?? {}).filter(([variable]) => !variable.startsWith("OTEL_"));
    expect(Object.fromEntries(own)).toEqual({
      ...{ NODE_ENV: "production", PORT: "3000", REDIS_URL: "redis://redis:6379" },
      ...{ SMTP_HOST: "mailcatcher", SMTP_PORT: "1025" },
    });
    expect(volumes).toEqual(["./docker/samples/notifications:/app", "notifications-modules:/app/node_modules"]);
    expect(Object.keys(after ?? {})).toEqual(["redis", "mailcatcher", "migrate"]);
    const { environment: told, depends_on: waits } = service(reference, "backend");
    expect(told).toMatchObject({ NOTIFICATIONS_URL: "http://my-app-notifications:80" });
    expect(Object.keys(waits ?? {})).toContain("notifications");
    expect(JSON.stringify(service(reference, "frontend").environment)).not.toContain("NOTIFICATIONS");
  });

  test("MySQL: database, user, volume and configuration", () => {
    expect(service(reference, "mysql")).toMatchObject({
      image: expect.stringMatching(/\/mysql:8\.4\.\d+@sha256:/),
      environment: { MYSQL_DATABASE: "app_db", MYSQL_USER: "app", MYSQL_PASSWORD: "secret" },
      volumes: ["mysql-data:/var/lib/mysql", "./docker/mysql/conf.d:/etc/mysql/conf.d:ro"],
    });
  });

  test("nginx: ports, configuration and certificate, by the names that workloads have in a cluster", () => {
    expect(service(reference, "nginx")).toMatchObject({
      ports: [
        { port: 80, variable: "HTTP_PORT" },
        { port: 443, variable: "HTTPS_PORT" },
      ],
      volumes: ["./docker/nginx/conf.d:/etc/nginx/conf.d:ro", "./docker/nginx/ssl:/etc/nginx/ssl:ro"],
      networks: { "app-network": { aliases: ["my-app-backend", "my-app-frontend", "my-app-notifications"] } },
    });
    expect(service(reference, "frontend").environment).toMatchObject({ BACKEND_URL: "http://my-app-backend:80" });
  });

  test("volumes and the network, and the rest by the names of what it is", () => {
    expect(Object.keys(reference.services)).toEqual(
      expect.arrayContaining(["redis", "rabbitmq", "minio", "mailcatcher"]),
    );
    expect(Object.keys(reference.volumes)).toEqual(expect.arrayContaining(["mysql-data", "redis-data", "php-vendor"]));
    expect(reference.networks).toEqual({ "app-network": { driver: "bridge" } });
  });

  test("no mail leaves the machine", () => {
    for (const name of ["backend", "cron", "notifications"]) {
      expect(service(reference, name).environment).toMatchObject({ SMTP_HOST: "mailcatcher", SMTP_PORT: "1025" });
    }
    expect(JSON.stringify(reference)).not.toContain("smtp.example.com");
  });

  test("other workloads of the backend's image are built of the same code", () => {
    const { build } = service(reference, "backend");
    for (const name of ["consumer", "migrate", "cron"]) expect(service(reference, name).build).toEqual(build);
    expect(service(reference, "frontend").build).not.toEqual(build);
  });
});

describe("who waits for whom", () => {
  const waits = (document: ComposeDocument, name: string) =>
    Object.entries(service(document, name).depends_on ?? {}).map(([on, { condition }]) => `${on} ${condition}`);

  test("everybody for the release, which waits for its database alone", () => {
    const document = compose({ workloads: [backend(), frontend(), worker(), cron(), migrate()] });
    for (const name of ["backend", "frontend", "worker", "cron"]) {
      expect(waits(document, name)).toContain("migrate service_completed_successfully");
    }
    expect(waits(document, "migrate")).toEqual(["mysql service_healthy"]);
  });

  test("a workload for what it has edges to, and nginx for what speaks HTTP", () => {
    expect(waits(compose(), "worker")).toEqual(["redis service_healthy"]);
    expect(waits(compose(), "frontend")).toEqual(["backend service_healthy"]);
    expect(waits(compose(), "nginx")).toEqual([
      "certificate service_completed_successfully",
      "backend service_healthy",
      "frontend service_healthy",
    ]);
  });

  test("of workloads that need each other, none waits for the others", () => {
    const calls = (workload: string) =>
      ({ to: "workload", workload, host: `my-app-${workload}`, port: 80, variable: "OTHER_URL" }) as const;
    const one = frontend({ name: "one", edges: [calls("two")] });
    const two = frontend({ name: "two", edges: [calls("three")] });
    const three = frontend({ name: "three", edges: [calls("one")] });
    const four = frontend({ name: "four", edges: [calls("one")] });
    const document = compose({ workloads: [one, two, three, four] });
    for (const name of ["one", "two", "three"]) expect(waits(document, name)).toEqual([]);
    expect(waits(document, "four")).toEqual(["one service_healthy"]);
  });
});

describe("health", () => {
  const test_ = (changes: Parameters<typeof worker>[0]) =>
    service(compose({ workloads: [worker(changes)], routes: [] }), "worker").healthcheck;

  test("of a worker is its command; without one the image's own is switched off", () => {
    expect(test_({ healthCommand: ["alive"] })).toMatchObject({ test: ["CMD", "alive"], interval: "10s" });
    expect(test_({})).toEqual({ disable: true });
  });

  test("over HTTP is readiness, with its timing", () => {
    const http = frontend({ readinessPath: "/ready", port: 4000 });
    const { healthcheck } = service(compose({ workloads: [http], routes: [] }), "frontend");
    expect(healthcheck).toMatchObject({
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:4000/ready"],
      interval: "10s",
      timeout: "3s",
      retries: 3,
    });
  });
});

describe("an application without", () => {
  test("routes has neither ports nor a certificate; without HTTP it has no nginx", () => {
    const unrouted = compose({ routes: [] });
    expect(service(unrouted, "nginx").ports).toBeUndefined();
    expect(Object.keys(unrouted.services)).not.toContain("certificate");
    const worked = compose({ workloads: [worker()], routes: [] });
    expect(Object.keys(worked.services)).toEqual(["worker", "mysql", "redis"]);
  });

  test("a source is pulled", () => {
    expect(service(compose(), "backend")).toMatchObject({ image: "registry.example.com/backend:v1.2.3" });
  });
});

describe("names", () => {
  const named = (name: string, service: ResolvedService["service"]): ResolvedService => ({
    ...ordersDb,
    name,
    service,
  });
  const reports = { ...named("reports-db", mysql({ database: "reports" })), isDefault: false };

  test("of two services of a kind are the kind's for the default one, and for the other its own and any free port", () => {
    const application = {
      services: [
        ordersDb,
        reports,
        named("events", rabbitmq()),
        { ...named("jobs", rabbitmq()), isDefault: false },
        named("files", bucket()),
      ],
      workloads: [
        worker({ edges: [{ to: "service", service: reports, prefix: "REPORTS_", secretKeys: { DATABASE_URL: "x" } }] }),
      ],
      routes: [],
    };
    const document = compose(application);
    expect(Object.keys(document.services)).toEqual(["worker", "mysql", "reports-db", "rabbitmq", "jobs", "minio"]);
    expect(service(document, "worker").environment).toEqual({
      REPORTS_DATABASE_URL: "mysql://app:secret@reports-db:3306/reports",
    });
    expect(service(document, "jobs").ports).toEqual([{ port: 15672 }]);
  });

  test("that two containers would have are all refused at once", () => {
    const workloads = [worker({ name: "redis" }), worker({ name: "nginx" }), worker({ name: "mailcatcher" })];
    expect(() => compose({ services: [ordersDb, cache], workloads, routes: [] })).toThrow(
      [
        'applications.my-app.workloads.redis: in Compose "redis" is the container of service cache; rename it',
        'applications.my-app.workloads.nginx: in Compose "nginx" is a container of its own by this name; rename it',
        'applications.my-app.workloads.mailcatcher: in Compose "mailcatcher" is a container of its own by this name; rename it',
      ].join("\n"),
    );
  });

  test("of sources are those of workloads", () => {
    const source = {
      folder: "a",
      dockerfile: "b",
      target: "c",
      mountPath: "/d",
      packages: { path: "/e", volume: "f" },
    };
    const application = resolvedApplication();
    expect(() => composeDocument({ application, sources: { backend: source, other: source } })).toThrow(
      "sources.other: no such workload; use the name of a workload of my-app",
    );
  });
});

test("a workload is confined as in a cluster, or as much as it asked for", () => {
  expect(service(compose(), "backend")).toMatchObject({ user: "1000:1000", read_only: true, cap_drop: ["ALL"] });
  const loose = worker({
    security: { user: 5, readOnlyRootFilesystem: false, profile: "baseline", reason: "it mounts" },
  });
  const container = service(compose({ workloads: [loose], routes: [] }), "worker");
  expect(container).toMatchObject({ user: "5:5", security_opt: ["no-new-privileges:true"] });
  expect(container).not.toHaveProperty("read_only");
  expect(container).not.toHaveProperty("cap_drop");
});

test("the volumes of a workload are given to its user before it starts", () => {
  expect(service(compose(), "backend").volumes).toEqual(["backend-uploads:/app/uploads"]);
  expect(service(compose(), "backend").depends_on).toMatchObject({
    permissions: { condition: "service_completed_successfully" },
  });
  expect(service(compose(), "permissions").entrypoint?.at(-1)).toBe("chown 1000:1000 /volumes/backend-uploads");
});

test("a schedule is run by hand", () => {
  expect(service(compose(), "cron").profiles).toEqual(["cron"]);
});
