import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(__dirname, "..", "..", "..");
const INSTALLED = join(ROOT, ".cache", "control-plane");

declare global {
  // Jest hands nothing from its set-up to its tear-down but this.
  var keeper: { readonly process: ChildProcess; readonly folder: string } | undefined;
}

/** Once, before any test: one control plane for all of them. */
export default async function setUp(): Promise<void> {
  if (!existsSync(join(INSTALLED, "bin", "kube-apiserver"))) {
    const script = join(".ci", "install-control-plane");
    throw new Error(`npm run test:cluster cannot run here: there is no control plane. Run ${script}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-cluster-"));
  const program = ["scripts/run.mjs", "__tests__/cluster/support/keeper.ts"];
  // A session of its own: what a terminal sends to the tests is not for it.
  const options = { cwd: ROOT, detached: true };
  const charts = join(ROOT, "constructs", "addons", "charts");
  const keeper = spawn(process.execPath, [...program, folder, INSTALLED, charts], {
    ...options,
    stdio: ["pipe", "pipe", "inherit"],
  });
  globalThis.keeper = { process: keeper, folder };
  process.env["TEST_CLUSTER_KUBECONFIG"] = await new Promise<string>((resolve, reject) => {
    keeper.once("error", reject);
    keeper.once("exit", () => {
      reject(new Error("the control plane ended before it had started"));
    });
    // Before it was ready that is why there are no tests; later the reason why they fail.
    const failed = (why: string): void => {
      reject(new Error(why));
      console.error(why);
    };
    createInterface({ input: keeper.stdout }).on("line", (line) => {
      const [, what, text = ""] = /^(ready|failed) (.*)$/.exec(line) ?? [];
      if (what === "ready") resolve(text);
      else if (what === "failed") failed(JSON.parse(text) as string);
      else console.error(line);
    });
  });
}
