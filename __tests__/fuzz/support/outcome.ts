import { App } from "cdktf";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { loadEnvironments } from "../../../constructs/model/load";
import { InvalidInput, type Problem } from "../../../constructs/model/problem";
import { withoutStackTraces } from "../../../constructs/terraform/without-stack-traces";
import { createStacks } from "../../../stacks";
import { build } from "./tree";

/** What a program says to an input. `crashed`: it threw something that is no list of problems. */
export type Outcome =
  | { readonly is: "accepted"; readonly app?: App }
  | { readonly is: "refused"; readonly problems: readonly Problem[]; readonly text: string }
  | { readonly is: "crashed"; readonly error: unknown; readonly text: string };

/** Loads the environments as a program would, the functions of its input included. */
export const load = (tree: unknown): Outcome => outcome(() => void loadEnvironments(build(tree) as EnvironmentSpec[]));

/** Loads them and makes every stack, in memory. */
export function make(tree: unknown): Outcome {
  let app: App | undefined;
  const said = outcome(() => {
    const loaded = loadEnvironments(build(tree) as EnvironmentSpec[]);
    withoutStackTraces(() => {
      app = new App({ outdir: join(tmpdir(), "goldenpath-fuzz-is-never-written"), stackTraces: false });
      createStacks(app, loaded);
    });
  });
  return said.is === "accepted" ? { is: "accepted", app } : said;
}

function outcome(run: () => void): Outcome {
  try {
    run();
    return { is: "accepted" };
  } catch (error) {
    if (error instanceof InvalidInput) return { is: "refused", problems: error.problems, text: error.message };
    return { is: "crashed", error, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
