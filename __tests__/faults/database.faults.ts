import { join } from "node:path";
import { mysql } from "../../constructs/services/mysql";
import { type Exporter, startExporter } from "../real/support/exporter";
import { mysqldExporterImage, mysqlImage } from "../real/support/images";
import { sleep } from "../real/support/program";
import { type Mariadb, startMariadb } from "../real/support/servers/mariadb";
import { deploy } from "../real/support/shop";
import { HOST, useSite } from "../real/support/site";
import { passwordOf } from "../real/support/test-cloud";
import { runUsersJob } from "../real/support/users-job";
import { ALERTS, type Faults, rulesOf, startFaults, watched } from "./support/faults";
import { SPEED } from "./support/rows";

/* A MySQL, its exporter as rendered, and what goes wrong with them. The tests follow one another. */

const DB = "orders-db";
/** The fewest that MariaDB takes. */
const CONNECTIONS = 10;
const { namespace } = watched.application;

let mariadb: Mariadb;
let exporter: Exporter;
let faults: Faults;
let startAgain: () => Promise<Exporter>;
useSite(async (site) => {
  const { folder, network, certificates } = site;
  mariadb = site.add(
    await startMariadb(join(folder, "mariadb"), {
      ...{ network, certificates, databases: ["app_db"], settings: { "max-connections": String(CONNECTIONS) } },
    }),
  );
  const placed = { service: mysql(), server: mariadb, host: HOST, caBundle: certificates.bundle };
  const shop = deploy({
    ...{ measured: true, workloads: ["api"] },
    services: { [DB]: { ...placed, parts: { database: "app_db" } } },
  });
  await runUsersJob(site, shop, DB, mysqlImage);
  startAgain = () => startExporter(site, shop, DB, mysqldExporterImage);
  exporter = await startAgain();
  const groups = rulesOf(ALERTS, (expression) => expression.includes(`"${DB}"`) && !expression.includes("kube_"));
  faults = await startFaults(site, groups, [
    { address: `127.0.0.1:${exporter.port}`, path: "/metrics", labels: { namespace, service: DB, pod: "exporter-0" } },
  ]);
});
// Rates need samples of before.
beforeAll(() => sleep(90 / SPEED));

const api = { username: "app.api", password: passwordOf(DB, "api") };
/** Opens connections that stay for so many seconds. */
const hold = (connections: number, seconds: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: connections }, () => mariadb.query(api, `SELECT SLEEP(${seconds})`, undefined, seconds + 30)),
  );

test("connections that are nearly all open", async () => {
  let held: Promise<unknown> | undefined;
  await faults.measure(
    "Nine of ten connections of a database are open",
    { alert: "DatabaseConnectionsNearLimit", within: 400 },
    async () => {
      held = hold(CONNECTIONS - 2, 30 + 480 / SPEED);
      await sleep(1);
    },
  );
  await held;
  await faults.well();
});

test("connections that are refused", async () => {
  await faults.measure(
    "A database refuses connections for a minute",
    { alert: "DatabaseConnectionsRefused", within: 300 },
    async () => {
      const held = hold(CONNECTIONS, 5 + 60 / SPEED);
      await sleep(2);
      await Promise.all(Array.from({ length: 40 }, () => mariadb.query(api, "SELECT 1")));
      await held;
    },
  );
  await faults.well();
});

test("an exporter that is gone", async () => {
  await faults.measure("An exporter ends", { alert: "DataServiceMetricsMissing", within: 720 }, () =>
    exporter.container.stop("SIGKILL"),
  );
});

test("a database that is gone", async () => {
  exporter = await startAgain();
  await faults.well();
  await faults.measure("A database is killed", { alert: "DataServiceDown", labels: { service: DB }, within: 120 }, () =>
    mariadb.stop(),
  );
});
