import type { IConstruct } from "constructs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformEnvironment } from "../constructs/environment";
import { elementPath } from "../constructs/model/element";
import { stackNames } from "../constructs/model/names";
import { terraformAddresses } from "../constructs/rendering/terraform-addresses";
import type { WrittenStack } from "../constructs/teardown/stack";
import { createStacks } from "./index";
import { writtenBy } from "./pins";
import { synthesize } from "./synthesize";

/** The stacks of an environment as they are synthesized now, and what of the model each part of them is of. */
export function writtenStacks(environment: PlatformEnvironment): WrittenStack[] {
  const written = synthesized(environment);
  const elements: Record<string, Record<string, string>> = {};
  for (const { stack, address, element } of terraformAddresses(environment, written)) {
    (elements[stack] ??= {})[address] = elementPath(element);
  }
  return Object.entries(written).map(([stack, json]) => ({
    ...{ name: stack, written: json, elements: elements[stack] ?? {} },
    ...partOf(environment, stack),
  }));
}

function partOf(
  { name, applications }: PlatformEnvironment,
  stack: string,
): Pick<WrittenStack, "application" | "part"> {
  if (stack === stackNames.state(name)) return { part: "state" };
  if (stack === stackNames.cluster(name)) return { part: "cluster" };
  if (stack === stackNames.platform(name)) return { part: "platform" };
  const application = applications.find(({ stackName }) => stackName === stack)?.name;
  return { part: "application", ...(application !== undefined && { application }) };
}

/** The environment's stacks, as a synthesis writes them: into a folder that goes. */
function synthesized(environment: PlatformEnvironment): Readonly<Record<string, unknown>> {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-written-"));
  try {
    const made: IConstruct[] = [];
    synthesize({ outdir }, (app) => {
      createStacks(app, [environment]);
      made.push(...app.node.children);
    });
    return writtenBy(made);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
