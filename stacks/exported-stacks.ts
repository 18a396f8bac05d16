import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../constructs/environment";
import type { SynthesizedStack } from "../constructs/export/exported-stack";
import { partOf } from "../constructs/export/part-of";
import { MODEL_FILE } from "../constructs/model-json/model-json";
import { stackNames } from "../constructs/model/names";
import { readStack } from "../constructs/plan/stack-blocks";
import { filesBelow } from "../constructs/terraform/swap/changes";
import { synthesizeEnvironments } from "./synthesis";

/** What a synthesis says of its resources. */
interface Model {
  readonly resources?: Readonly<
    Record<string, Readonly<Record<string, { readonly of: string; readonly part: string }>>>
  >;
}

/** An environment's stacks in the order in which they are deployed. */
export interface ExportedEnvironment {
  readonly name: string;
  readonly stacks: readonly SynthesizedStack[];
}

/**
 * The stacks of environments as a synthesis writes them now, into a folder that goes. Warnings go to standard error.
 *
 * @param names environments to take
 * @throws InvalidInput with every mistake at once
 */
export function exportedStacks(
  environments: readonly EnvironmentSpec[],
  names: readonly string[],
): ExportedEnvironment[] {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-export-"));
  try {
    const synthesized = synthesizeEnvironments({ environments, names, outdir });
    const { resources = {} } = JSON.parse(readFileSync(join(outdir, MODEL_FILE), "utf8")) as Model;
    return synthesized.map(({ name, stacks }) => ({
      name,
      stacks: stacks.map((stack): SynthesizedStack => {
        const folder = join(outdir, "stacks", stack.name);
        const known = Object.entries(resources[stack.name] ?? {});
        return {
          name: stack.name,
          after: before(
            name,
            stack.name,
            stacks.map((one) => one.name),
          ),
          written: readStack(readFileSync(join(folder, "cdk.tf.json"), "utf8")),
          elements: Object.fromEntries(known.map(([address, one]) => [address, partOf(one)])),
          beside: besideIn(folder),
        };
      }),
    }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Stacks of an environment that are before one of them: an application's stands on no other application's. */
function before(environment: string, stack: string, all: readonly string[]): string[] {
  const shared = [stackNames.state(environment), stackNames.cluster(environment), stackNames.platform(environment)];
  const at = shared.indexOf(stack);
  return (at === -1 ? shared : shared.slice(0, at)).filter((one) => all.includes(one));
}

/** Assets of a stack. They are texts here, as charts are. */
function besideIn(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(join(folder, "assets"))) return {};
  return Object.fromEntries(
    filesBelow(join(folder, "assets")).map((file) => {
      const content = readFileSync(join(folder, "assets", file));
      const text = content.toString();
      if (!Buffer.from(text).equals(content)) throw new Error(`${join("assets", file)}: is no text`);
      return [join("assets", file).replaceAll("\\", "/"), text];
    }),
  );
}
