import { readFileSync } from "node:fs";
import { join } from "node:path";
import { postgresql } from "../../constructs/kinds/postgresql";
import { POSTGRESQL } from "../../constructs/kinds/postgresql/observability";
import type { Image } from "./support/container";
import { type Exporter, exporterDeployment, startExporter, valueOf } from "./support/exporter";
import { missing } from "./support/families";
import { postgresExporterImage, postgresqlImage } from "./support/images";
import { waitUntil } from "./support/program";
import { type Postgresql, startPostgresql } from "./support/servers/postgresql";
import { deploy, type Shop } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import { measuringPasswordOf, passwordOf, type Placed } from "./support/test-cloud";
import { runUsersJob, shown } from "./support/users-job";

/*
 * PostgreSQL as its exporter measures it, at the version that is pinned: the user that the rendered Job makes, the rendered pod of the
 * exporter, and a server that accepts TLS only. The tests follow one another.
 */

const DB = "orders-db";

/** Three of them are for superusers. */
const CONNECTIONS = 13;

let server: Postgresql;
let image: Image;
const site = useSite(async ({ folder, network, certificates, add }) => {
  image = postgresExporterImage(folder);
  server = add(
    await startPostgresql(join(folder, "postgresql"), {
      ...{ network, version: "18", certificates, databases: ["app_db", "other_db"] },
      settings: { max_connections: String(CONNECTIONS), reserved_connections: "0" },
    }),
  );
});

const placed = (change: Partial<Placed> = {}): Placed => ({
  ...{ service: postgresql(), server, host: HOST, caBundle: site().certificates.bundle },
  parts: { database: "app_db" },
  ...change,
});
const deployed = (shop: Partial<Shop> = {}, change: Partial<Placed> = {}) =>
  deploy({ measured: true, workloads: ["api"], ...shop, services: { [DB]: placed(change) } });

const login = { username: "app.exporter.measure", password: measuringPasswordOf(DB) };
const api = { username: "app.api", password: passwordOf(DB, "api") };
const ask = async (sql: string, database?: string) => (await server.query(login, sql, database)).output.trim();

test("the Job makes a user that measures beside those of workloads, and again changes nothing", async () => {
  for (const says of ["has a new password", "is as it should be"]) {
    const { code, output } = await runUsersJob(site(), deployed(), DB, postgresqlImage);
    expect(code).toBe(0);
    expect(output).toContain(`user ${login.username} ${says}`);
    expect(output).toContain(`user app.api ${says}`);
  }
  expect((await server.query(api, "CREATE TABLE kept (id INT)")).output).toBe("");
});

test.each([
  ["reads a table", "SELECT * FROM kept", undefined, "permission denied for table kept"],
  ["makes a table", "CREATE TABLE other (id INT)", undefined, "permission denied for schema public"],
  ["sees another database", "SELECT 1", "other_db", 'permission denied for database "other_db"'],
  ["reads passwords", "SELECT * FROM pg_authid", undefined, "permission denied for table pg_authid"],
  ["acts as the owner", "SET ROLE application", undefined, "permission denied to set role"],
  [
    "sees what others run",
    "SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user AND query <> '<insufficient privilege>'",
    undefined,
    "0",
  ],
])("it never %s", async (_, sql, database, answer) => {
  expect(await ask(sql, database)).toContain(answer);
});

test("it has few connections", async () => {
  const { output } = await server.query(
    server.superuser,
    `SELECT rolconnlimit FROM pg_roles WHERE rolname = '${login.username}'`,
  );
  expect(output.trim()).toBe("5");
});

let exporter: Exporter;
describe("the exporter", () => {
  test("tells what is said of it, over a connection that it verifies", async () => {
    exporter = await startExporter(site(), deployed(), DB, image);
    const text = await exporter.metrics();
    expect(valueOf(text, "pg_up")).toBe(1);
    expect(missing(POSTGRESQL, text)).toEqual([]);
    expect(valueOf(text, "pg_settings_max_connections")).toBe(CONNECTIONS);
    // Nothing that needs a right was asked for, and failed.
    expect(text).not.toMatch(/^pg_scrape_collector_success\{.*\} 0$/m);
    expect(text).not.toMatch(/^pg_exporter_last_scrape_error 1$/m);
  });

  test("is not let in while all connections are open, and told before how many they were", async () => {
    const open = () => server.query(api, "SELECT pg_sleep(8)");
    const busy = Array.from({ length: CONNECTIONS - 6 }, open);
    await waitUntil(
      "most are open",
      async () => valueOf(await exporter.metrics(), "pg_stat_database_numbackends") >= CONNECTIONS - 6,
    );
    const more = Array.from({ length: 6 }, open);
    await waitUntil("all are open", async () => (await ask("SELECT 1")).includes("remaining connection slots"), {
      seconds: 7,
    });
    await Promise.all([...busy, ...more]);
    await waitUntil("it is let in again", async () => valueOf(await exporter.metrics(), "pg_up") === 1);
  });

  test("shows its password to nobody", async () => {
    const secrets = [login.password];
    expect(shown(await exporter.metrics(), secrets)).toEqual([]);
    expect(shown(exporter.container.log(), secrets)).toEqual([]);
    const all = exporter.container
      .processes()
      .flatMap((id) => ["cmdline", "environ"].map((name) => readFileSync(`/proc/${id}/${name}`, "latin1")));
    expect(shown(all.join("\n"), secrets)).toEqual([]);
    expect(JSON.stringify(exporterDeployment(deployed(), DB))).not.toContain(secrets[0]);
  });

  test.each([
    ["another authority", () => ({ caBundle: site().certificates.stranger })],
    ["a name that the certificate has not", () => ({ host: OTHER_HOST })],
  ])("is not let in by %s, and says so", async (_, change) => {
    await exporter.container.stop("SIGTERM");
    exporter = await startExporter(site(), deployed({}, change()), DB, image);
    expect(valueOf(await exporter.metrics(), "pg_up")).toBe(0);
    expect(exporter.container.log()).toMatch(/certificate|x509/);
  });

  test("goes on as another user after a rotation", async () => {
    const rotated = deployed({ passwords: 2 });
    const { output } = await runUsersJob(site(), rotated, DB, postgresqlImage);
    expect(output).toContain("user app.exporter.v2.measure has a new password");
    await exporter.container.stop("SIGTERM");
    exporter = await startExporter(site(), rotated, DB, image);
    expect(valueOf(await exporter.metrics(), "pg_up")).toBe(1);
  });

  test("and the one of before may not sign in any more after the next", async () => {
    const next = deployed({ passwords: 3 });
    await runUsersJob(site(), next, DB, postgresqlImage);
    const { output } = await runUsersJob(site(), next, DB, postgresqlImage, "retire");
    expect(output).toContain(`user ${login.username} may not sign in any more`);
    expect(await ask("SELECT 1")).toContain("is not permitted to log in");
    expect(valueOf(await exporter.metrics(), "pg_up")).toBe(1);
  });

  test("says that a server is gone", async () => {
    await server.stop();
    expect(valueOf(await exporter.metrics(), "pg_up")).toBe(0);
  });
});
