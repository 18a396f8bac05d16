import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sleep } from "../../real/support/program";
import type { Api } from "./api";
import { ControlPlane } from "./control-plane";
import { makeSecrets } from "./secret-operator";
import { runServers } from "./server-operators";

/*
 * A process of its own that has the control plane, and ends it when its input does. The kernel closes that when the
 * process that runs the tests is gone, however it went: nothing is left running, and no folder.
 *
 * keeper <folder> <installed> <charts>
 */

const [folder = "", installed = "", charts = ""] = process.argv.slice(2);
let current: ControlPlane | undefined;
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await current?.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

/** Ports that were free may be taken before they are used. */
async function start(attempt = 1): Promise<Api> {
  const own = join(folder, `attempt-${attempt}`);
  mkdirSync(own);
  current = new ControlPlane({ folder: own, installed, charts });
  try {
    return await current.start();
  } catch (error) {
    await current.stop();
    if (attempt < 4 && /address already in use/.test(String(error))) return start(attempt + 1);
    throw error;
  }
}

async function keep(): Promise<void> {
  const api = await start();
  console.log(`ready ${current?.kubeconfig ?? ""}`);
  while (!ending) {
    for (const operate of [makeSecrets, runServers]) {
      await operate(api).catch((error: unknown) => {
        if (!ending) console.error(String(error));
      });
    }
    await Promise.race([sleep(0.3), current?.broken]);
  }
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end(1));
process.stdin.on("end", () => void end(0)).resume();
// Nobody may be listening any more.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

keep().catch(async (error: unknown) => {
  if (ending) return;
  console.log(`failed ${JSON.stringify(String(error))}`);
  await end(1);
});
