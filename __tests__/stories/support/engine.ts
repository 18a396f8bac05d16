import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findEngine } from "../../../scripts/engine/engine";
import { StandInRun } from "../../../scripts/engine/stand-in-run";

const PINNED = resolve(__dirname, "../../../.cache/engine/bin/tofu");

/** OpenTofu as `.ci/install-engine` installs it; else what the PATH has. A story needs one of them. */
export function storyEngine(): string {
  const found = isThere(PINNED) ? PINNED : findEngine(process.env.PATH ?? "");
  if (found === undefined) throw new Error("no tofu and no terraform: run `bash .ci/install-engine`");
  return found;
}

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
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
