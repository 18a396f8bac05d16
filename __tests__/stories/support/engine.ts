import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pinnedEngine } from "../../../scripts/engine/engine";
import { StandInRun } from "../../../scripts/engine/stand-in-run";

/** OpenTofu as `.ci/install-engine` installs it; else what the PATH has. A story needs one of them. */
export function storyEngine(): string {
  const found = pinnedEngine(process.env.PATH ?? "");
  if (found === undefined) throw new Error("no tofu and no terraform: run `bash .ci/install-engine`");
  return found;
}

/** One story's stack of stand-ins and its state, in a folder that goes with the test. */
export function story(): StandInRun {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-story-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const kubeconfig = join(folder, "kubeconfig.json");
  writeFileSync(kubeconfig, JSON.stringify(KUBECONFIG));
  return new StandInRun(storyEngine(), join(folder, "stack"), { kubeconfig });
}

/** Of a cluster on this machine, which nobody asks for anything. */
const KUBECONFIG = {
  clusters: [{ name: "local", cluster: { server: "https://127.0.0.1:6443" } }],
  contexts: [{ name: "local", context: { cluster: "local" } }],
  "current-context": "local",
};
