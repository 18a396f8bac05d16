import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { PlatformEnvironment } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { stackNames } from "../../constructs/model/names";
import { oneOf } from "../../constructs/model/problem";
import { readStack } from "../../constructs/plan/stack-blocks";
import { hasStandIn, withStandIns } from "../../constructs/plan/stand-ins";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { read, told, write } from "../plans";

const FILE = "cdk.tf.json";

export const firstPlan: Command = {
  name: "first-plan",
  summary: "write a stack so that it can be planned before its cluster is there",
  description:
    "For the first deploy: what would be looked up or asked in a cluster that is not there is known after apply, and what\n" +
    "is taken for true is in the plan itself, where report tells it. The folder can be planned and not be applied.",
  words: {
    name: "stack",
    description: "a stack of the last synthesis, and then those before it that were never applied",
    least: 2,
    most: Infinity,
  },
  options: {
    folder: { description: "where it is written; first/<stack> beside the stacks if left out", value: "folder" },
    json: JSON_OPTION,
  },
  exits: { done: "the stack is written, and what its plan takes for true is printed", wrong: "nothing was written" },
  async run({ words: [name = "", ...missing], flags, values }, program) {
    const { outdir } = program;
    const stands = standsOn(loadEnvironments(await program.environments()));
    const before = stands.get(name);
    if (before === undefined) throw new Refused(`${name}: stands on no other stack; use ${oneOf([...stands.keys()])}`);
    const other = missing.find((one) => !before.includes(one));
    if (other !== undefined) throw new Refused(`${other}: ${name} does not stand on it; use ${oneOf(before)}`);
    const stackOf = (stack: string): ReturnType<typeof readStack> => {
      const file = join(outdir, "stacks", stack, FILE);
      if (!existsSync(file)) throw new Refused(`${file}: is not there; synthesize before`);
      return read(file, readStack);
    };
    const from = join(outdir, "stacks", name);
    const stack = stackOf(name);
    const others = Object.fromEntries([...new Set(missing)].map((one) => [one, stackOf(one)]));
    const written = told(join(from, FILE), () => withStandIns({ stack, missing: others }));
    const given = values.get("folder");
    if (given !== undefined) refuseOthers(given, from);
    const folder = given ?? join(outdir, "first", name);
    renew(folder, from);
    write(join(folder, FILE), toJson(written.stack));
    const shown = relative(process.cwd(), folder);
    if (flags.has("json")) process.stdout.write(toJson({ folder: shown, assumptions: written.assumptions }));
    else process.stdout.write(textOf(shown, written.assumptions));
    return EXIT.done;
  },
};

/** Stacks that stand on others, each with those, in the order in which they are applied. */
function standsOn(environments: readonly PlatformEnvironment[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    environments.flatMap(({ name, applications }): [string, string[]][] => {
      const [cluster, platform] = [stackNames.cluster(name), stackNames.platform(name)];
      return [[platform, [cluster]], ...applications.map(({ stackName }): [string, string[]] => [stackName, [cluster, platform]])];
    }),
  );
}

/**
 * Refuses a folder that this command has not written: all that is in it would be gone.
 *
 * @throws Refused where something else is in it, or where it is in the stack's own
 */
function refuseOthers(folder: string, from: string): void {
  if (!relative(from, folder).startsWith("..")) throw new Refused(`--folder: ${folder} is in the stack's own; name another`);
  if (!existsSync(folder) || isOurs(folder)) return;
  throw new Refused(`--folder: ${folder} has something else in it, which would be gone; name one that is empty or not there`);
}

function isOurs(folder: string): boolean {
  if (!statSync(folder).isDirectory()) return false;
  const file = join(folder, FILE);
  return existsSync(file) ? hasStandIn(read(file, readStack)) : readdirSync(folder).length === 0;
}

/** Makes the folder what the stack's is, but for what engines have left there: charts and other files beside it, and hashes of providers. */
function renew(folder: string, from: string): void {
  mkdirSync(folder, { recursive: true });
  for (const one of readdirSync(folder)) {
    if (one !== ".terraform") rmSync(join(folder, one), { recursive: true, force: true });
  }
  for (const one of readdirSync(from)) {
    if (one === ".terraform" || /\.tfstate(?:\.|$)/.test(one)) continue;
    cpSync(join(from, one), join(folder, one), { recursive: true });
  }
}

function textOf(folder: string, assumptions: readonly { readonly address: string; readonly says: string }[]): string {
  const lines = assumptions.map(({ address, says }) => `  ${address}: ${says}`);
  return [`${folder}: plan it there; it takes for true`, ...lines, ""].join("\n");
}
