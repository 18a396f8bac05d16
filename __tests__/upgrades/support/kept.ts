import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { type Model, modelOf } from "../../../constructs/report/models";
import { synthesizeEnvironments } from "../../../stacks/synthesis";
import { environments as of1 } from "../kept/0.1.0/input";
import { environments as of2 } from "../kept/0.2.0/input";
import { environments as of3 } from "../kept/0.3.0/input";
import { environments as of4 } from "../kept/0.4.0/input";

/*
 * What versions of this program were given and wrote: their environments as they stood then, but for where they import from, and the
 * stacks that the version itself made of them.
 */

export interface Kept {
  readonly version: string;
  /** The version as it stood. */
  readonly commit: string;
  readonly environments: readonly EnvironmentSpec[];
}

/** Versions that are kept, oldest first. */
export const KEPT: readonly Kept[] = [
  { version: "0.1.0", commit: "80b494fb", environments: of1 },
  { version: "0.2.0", commit: "0e1318c5", environments: of2 },
  { version: "0.3.0", commit: "73bb7de0", environments: of3 },
  { version: "0.4.0", commit: "12d637c5", environments: of4 },
];

/** The environments whose stacks are kept: one of AWS, which is also the protected one, and one each of the others. */
const WRITTEN = ["local", "gke-staging", "aks-staging", "production"];

export const keptEnvironments = ({ environments }: Kept): readonly EnvironmentSpec[] =>
  environments.filter(({ name }) => WRITTEN.includes(name));

/** Stacks by their names, as text. */
export type Stacks = Readonly<Record<string, string>>;

const FOLDER = join(__dirname, "..", "kept");

/** The stacks that the version wrote. */
export function keptStacks({ version }: Kept): Stacks {
  const text = gunzipSync(readFileSync(join(FOLDER, version, "stacks.json.gz"))).toString("utf8");
  const stacks = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, JSON.stringify(stack)]));
}

/** What the program as it is now writes of the same environments. */
export function stacksOfNow(kept: Kept): { readonly stacks: Stacks; readonly model: Model } {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-upgrade-"));
  try {
    synthesizeEnvironments({ environments: keptEnvironments(kept), names: [], outdir });
    const folder = join(outdir, "stacks");
    return {
      stacks: Object.fromEntries(
        readdirSync(folder).map((name) => [name, readFileSync(join(folder, name, "cdk.tf.json"), "utf8")]),
      ),
      model: modelOf(JSON.parse(readFileSync(join(outdir, "model.json"), "utf8")) as object),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
