import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ON_A_DAY } from "../../support/on-a-day";
import type { Ran } from "./repository";

/** What became of a step. */
export interface Followed extends Ran {
  /** Folder in which the next step begins. */
  readonly folder: string;
  readonly took: number;
}

/** A person who commits. */
const DEVELOPER = { NAME: "Maja Lindqvist", EMAIL: "maja.lindqvist@example.com" } as const;

/** Puts patches into the repository of a folder, and runs commands in that folder, as a person at a shell does: the first that fails ends it. */
export function follow(cwd: string, edits: readonly string[], commands: string): Followed {
  const own = mkdtempSync(join(tmpdir(), "goldenpath-step-"));
  try {
    writeFileSync(join(own, "patch"), edits.join(""));
    const patch = edits.length > 0 ? `git apply ${join(own, "patch")}\n` : "";
    const began = process.hrtime.bigint();
    const script = `set -euo pipefail\n${patch}${commands}pwd >${join(own, "folder")}\n`;
    // On one stream, so that what is said first comes first.
    const { status, stdout, error } = spawnSync("bash", ["-c", `exec 2>&1\n${script}`], {
      cwd,
      encoding: "utf8",
      env: environment(),
      maxBuffer: 2 ** 26,
    });
    const took = Number(process.hrtime.bigint() - began) / 1e9;
    const folder = status === 0 ? readFileSync(join(own, "folder"), "utf8").trim() : cwd;
    return { status, output: `${stdout}${error === undefined ? "" : error.message}`, folder, took };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** With nothing of this process's environment but what programs need, and no setting of git but who commits. */
function environment(): Record<string, string> {
  const { PATH = "", HOME = "", npm_config_cache: cache, npm_config_registry: registry } = process.env;
  return {
    ...ON_A_DAY,
    HOME,
    PATH: `${dirname(process.execPath)}:${PATH}`,
    LANG: "C.UTF-8",
    // Of what the set-up of this suite has just fetched, nothing is asked again.
    npm_config_prefer_offline: "true",
    NO_UPDATE_NOTIFIER: "1",
    CHECKPOINT_DISABLE: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    ...Object.fromEntries(
      ["AUTHOR", "COMMITTER"].flatMap((role) =>
        Object.entries(DEVELOPER).map(([part, value]) => [`GIT_${role}_${part}`, value]),
      ),
    ),
    ...(cache !== undefined && { npm_config_cache: cache }),
    ...(registry !== undefined && { npm_config_registry: registry }),
  };
}
