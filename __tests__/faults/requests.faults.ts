import { commandOf } from "../real/support/compose-file";
import { sleep } from "../real/support/program";
import { METRICS_PORTS } from "../real/support/sample-images";
import { type Samples, startSamples } from "../real/support/sample-site";
import { useSite } from "../real/support/site";
import { ALERTS, type Faults, rulesOf, startFaults, watched } from "./support/faults";
import { SPEED } from "./support/rows";

/* The samples behind nginx and PHP-FPM with their servers, whom people ask all the time. The tests follow one another. */

const { namespace } = watched.application;

/** A request that writes to the database. */
const LIFT = "/lifts/1b4e28ba-2fa1-41d2-883f-0016d3cca427";
const CLIENT = Buffer.from(JSON.stringify({ client: "acme" }));

let samples: Samples;
let faults: Faults;
let asking = true;
let visitors: Promise<unknown> | undefined;
useSite(async (site) => {
  samples = await startSamples(site);
  const { code, output } = await samples.console(...commandOf("migrate").slice(2));
  if (code !== 0) throw new Error(output);
  const { name } = watched.application;
  const groups = rulesOf(
    ALERTS.filter((group) => [name, `${name}-objectives`].includes(group.name)),
    (expression) => !/kube_|container_/.test(expression),
  );
  faults = await startFaults(
    site,
    groups,
    (["backend", "frontend", "notifications"] as const).map((workload) => ({
      ...{ address: `127.0.0.1:${METRICS_PORTS[workload]}`, path: "/metrics" },
      labels: { namespace, workload, pod: `my-app-${workload}-0` },
    })),
  );
  const person = async (): Promise<void> => {
    while (asking) {
      await samples.http("api.localhost", LIFT, { method: "PUT", body: CLIENT, seconds: 20 }).catch(() => undefined);
      await sleep(Math.max(0.1, 1 / SPEED));
    }
  };
  visitors = Promise.all(Array.from({ length: 3 }, person));
});
// Rates need samples of before.
beforeAll(() => sleep(180 / SPEED));
afterAll(async () => {
  asking = false;
  await visitors;
});

test("a database that answers late", async () => {
  let late = true;
  let locking: Promise<void> | undefined;
  // A table that somebody else has locked for most of the time.
  const lock = async (): Promise<void> => {
    while (late) await samples.sql("USE app_db; LOCK TABLES lifts WRITE; SELECT SLEEP(2.5); UNLOCK TABLES");
  };
  await faults.measure("A database answers late", { alert: "HighResponseTime", within: 780 }, async () => {
    locking = lock();
    await sleep(0);
  });
  late = false;
  await locking;
  await faults.well();
});

test("a database that is gone, for those whose requests need it", async () => {
  let gone: Promise<void> | undefined;
  const kill = (): Promise<void> => (gone ??= samples.mariadb.stop());
  await Promise.all([
    faults.measure(
      "Requests fail, as their database is gone",
      { alert: "HighErrorRate", labels: { workload: "backend" }, within: 780 },
      kill,
    ),
    faults.measure(
      "Of what an objective allows in thirty days much is spent within an hour",
      { alert: "ErrorBudgetBurningFast", labels: { workload: "backend", objective: "availability" }, within: 780 },
      kill,
    ),
  ]);
});
