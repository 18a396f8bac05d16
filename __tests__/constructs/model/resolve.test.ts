import type { PartSource } from "../../../constructs/model/connection";
import type { EnvironmentInput, WorkloadOverride } from "../../../constructs/model/environment";
import { loadEnvironments } from "../../../constructs/model/load";
import type { ResolvedApplication, ServiceEdge } from "../../../constructs/model/resolved";
import { edgeVariables } from "../../../constructs/model/variables";
import { release, type ReleaseSpec } from "../../../constructs/model/workload";
import { mysql } from "../../../constructs/services/mysql";
import { draft, production, shop, staging } from "../../support/input";

function load(input: EnvironmentInput) {
  const [environment] = loadEnvironments([input]);
  const app = environment?.applications[0];
  if (environment === undefined || app === undefined) throw new Error("nothing loaded");
  return { environment, app };
}

function workload(app: ResolvedApplication, name: string) {
  const found = app.workloads.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no workload ${name}`);
  return found;
}

describe("defaults are production-safe", () => {
  test("an environment that says nothing is protected, with standbys and two weeks of backups", () => {
    const { environment, app } = load({ ...production(), profile: undefined });
    expect(environment).toMatchObject({ profile: "production", protect: true });
    expect(app.services.map(({ sizing }) => sizing)).toEqual(
      app.services.map(() => ({
        placement: "managed",
        size: "medium",
        storage: "100Gi",
        highAvailability: true,
        backupDays: 14,
        passwords: 1,
      })),
    );
  });

  test("the profile small takes all of that away, and each can be given back", () => {
    const input = staging();
    const { environment, app } = load({
      ...input,
      protect: true,
      applications: [
        { application: shop(), hosts: input.applications[0]?.hosts, services: { db: { highAvailability: true } } },
      ],
    });
    expect(environment.protect).toBe(true);
    expect(app.services.find(({ name }) => name === "db")?.sizing).toEqual({
      placement: "managed",
      size: "small",
      storage: "20Gi",
      highAvailability: true,
      backupDays: 3,
      passwords: 1,
    });
  });

  test("a workload that says nothing has three pods, probes with stated timeouts and runs restricted as 1000", () => {
    const { app } = load(production());
    expect(workload(app, "web")).toMatchObject({
      replicas: 3,
      port: 3000,
      liveness: { initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
      security: { user: 1000, readOnlyRootFilesystem: true, profile: "restricted" },
    });
    expect(workload(app, "api")).toMatchObject({ port: 9000, httpPort: 8080, liveness: { initialDelaySeconds: 30 } });
  });
});

describe("what the environment says replaces what the application says", () => {
  test("image, replicas and resources are replaced, config is merged", () => {
    const { environment, overlay, workload: raw } = draft();
    raw("web").config = { A: "1", B: "1" };
    overlay.workloads = { web: { image: "registry.example.com/web:v2", replicas: 5, config: { B: "2" } } };
    const { app } = load(environment);
    expect(workload(app, "web")).toMatchObject({
      image: "registry.example.com/web:v2",
      version: "v2",
      replicas: 5,
      config: { A: "1", B: "2" },
    });
  });

  test("an autoscaler can be taken away", () => {
    const { environment, overlay } = draft();
    overlay.workloads = { api: { autoscaling: false, replicas: 4 } };
    expect(workload(load(environment as EnvironmentInput).app, "api")).toMatchObject({
      replicas: 4,
      autoscaling: undefined,
    });
  });

  test("with an autoscaler, the first number of pods is not below its minimum", () => {
    const { environment, workload: raw } = draft();
    raw("api").autoscaling = { min: 6, max: 8, cpu: 70 };
    expect(workload(load(environment as EnvironmentInput).app, "api")).toMatchObject({ replicas: 6 });
  });
});

describe("a release", () => {
  const migrate = (spec: Partial<ReleaseSpec> = {}, override?: WorkloadOverride) => {
    const { app, environment, overlay } = draft();
    Object.assign(app.workloads, { migrate: release({ image: "registry.example.com/api:v1", ...spec }) });
    if (override !== undefined) Object.assign(overlay, { workloads: { migrate: override } });
    return workload(load(environment).app, "migrate");
  };

  test("that says nothing has a quarter of an hour and one retry, and runs as every workload does", () => {
    expect(migrate()).toEqual({
      name: "migrate",
      kind: "release",
      objectName: "shop-migrate",
      image: "registry.example.com/api:v1",
      version: "v1",
      command: undefined,
      args: undefined,
      activeDeadlineSeconds: 900,
      retries: 1,
      terminationGraceSeconds: 60,
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
      security: { user: 1000, readOnlyRootFilesystem: true, profile: "restricted" },
      config: {},
      connections: 1,
      secrets: [],
      edges: [],
      volumes: [],
      instrumented: false,
    });
  });

  test("has no replicas, no autoscaler, no schedule and no probes, and needs none in production", () => {
    for (const field of ["replicas", "autoscaling", "schedule", "concurrency", "liveness", "readiness", "port"]) {
      expect(migrate()).not.toHaveProperty(field);
    }
  });

  test("keeps what it says, no retries too", () => {
    const said = { activeDeadlineSeconds: 3600, retries: 0, command: ["migrate"], args: ["--all"] };
    expect(migrate(said)).toMatchObject(said);
  });

  test("takes image, resources and configuration from the environment", () => {
    const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } } as const;
    const override = { image: "registry.example.com/api:v2", resources, config: { B: "2" } };
    expect(migrate({ config: { A: "1", B: "1" } }, override)).toMatchObject({
      image: "registry.example.com/api:v2",
      version: "v2",
      resources,
      config: { A: "1", B: "2" },
    });
  });

  test("reaches services and outside hosts by edges, as any workload does", () => {
    const { edges, secrets } = migrate({ needs: ["db", "files", "mail"], secrets: ["stripe-key"] });
    expect(edges.map((edge) => edge.to)).toEqual(["service", "service", "external"]);
    expect(secrets.map(({ name }) => name)).toEqual(["stripe-key"]);
  });

  test("may have a zonal disk: there is one pod of it", () => {
    const volumes = { work: { mountPath: "/work", size: "1Gi", access: "ReadWriteOnce" } } as const;
    expect(migrate({ volumes }).volumes).toMatchObject([{ name: "work", access: "ReadWriteOnce" }]);
  });

  test("can weaken the namespace like any other workload", () => {
    const { app, environment } = draft();
    const security = { profile: "baseline", reason: "an old base image" } as const;
    Object.assign(app.workloads, { migrate: release({ image: "registry.example.com/api:v1", security }) });
    expect(load(environment).app.podSecurity).toBe("baseline");
  });
});

test("a higher generation of passwords is one service's alone", () => {
  const { environment, overlay } = draft();
  overlay.services = { db: { passwords: 3 } };
  const { app } = load(environment);
  expect(app.services.map(({ name, sizing }) => [name, sizing.passwords])).toEqual([
    ["db", 3],
    ["cache", 1],
    ["events", 1],
    ["files", 1],
  ]);
});

test("namespaces end in the environment's suffix, remote secrets begin with its name", () => {
  const { app } = load({ ...production(), namespaceSuffix: "prod" });
  expect(app.namespace).toBe("shop-prod");
  expect(app.secrets.map(({ remoteKey }) => remoteKey)).toEqual(["production/shop/stripe-key"]);
});

test.each([
  ["after", (services: object) => ({ ...services, reports: mysql({ database: "reports" }) })],
  ["above", (services: object) => ({ reports: mysql({ database: "reports" }), ...services })],
])("a second database %s the first renames no key of it", (_, add) => {
  const { app, environment, services, workload: raw } = draft();
  Object.assign(app, { services: add(services), defaultServices: ["db"] });
  raw("queue").needs = ["db", { to: "reports", prefix: "REPORTS_" }];
  const edges = workload(load(environment).app, "queue").edges as ServiceEdge[];
  expect(edges.map(({ secretKeys }) => secretKeys)).toEqual([
    { DATABASE_URL: "database-url" },
    { DATABASE_URL: "reports-database-url" },
  ]);
});

describe("the variables of an edge", () => {
  const { app } = load(production());
  const edge = (name: string, to: string) => {
    const found = workload(app, name).edges.find(
      (e) => ("service" in e ? e.service.name : "name" in e ? e.name : e.workload) === to,
    );
    if (found === undefined) throw new Error(`no edge ${name} → ${to}`);
    return found;
  };
  const password = { secret: { key: "arn", property: "password" } };

  test("a workload is reached by its Service, an external by host and port", () => {
    expect(edgeVariables(edge("web", "api"))).toEqual([{ name: "API_URL", value: "http://shop-api:80" }]);
    expect(edgeVariables(edge("api", "stripe"))).toEqual([
      { name: "STRIPE_HOST", value: "api.stripe.com" },
      { name: "STRIPE_PORT", value: "443" },
    ]);
    expect(edgeVariables(edge("api", "mail")).map(({ name }) => name)).toEqual(["SMTP_HOST", "SMTP_PORT"]);
  });

  test("a variable with a secret part is a template under its key, encoded part by part", () => {
    const parts = {
      host: { value: "db.internal" },
      port: { value: "3306" },
      database: { value: "app_db" },
      username: { secret: { key: "arn", property: "username" } },
      password,
    };
    expect(edgeVariables(edge("api", "db"), { parts, tls: true, endpoints: [] })).toEqual([
      {
        name: "DATABASE_URL",
        secretKey: "database-url",
        template: [
          { text: "mysql://" },
          { part: "username", key: "arn", property: "username", raw: false },
          { text: ":" },
          { part: "password", key: "arn", property: "password", raw: false },
          { text: "@" },
          { text: "db.internal" },
          { text: ":" },
          { text: "3306" },
          { text: "/" },
          { text: "app_db" },
        ],
      },
    ]);
  });

  describe("whose certificate needs a bundle", () => {
    const parts = {
      host: { value: "db.internal" },
      port: { value: "3306" },
      database: { value: "app_db" },
      username: { value: "app.queue" },
      password,
    };
    const connection = { parts, tls: true, endpoints: [], caBundle: "-----BEGIN CERTIFICATE-----" };
    const names = (needs: unknown) => {
      const { environment, workload: raw } = draft();
      raw("queue").needs = needs;
      const edges = workload(load(environment).app, "queue").edges.filter(({ to }) => to === "service");
      return edges.flatMap((found) =>
        edgeVariables(found, connection).map((variable) => [
          variable.name,
          "value" in variable ? variable.value : variable.secretKey,
        ]),
      );
    };

    test("hold the path of the file, which is no secret and not the certificates themselves", () => {
      expect(names(["db"])).toEqual([
        ["DATABASE_URL", "database-url"],
        ["DATABASE_SSL_CA", "/etc/goldenpath/ca/db.pem"],
      ]);
    });

    test("are two for two edges with two prefixes, to one file and one key", () => {
      expect(names(["db", { to: "db", prefix: "REPORTS_" }])).toEqual([
        ["DATABASE_URL", "database-url"],
        ["DATABASE_SSL_CA", "/etc/goldenpath/ca/db.pem"],
        ["REPORTS_DATABASE_URL", "database-url"],
        ["REPORTS_DATABASE_SSL_CA", "/etc/goldenpath/ca/db.pem"],
      ]);
    });

    test("know no path where the system's bundle does", () => {
      expect(
        edgeVariables(edge("queue", "db"), { ...connection, caBundle: undefined }).map(({ name }) => name),
      ).toEqual(["DATABASE_URL"]);
    });
  });

  test("the scheme says whether the connection is encrypted", () => {
    const parts = { host: { value: "h" }, port: { value: "1" }, username: { value: "default" }, password };
    const scheme = (tls: boolean) => {
      const [variable] = edgeVariables(edge("api", "cache"), { parts, tls, endpoints: [] });
      return variable !== undefined && "template" in variable ? variable.template[0] : undefined;
    };
    expect([scheme(true), scheme(false)]).toEqual([{ text: "rediss://" }, { text: "redis://" }]);
  });

  test("an optional part that the cloud leaves out takes its variable with it", () => {
    const parts = { endpoint: { value: "https://s3" }, bucket: { value: "b" }, region: { value: "r" } };
    expect(edgeVariables(edge("api", "files"), { parts, tls: true, endpoints: [] })).toEqual([
      { name: "S3_ENDPOINT", value: "https://s3" },
      { name: "S3_BUCKET", value: "b" },
      { name: "S3_REGION", value: "r" },
    ]);
  });

  test("a part that is not optional must be filled", () => {
    expect(() => edgeVariables(edge("api", "db"), { parts: {}, tls: true, endpoints: [] })).toThrow(
      'service db: part "username": left out by the cloud; give it, or declare it optional',
    );
  });

  describe("with plain parts", () => {
    const redisUrl = (username: PartSource, secretPart: PartSource = password) => {
      const parts = { host: { value: "${host}" }, port: { value: "1" }, username, password: secretPart };
      const [variable] = edgeVariables(edge("api", "cache"), { parts, tls: true, endpoints: [] });
      return variable !== undefined && "template" in variable ? variable.template[1] : variable;
    };

    test("encodes a literal where it stands in a URL", () => {
      expect(redisUrl({ value: "a:b@c/d e" })).toEqual({ text: "a%3Ab%40c%2Fd%20e" });
    });

    test("refuses a reference that it cannot encode, and takes one that need not be", () => {
      expect(() => redisUrl({ value: "${aws_x.y.name}" })).toThrow(
        'service cache: part "username": percent-encoded in its variable, but given as a reference; give a literal',
      );
      expect(redisUrl({ value: "default" })).toEqual({ text: "default" });
    });

    test("never renders a secret part as a value, and does not print it either", () => {
      const leak = () => redisUrl({ value: "default" }, { value: "hunter2" });
      expect(leak).toThrow(
        'service cache: part "password": secret, but given as a value; give its place in the secret store',
      );
      expect(leak).not.toThrow(/hunter2/);
    });

    test("takes a part from the secret store though it need not be secret", () => {
      const given = { secret: { key: "arn", property: "username" } };
      expect(redisUrl(given)).toEqual({ part: "username", key: "arn", property: "username", raw: false });
    });

    test("refuses to lose a secret that has no key", () => {
      const parts = { host: { value: "h" }, port: { value: "1" }, username: { value: "u" }, password };
      const found = edge("api", "cache");
      const keyless = found.to === "service" ? { ...found, secretKeys: {} } : found;
      expect(() => edgeVariables(keyless, { parts, tls: true, endpoints: [] })).toThrow(
        "service cache: no key for the secret variable REDIS_URL",
      );
    });
  });
});
