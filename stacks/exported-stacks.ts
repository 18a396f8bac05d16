import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../constructs/environment";
import type { ExportedFiles, SynthesizedStack } from "../constructs/export/exported-stack";
import { partOf } from "../constructs/export/part-of";
import { MODEL_FILE } from "../constructs/model-json/model-json";
import { loadEnvironments } from "../constructs/model/load";
import { stackNames } from "../constructs/model/names";
import { refuse } from "../constructs/model/problem";
import { readStack } from "../constructs/plan/stack-blocks";
import { filesBelow } from "../constructs/terraform/swap/changes";
import { namedEnvironments } from "./program";
import type { ProgramStacks } from "./program-stacks";
import { synthesizeEnvironments } from "./synthesis";

/** What a synthesis says of its resources. */
interface Model {
  readonly resources?: Elements;
}

type Elements = Readonly<Record<string, Readonly<Record<string, { readonly of: string; readonly part: string }>>>>;

/** An environment's stacks in the order in which they are deployed, or a stack of the program that is no environment's. */
export interface ExportedEnvironment {
  readonly name: string;
  readonly stacks: readonly SynthesizedStack[];
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/**
 * The stacks of environments, and others of the program, as it writes them now, into a folder that goes. Warnings go to standard error.
 *
 * @param names environments to take, and stacks that are no environment's
 * @param program what the program writes where cdktf runs it. @default - what is made of its environments is all of it
 * @throws InvalidInput with every mistake at once
 */
export function exportedStacks(
  environments: readonly EnvironmentSpec[],
  names: readonly string[],
  program?: () => ProgramStacks,
): ExportedEnvironment[] {
  const known = environments.map(({ name }) => name);
  const asked = names.filter((name) => known.includes(name));
  // The input is checked before the program is run, which would say the same in its own way.
  const theirs = program === undefined ? undefined : once(program);
  const exported = asked.length === 0 ? [] : ofEnvironments(environments, asked, theirs);
  const others = theirs === undefined ? [] : othersOf(environments, theirs());
  namedEnvironments(
    [...known, ...others].map((name) => ({ name })),
    names,
  );
  const left = others.filter((name) => !names.includes(name));
  if (left.length > 0) {
    process.stderr.write(
      `warning: ${left.join(", ")}: written by the program and of no environment; name them too, and they are exported\n`,
    );
  }
  const wanted = others.filter((name) => names.includes(name));
  const own = theirs === undefined ? [] : wanted.map((name) => ({ name, stacks: [read(theirs().outdir, name)] }));
  return [...exported, ...own];
}

function ofEnvironments(
  environments: readonly EnvironmentSpec[],
  names: readonly string[],
  program: (() => ProgramStacks) | undefined,
): ExportedEnvironment[] {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-export-"));
  try {
    const synthesized = synthesizeEnvironments({
      environments,
      names,
      outdir,
      ...(program !== undefined && { program }),
    });
    const all = synthesized.flatMap(({ stacks }) => stacks.map(({ name }) => name));
    if (program !== undefined) refuseUnwritten(all, program());
    const { resources } = JSON.parse(readFileSync(join(outdir, MODEL_FILE), "utf8")) as Model;
    return synthesized.map(({ name, stacks }) => {
      const own = stacks.map((stack) => stack.name);
      return { name, stacks: own.map((stack) => read(outdir, stack, before(name, stack, own), resources)) };
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Refuses stacks that cdktf does not know: nobody knows a state of them. */
function refuseUnwritten(names: readonly string[], { by, stacks }: ProgramStacks): void {
  refuse(
    names
      .filter((name) => !(name in stacks))
      .map((name) => ({
        path: ["stacks", name],
        why: `${by} does not write it, so that nothing of it is deployed by cdktf`,
        fix: "have main.ts put it on the app by createStacks(), or take its environment out of the list",
      })),
  );
}

/** Stacks of the program that are of none of its environments. */
function othersOf(environments: readonly EnvironmentSpec[], { stacks }: ProgramStacks): string[] {
  const own = loadEnvironments(environments).flatMap(({ name, applications }) => [
    ...[stackNames.state(name), stackNames.cluster(name), stackNames.platform(name)],
    ...applications.map(({ stackName }) => stackName),
  ]);
  return Object.keys(stacks).filter((name) => !own.includes(name));
}

function read(outdir: string, name: string, after: readonly string[] = [], resources: Elements = {}): SynthesizedStack {
  const folder = join(outdir, "stacks", name);
  const known = Object.entries(resources[name] ?? {});
  return {
    ...{ name, after },
    written: readStack(readFileSync(join(folder, "cdk.tf.json"), "utf8")),
    elements: Object.fromEntries(known.map(([address, one]) => [address, partOf(one)])),
    beside: besideIn(folder),
  };
}

/** Stacks of an environment that are before one of them: an application's stands on no other application's. */
function before(environment: string, stack: string, all: readonly string[]): string[] {
  const shared = [stackNames.state(environment), stackNames.cluster(environment), stackNames.platform(environment)];
  const at = shared.indexOf(stack);
  return (at === -1 ? shared : shared.slice(0, at)).filter((one) => all.includes(one));
}

/** Assets of a stack, as they are. */
function besideIn(folder: string): ExportedFiles {
  if (!existsSync(join(folder, "assets"))) return {};
  return Object.fromEntries(
    filesBelow(join(folder, "assets")).map((file) => {
      const path = join(folder, "assets", file);
      const executable = (statSync(path).mode & 0o111) !== 0;
      return [join("assets", file).replaceAll("\\", "/"), { content: readFileSync(path), executable }];
    }),
  );
}
