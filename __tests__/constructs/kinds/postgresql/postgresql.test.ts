import { local } from "../../../../constructs/clouds/local";
import { environment, http, ingress, mysql } from "../../../../constructs/goldenpath";
import { postgresql } from "../../../../constructs/kinds/postgresql";
import { POSTGRESQL } from "../../../../constructs/kinds/postgresql/observability";
import { loadEnvironments } from "../../../../constructs/model/load";
import { InvalidInput } from "../../../../constructs/model/problem";
import { edgeVariables } from "../../../../constructs/model/variables";
import { applicationDashboard } from "../../../../constructs/observability/dashboards/application";
import { environmentDashboard } from "../../../../constructs/observability/dashboards/environment";
import { ruleGroups } from "../../../../constructs/observability/rules";
import { composeDocument } from "../../../../constructs/outputs/compose";
import { configurationFolder } from "../../../../constructs/outputs/compose/configuration";
import { localServers } from "../../../../constructs/outputs/compose/servers/provisioners";
import { catalog, compose, helmChart, renderEnvironments, runbooks } from "../../../../constructs/outputs/outputs";
import { shopIn, staging } from "../../../support/postgresql";
import { expression } from "../../../support/promql";

const { watched, environment: loaded, groups, context } = shopIn(staging());
const { application } = watched;

const refusals = (spec: ReturnType<typeof staging>): string[] => {
  try {
    loadEnvironments([spec]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
};
const AT = "environments.staging.applications.shop.services.orders-db";

describe("an edge brings", () => {
  const edge = application.workloads[0]?.edges[0];
  if (edge?.to !== "service") throw new Error("no edge");
  const secret = { secret: { key: "shop/orders-db" } };
  const parts = {
    host: { value: "db.example.com" },
    port: { value: "5432" },
    database: { value: "app_db" },
    username: { value: "app.api" },
  };
  const told = (more: object) =>
    edgeVariables(edge, { parts: { ...parts, password: secret }, tls: true, endpoints: [], ...more }).map((one) =>
      "value" in one
        ? `${one.name}=${one.value}`
        : `${one.name}=${one.template.map((piece) => ("text" in piece ? piece.text : `<${piece.part}>`)).join("")}`,
    );

  test("a URL that says whom to believe, and the same file by itself", () => {
    expect(told({ caBundle: "PEM" })).toEqual([
      "DATABASE_URL=postgresql://app.api:<password>@db.example.com:5432/app_db?sslmode=verify-full&sslrootcert=/etc/goldenpath/ca/orders-db.pem",
      "DATABASE_SSL_CA=/etc/goldenpath/ca/orders-db.pem",
    ]);
  });

  test("no file where there is none, and no less of a check", () => {
    expect(told({})).toEqual([
      "DATABASE_URL=postgresql://app.api:<password>@db.example.com:5432/app_db?sslmode=verify-full",
    ]);
  });

  test("nothing of TLS where the server has none", () => {
    expect(told({ tls: false })).toEqual(["DATABASE_URL=postgresql://app.api:<password>@db.example.com:5432/app_db"]);
  });
});

describe("is refused", () => {
  test.each([
    ["a name with capital letters", { database: "Orders" }, "use up to 63 small letters"],
    ["the server's own database", { database: "postgres" }, "use a name that is not the server's own"],
    ["a template", { database: "template1" }, "use a name that is not the server's own"],
    ["a cloud's own database", { database: "cloudsqladmin" }, "use a name that is not the server's own"],
  ])("%s", (_, spec, fix) => {
    expect(refusals(staging({}, spec))).toEqual([expect.stringContaining(fix)]);
  });

  test("a version that there is not, and a release where the image is pinned", () => {
    expect(refusals(staging({ version: "15" }))).toEqual([
      `${AT}.version: got "15"; use "17" or "18", or a release of it`,
    ]);
    expect(refusals(staging({ version: "17.4" }))).toEqual([
      `${AT}.version: got "17.4", the image of a version has the release that goldenpath pins; use "17"`,
    ]);
    expect(refusals(staging({ version: "18" }))).toEqual([]);
  });

  test.each([
    ["timezone", "UTC", "the same everywhere"],
    ["max_connections", "500", "follows from size"],
    ["fsync", "off", "damages what was written"],
    ["ssl", "off", "every place turns away who comes without TLS, by its own means; remove it"],
    ["rds.force_ssl", "0", "every place turns away who comes without TLS"],
    ["require_secure_transport", "off", "every place turns away who comes without TLS"],
    ["ssl_ciphers", "ALL:@SECLEVEL=0", "follows from how the server is made"],
    ["ssl_passphrase_command", "id", "follows from how the server is made"],
    ["include_if_exists", "/tmp/more.conf", "follows from how the server is made"],
    ["cloudsql.iam_authentication", "on", "users are made by the Job of the release"],
    ["cloudsql.pg_shadow_select_role", "reader", "reads hashes of passwords"],
    ["Work_Mem", "1MB", "no name of a parameter"],
    ["work_mem", "1MB'", "use up to 255 letters"],
  ])("the parameter %s = %s", (name, value, why) => {
    expect(refusals(staging({ parameters: { [name]: value } }))).toEqual([expect.stringContaining(why)]);
  });

  test("copies of a log, which it has not", () => {
    expect(refusals(staging({ backups: { logMinutes: 15 } }))).toEqual([
      expect.stringContaining("a postgresql has no log of its changes that could be copied"),
    ]);
  });

  test("a promise that dumps cannot keep", () => {
    const promised = (rpo: "1h" | "2d") => refusals(staging({}, {}, { recovery: { "orders-db": { rpo, rto: "4h" } } }));
    expect(promised("1h")).toEqual([expect.stringContaining("copies by")]);
    expect(promised("2d")).toEqual([]);
  });
});

describe("beside MySQL in one application", () => {
  const both = (needs: readonly (string | { readonly to: string; readonly prefix: string })[]) =>
    refusals(
      environment({
        name: "staging",
        cloud: local({ storageClass: "local-path" }),
        routing: ingress(),
        profile: "small",
        contact: "platform@example.com",
        costCenter: "shop",
        applications: [
          {
            application: {
              ...{ name: "shop", owner: "team-shop" },
              services: { "orders-db": postgresql(), legacy: mysql() },
              workloads: { api: http({ image: "registry.example.com/api:v1", needs: [...needs] }) },
            },
          },
        ],
      }),
    );

  test("no variable is of both: a workload that needs both says a prefix", () => {
    expect(both(["orders-db"])).toEqual([]);
    expect(both(["orders-db", "legacy"])).toEqual([expect.stringContaining("DATABASE_URL")]);
    expect(both(["orders-db", { to: "legacy", prefix: "LEGACY_" }])).toEqual([]);
  });
});

test("each generation of passwords has users of its own, of readers and of who measures too", () => {
  const users = (passwords: number): string[] => {
    const { objects } = shopIn(staging({ passwords })).watched;
    const logins = objects.filter((object) => object.kind === "ExternalSecret");
    const login = logins.find(({ metadata }) => metadata.name.startsWith("shop-orders-db-users"));
    return Object.keys(login?.spec.target.template.data ?? {}).filter((key) => key.startsWith("user."));
  };
  expect(users(1)).toEqual(["user.app.api", "user.app.report.read", "user.app.exporter.measure"]);
  expect(users(2)).toEqual(["user.app.api.v2", "user.app.report.v2.read", "user.app.exporter.v2.measure"]);
});

test("those of the generations beside it are spared when users retire, and of a reader the reader's alone", () => {
  const spared = (passwords: number): string[] => {
    const { objects } = shopIn(staging({ passwords })).watched;
    const [job] = objects.filter(
      (object) => object.kind === "Job" && object.metadata.name.startsWith("shop-orders-db-retire"),
    );
    const env = job?.kind === "Job" ? (job.spec.template.spec.containers[0]?.env ?? []) : [];
    const given = env.find(({ name }) => name === "SPARED");
    return given !== undefined && "value" in given ? given.value.split(" ") : [];
  };
  expect(spared(1)).toEqual(["app.api.v2", "app.report.v2.read", "app.exporter.v2.measure"]);
  expect(spared(2)).toEqual([
    ...["app.api", "app.report.read", "app.exporter.measure"],
    ...["app.api.v3", "app.report.v3.read", "app.exporter.v3.measure"],
  ]);
});

describe("measured", () => {
  const rules = ruleGroups(groups, context).flatMap((group) => group.rules);
  const ofDatabase = rules.filter(({ expr }) => expr.includes('"orders-db"') && !expr.includes("kube_"));

  test("it has alerts of its own beside those of every data service", () => {
    expect([...new Set(ofDatabase.map((rule) => ("alert" in rule ? rule.alert : "")))].sort()).toEqual([
      "DataServiceMetricsMissing",
      "DatabaseConnectionsNearLimit",
      "DatabaseTransactionsNearLimit",
    ]);
  });

  test("alerts and panels name what its exporter tells, by labels that it has", () => {
    const dashboard = applicationDashboard(watched, "https://git.example.com");
    const row = dashboard.rows.find(({ title }) => title === "PostgreSQL");
    const panels = row?.panels.flatMap(({ queries }) => queries.map(({ expr }) => expr)) ?? [];
    expect(panels.length).toBeGreaterThan(5);
    const exprs = [
      ...ofDatabase.map(({ expr }) => expr),
      ...panels.map((one) => one.replaceAll("$__rate_interval", "5m")),
    ];
    const known = { ...POSTGRESQL.families };
    for (const { metric, labels } of exprs.flatMap((expr) => expression(expr).selectors)) {
      expect(Object.keys(known)).toContain(metric);
      expect([...POSTGRESQL.targetLabels, ...(known[metric]?.labels ?? [])]).toEqual(
        expect.arrayContaining([...labels]),
      );
    }
    // Each family that it is said to tell somebody asks for.
    const asked = new Set(exprs.flatMap((expr) => expression(expr).selectors.map(({ metric }) => metric)));
    expect(Object.keys(known).filter((name) => !asked.has(name))).toEqual([]);
  });

  test("the dashboard of its environment says whether it is up", () => {
    const dashboard = environmentDashboard(
      { environment: loaded, keepsLogs: false, takesTraces: false },
      { of: () => "" },
    );
    expect(JSON.stringify(dashboard)).toContain("pg_up");
  });

  test("each of its alerts has a page, and the way back from its copies too", () => {
    const files = runbooks.render(renderEnvironments(loadEnvironments([staging()])), {});
    const pages = Object.keys(files).map((file) => file.split("/").at(-1));
    expect(pages).toEqual(
      expect.arrayContaining(["DatabaseConnectionsNearLimit.md", "DatabaseTransactionsNearLimit.md"]),
    );
    const all = Object.values(files).join("\n");
    expect(all).toContain("Restore orders-db from a copy");
    expect(all).toContain("VACUUM (FREEZE, VERBOSE)");
    // MySQL's keeps a password; here the users of before go.
    const rotate = Object.entries(files).find(([file]) => file.endsWith("rotate-secrets.md"))?.[1] ?? "";
    expect(rotate).toContain("those of before may sign in until the release is through");
    expect(rotate).not.toContain("do all of it twice");
  });
});

test("a catalog lists it as a database", () => {
  const files = catalog.render(renderEnvironments(loadEnvironments([staging()])), {});
  expect(Object.values(files).join("\n")).toMatch(/name: shop-orders-db[\s\S]*?type: database/);
});

test("the chart's workloads have what Terraform's have", () => {
  const files = helmChart.render(renderEnvironments(loadEnvironments([staging()])), { application: "shop" });
  expect(Object.values(files).join("\n")).toContain("DATABASE_URL");
});

describe("in Compose", () => {
  const { services } = composeDocument({ application });

  test("there is its container, and workloads sign in as a user who is no superuser", () => {
    expect(services["postgresql"]).toMatchObject({
      image: "docker.io/library/postgres:17.11",
      environment: { POSTGRES_DB: "app_db", POSTGRES_PASSWORD: "secret" },
      volumes: ["postgresql-data:/var/lib/postgresql/data", "./compose/postgresql/init:/docker-entrypoint-initdb.d:ro"],
    });
    expect(services["api"]).toMatchObject({
      environment: { DATABASE_URL: "postgresql://app:secret@postgresql:5432/app_db" },
      depends_on: { postgresql: { condition: "service_healthy" } },
    });
    expect(services["web"]?.environment ?? {}).not.toHaveProperty("DATABASE_URL");
  });

  test("the other version has its disk where its image has a volume, and so refuses what this one left there", () => {
    const { application: other } = shopIn(staging({}, { version: "18" })).watched;
    expect(composeDocument({ application: other }).services["postgresql"]?.volumes?.[0]).toBe(
      "postgresql-data:/var/lib/postgresql",
    );
  });

  test("beside a job of a workflow, where no file can be mounted, workloads are let in all the same", () => {
    const [server] = localServers(application, configurationFolder("compose"));
    expect(server?.bare).toEqual({
      ...server?.service,
      environment: { POSTGRES_DB: "app_db", POSTGRES_PASSWORD: "secret", POSTGRES_USER: "app" },
    });
  });

  test("the file that its first start reads is rendered with it", () => {
    const files = compose.render(renderEnvironments(loadEnvironments([staging()])), { application: "shop" });
    expect(files["compose/postgresql/init/shop.sql"]).toContain(
      "CREATE ROLE app LOGIN PASSWORD 'secret' IN ROLE application;",
    );
  });
});
