import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MEASURING_USER } from "../../constructs/model/exporter";
import { alertGroups } from "../../constructs/observability/alerts/alerts";
import { inhibitRules } from "../../constructs/observability/inhibitions";
import { MYSQL } from "../../constructs/observability/metrics/mysql";
import { ruleGroups } from "../../constructs/observability/rules";
import { mysql } from "../../constructs/services/mysql";
import { alerting as rendered } from "../support/alerts";
import { startAlerting } from "./support/alerting";
import { type Exporter, exporterDeployment, startExporter, valueOf } from "./support/exporter";
import { missing } from "./support/families";
import { mysqldExporterImage, mysqlImage } from "./support/images";
import { sleep, waitUntil } from "./support/program";
import { type Mariadb, startMariadb } from "./support/servers/mariadb";
import { deploy, type Shop } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import { measuringPasswordOf, passwordOf, type Placed } from "./support/test-cloud";
import { lint, runUsersJob, shown } from "./support/users-job";

/*
 * MySQL as its exporter measures it: the user that the rendered Job makes, the rendered pod of the exporter, and a MariaDB that
 * accepts TLS only. The tests follow one another.
 */

const DB = "orders-db";

/** The fewest that MariaDB takes. */
const CONNECTIONS = 10;

let mariadb: Mariadb;
const start = ({
  folder,
  network,
  certificates,
}: Pick<ReturnType<typeof site>, "certificates" | "folder" | "network">) =>
  startMariadb(join(folder, "mariadb"), {
    ...{ network, certificates, databases: ["app_db"] },
    settings: { "max-connections": String(CONNECTIONS) },
  });
const site = useSite(async (made) => {
  mariadb = made.add(await start(made));
});

const placed = (change: Partial<Placed> = {}): Placed => ({
  ...{ service: mysql(), server: mariadb, host: HOST, caBundle: site().certificates.bundle },
  parts: { database: "app_db" },
  ...change,
});

const deployed = (shop: Partial<Shop> = {}, change: Partial<Placed> = {}) =>
  deploy({ measured: true, workloads: ["api"], ...shop, services: { [DB]: placed(change) } });

const login = (generation?: number) => ({
  username: MEASURING_USER,
  password: measuringPasswordOf(DB, generation),
});
const ask = async (sql: string, generation?: number) => (await mariadb.query(login(generation), sql)).output.trim();

test("the program that makes users is one that ShellCheck has nothing against", async () => {
  expect((await lint(site(), deployed(), DB)).output).toBe("");
});

test("the Job makes a user that measures beside those of workloads, and again changes nothing", async () => {
  for (const time of ["first", "second"]) {
    const { code, output } = await runUsersJob(site(), deployed(), DB, mysqlImage);
    expect({ time, code }).toEqual({ time, code: 0 });
    expect(output).toContain(`user ${MEASURING_USER} is as it should be`);
    expect(output).toContain("user app.api is as it should be");
  }
  const api = { username: "app.api", password: passwordOf(DB, "api") };
  expect((await mariadb.query(api, "CREATE TABLE app_db.kept (id INT)")).output).toBe("");
});

test("it has no right to anything, and few connections", async () => {
  const { output } = await mariadb.query(mariadb.admin, `SHOW GRANTS FOR '${MEASURING_USER}'@'%'`);
  expect(output.trim().split("\n")).toEqual([
    expect.stringMatching(/^GRANT USAGE ON [*][.][*] .*REQUIRE SSL.*WITH MAX_USER_CONNECTIONS 5$/),
  ]);
});

test.each([
  ["reads a table", "SELECT * FROM app_db.kept", "ERROR 1142"],
  ["sees a database", "USE app_db", "ERROR 1044"],
  ["reads users", "SELECT * FROM mysql.global_priv", "ERROR 1142"],
  ["makes a database", "CREATE DATABASE other", "ERROR 1044"],
  ["reads a file", "SELECT LOAD_FILE('/etc/passwd') IS NULL", "1"],
  ["ends a connection of somebody else", "KILL 1", "ERROR 1095"],
  ["changes a variable of the server", "SET GLOBAL max_connections = 1", "ERROR 1227"],
])("it never %s", async (_, sql, answer) => {
  const said = await ask(sql);
  // A connection that is not there any more is none that it could have ended.
  expect(sql.startsWith("KILL") ? said.replace("ERROR 1094", "ERROR 1095") : said).toContain(answer);
});

test("it does not see what others run", async () => {
  const others = await ask(
    "SELECT COUNT(*) FROM information_schema.processlist WHERE user <> SUBSTRING_INDEX(USER(), '@', 1)",
  );
  expect(others).toBe("0");
});

let exporter: Exporter;
describe("the exporter", () => {
  test("tells what the catalogue says, over a connection that it verifies", async () => {
    exporter = await startExporter(site(), deployed(), DB, mysqldExporterImage);
    const text = await exporter.metrics();
    expect(valueOf(text, "mysql_up")).toBe(1);
    expect(missing(MYSQL, text)).toEqual([]);
    expect(valueOf(text, "mysql_global_variables_max_connections")).toBe(CONNECTIONS);
    // Nothing that needs a right was asked for, and failed.
    expect(text).not.toMatch(/^mysql_exporter_collector_success\{.*\} 0$/m);
  });

  test("is not let in while all connections are open, and tells afterwards how many were refused", async () => {
    const api = { username: "app.api", password: passwordOf(DB, "api") };
    const open = () => mariadb.query(api, "SELECT SLEEP(12)", undefined, 60);
    const busy = Array.from({ length: CONNECTIONS }, open);
    await waitUntil(
      "all are open",
      async () => {
        if ((await ask("SELECT 1")).includes("ERROR 1040")) return true;
        // Who asks may have had the place of one of them.
        busy.push(open());
        return false;
      },
      { seconds: 10 },
    );
    expect(valueOf(await exporter.metrics(), "mysql_up")).toBe(0);
    // MariaDB, unlike MySQL, does not count one that comes alone: it waits for its password first, who might be an administrator.
    await Promise.all(Array.from({ length: 40 }, () => ask("SELECT 1")));
    await Promise.all(busy);
    const text = await exporter.metrics();
    expect(valueOf(text, "mysql_up")).toBe(1);
    const refused = text.split("\n").filter((line) => line.includes('{error="max_connections"}'));
    expect(refused).toEqual([expect.stringMatching(/^mysql_global_status_connection_errors_total.* [1-9]\d*$/)]);
  });

  test("shows its password to nobody", async () => {
    const secrets = [measuringPasswordOf(DB)];
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
    exporter = await startExporter(site(), deployed({}, change()), DB, mysqldExporterImage);
    expect(valueOf(await exporter.metrics(), "mysql_up")).toBe(0);
    expect(exporter.container.log()).toMatch(/certificate|x509/);
  });

  test("goes on with the new password after a rotation", async () => {
    const rotated = deployed({ passwords: 2 });
    const { output } = await runUsersJob(site(), rotated, DB, mysqlImage);
    expect(output).toContain(`user ${MEASURING_USER} has a new password`);
    await exporter.container.stop("SIGTERM");
    exporter = await startExporter(site(), rotated, DB, mysqldExporterImage);
    expect(valueOf(await exporter.metrics(), "mysql_up")).toBe(1);
  });
});

describe("measuring is turned off and on again", () => {
  test("its user is locked when the release is through", async () => {
    const off = deployed({ measured: false, passwords: 2 });
    const { output } = await runUsersJob(site(), off, DB, mysqlImage, "retire");
    expect(output).toContain(`user ${MEASURING_USER} is locked: nothing needs it`);
    expect(valueOf(await exporter.metrics(), "mysql_up")).toBe(0);
  });

  test("and is let in again after the next", async () => {
    const { output } = await runUsersJob(site(), deployed({ passwords: 2 }), DB, mysqlImage);
    expect(output).toContain(`user ${MEASURING_USER} is as it should be`);
    expect(valueOf(await exporter.metrics(), "mysql_up")).toBe(1);
  });
});

describe("a server that is gone", () => {
  /** By which all times of the rules are divided. */
  const FASTER = 120;
  const [production] = rendered(["production"]);
  if (production === undefined) throw new Error("no environment");
  const { watched, context } = production;
  const { name, namespace } = watched.application;

  test("is told in the channel with those that do not work without it, and nobody is told that it is not measured", async () => {
    const groups = ruleGroups(alertGroups(watched), context)
      .filter((group) => group.name === `${name}-services`)
      .map((group) => ({
        ...group,
        rules: group.rules.filter(({ expr }) => expr.includes(`"${DB}"`) && !expr.includes("kube_")),
      }));
    const alerting = await startAlerting(site(), {
      ...{ groups, faster: FASTER, inhibitRules: inhibitRules([watched.application]) },
      targets: [
        {
          address: `127.0.0.1:${exporter.port}`,
          path: "/metrics",
          labels: { namespace, service: DB, pod: "exporter-0" },
        },
      ],
    });
    await sleep(3);
    expect(alerting.messages()).toEqual([]);
    await mariadb.stop();
    expect(valueOf(await exporter.metrics(), "mysql_up")).toBe(0);
    await waitUntil("Slack has heard of it", () => alerting.messages().length > 0, {
      seconds: 60,
      details: alerting.logs,
    });
    // As long as the other one needs, and what Alertmanager waits for.
    await sleep(600 / FASTER + 10);
    expect(alerting.messages().map(({ title, text }) => ({ title, text: text.trim() }))).toEqual([
      {
        title: "DataServiceDown",
        text: expect.stringMatching(
          /^orders-db has not answered its exporter for a minute, or has not let it in, as it does not when all its connections are open, and backend.* not work without it$/,
        ) as string,
      },
    ]);
  }, 120_000);
});
