import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Outcome {
  readonly ok: boolean;
  /** Standard output and error together, colours off. */
  readonly text: string;
}

/** OpenTofu where `.ci/install-engine` puts it. */
const PINNED = resolve(__dirname, "../../.cache/engine/bin/tofu");

/** OpenTofu or Terraform as found on the PATH, in this order; `undefined` if neither is there. */
export function findEngine(path: string): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  return ["tofu", "terraform"].flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** The pinned OpenTofu, else what the PATH has; `undefined` if neither is there. */
export const pinnedEngine = (path: string): string | undefined => (isExecutable(PINNED) ? PINNED : findEngine(path));

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function engine(binary: string, cwd: string, args: readonly string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(binary, [...args, "-no-color"], {
      cwd,
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
      maxBuffer: 64 * 2 ** 20,
    });
    return { ok: true, text: stdout + stderr };
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return { ok: false, text: `${stdout ?? ""}${stderr ?? ""}` || String(error) };
  }
}
