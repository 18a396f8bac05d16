import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MODEL_FILE } from "../constructs/model-json/model-json";
import { isObject } from "../constructs/model/validate/usable";
import { manifestStacks } from "./program-stacks";

/**
 * Says which stacks the last synthesis into the same folder had and this one has not: whatever was deployed by them stays, and
 * no plan will ever name it. Nothing is said where only some environments were asked for.
 *
 * @param stacks names of those that there are now
 */
export function warnOfLostStacks(outdir: string, stacks: readonly string[]): void {
  const ours = modelStacks(outdir);
  for (const stack of Object.keys(manifestStacks(outdir) ?? {}).filter((name) => !stacks.includes(name))) {
    const says = ours.includes(stack)
      ? "An environment or an application of another name has another state, and begins empty. Put the name back; or, from the " +
        `last commit that has it, take it down: cdktf destroy ${stack}`
      : "No environment is known to have had it, so it may be somebody else's: look at what writes it before you take anything down";
    process.stderr.write(
      `warning: stack "${stack}" is gone: what it deployed stays as it is, and so does its state. ${says}\n`,
    );
  }
}

/** Stacks that environments had, as the model of the last synthesis lists them; none where there is none that can be read. */
function modelStacks(outdir: string): string[] {
  try {
    const model: unknown = JSON.parse(readFileSync(join(outdir, MODEL_FILE), "utf8"));
    const environments = isObject(model) && isObject(model.environments) ? Object.values(model.environments) : [];
    return environments.flatMap((one) => (isObject(one) && Array.isArray(one.stacks) ? (one.stacks as string[]) : []));
  } catch {
    return [];
  }
}
