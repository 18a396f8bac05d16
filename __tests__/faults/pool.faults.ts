import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { poolOf } from "../../constructs/kubernetes/fpm-pool";
import { phpPod } from "../real/support/php-pod";
import type { Pod } from "../real/support/pod";
import { sleep } from "../real/support/program";
import { backend } from "../support/resolved";
import { ALERTS, type Faults, rulesOf, startFaults, watched } from "./support/faults";
import { SPEED } from "./support/rows";

/* The backend's pod as rendered, with more requests than its pool of PHP-FPM has processes for. */

const { maxChildren } = poolOf(backend());
const { namespace } = watched.application;
const folder = mkdtempSync(join(tmpdir(), "goldenpath-faults-"));
const started: { readonly stop: () => Promise<void> }[] = [];

let pod: Pod;
let faults: Faults;
beforeAll(async () => {
  pod = await phpPod();
  const site = {
    ...{ folder, network: pod.network },
    add: <T extends { readonly stop: () => Promise<void> }>(one: T): T => {
      started.push(one);
      return one;
    },
  };
  const groups = rulesOf(ALERTS, (expression) => expression.includes("phpfpm_") && expression.includes('"backend"'));
  faults = await startFaults(site, groups, [
    {
      address: "127.0.0.1:9253",
      path: "/php-fpm",
      labels: { namespace, workload: "backend", pod: "my-app-backend-0" },
    },
  ]);
  await sleep(90 / SPEED);
});
afterAll(async () => {
  await Promise.all(started.map((one) => one.stop()));
  await pod.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** So many requests at any time, until they are told to stop. */
async function keepBusy(requests: number, during: () => Promise<void>): Promise<void> {
  let going = true;
  const one = async (): Promise<void> => {
    while (going) await pod.ask("/wait?seconds=5", { seconds: 600 }).catch(() => sleep(1));
  };
  const all = Promise.all(Array.from({ length: requests }, one));
  await during();
  going = false;
  await all;
  await faults.well();
}

test("as many slow requests as there are processes", async () => {
  await keepBusy(maxChildren, () =>
    faults.measure("All processes of a pool are busy", { alert: "PhpFpmPoolExhausted", within: 420 }, () => sleep(0)),
  );
});

test("twice as many as can be waited for", async () => {
  await keepBusy(maxChildren * 3, () =>
    faults.measure("Requests wait for a process", { alert: "PhpFpmQueueGrowing", within: 240 }, () => sleep(0)),
  );
});
