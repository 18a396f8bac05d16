import { TerraformResource } from "cdktf";
import type { IConstruct, Node } from "constructs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { MODEL_FILE, modelJson, type ModelPart } from "../constructs/model-json/model-json";
import type { Sources } from "../constructs/model-json/origins";
import { loadEnvironments } from "../constructs/model/load";
import { type Problem, refuse, refuseTogether } from "../constructs/model/problem";
import type { Pin } from "../constructs/radar/pin";
import { radarReport } from "../constructs/radar/report";
import { radarWarnings } from "../constructs/radar/text";
import { checkAdditions } from "../constructs/rendering/check-additions";
import type { Day } from "../constructs/services/pinned-version";
import { capacityProblems } from "./capacity";
import { elementsByAddress } from "./elements";
import { createStacks } from "./index";
import { warnOfLostStacks } from "./lost-stacks";
import { pinsIn, writtenBy } from "./pins";
import { namedEnvironments, warn, warnOfLeftovers, warnOfOthers } from "./program";
import type { ProgramStacks } from "./program-stacks";
import { supportFacts } from "./radar";
import { synthesize } from "./synthesize";

export interface SynthesisProps {
  /** Every environment of the program: some mistakes show only between two of them. */
  readonly environments: readonly EnvironmentSpec[];
  /** Those to synthesize; the stacks of all others are left as they are. None: all of them. */
  readonly names: readonly string[];
  /** Folder that the stacks are written to. */
  readonly outdir: string;
  /** The program's files, from which `model.json` tells where values were written. @default - it does not tell */
  readonly sources?: Sources;
  /** Day it is: what is near its end of support, or past it, is warned of. @default - nobody looks */
  readonly today?: Day;
  /** Is told what is done next. @default - nobody is */
  readonly step?: (what: string) => void;
  /** What the program writes where cdktf runs it, asked for once the input is known to be good. @default - what is made here */
  readonly program?: () => ProgramStacks | undefined;
  /** Whether nobody is warned of anything. @default false */
  readonly silent?: boolean;
}

/** The stacks of an environment, by name, in the order in which they are deployed. */
export interface SynthesizedEnvironment {
  readonly name: string;
  readonly stacks: readonly SynthesizedStack[];
}

export interface SynthesizedStack {
  readonly name: string;
  /** Number of its resources. */
  readonly resources: number;
}

/** Number of Terraform resources below a node. */
export const resourcesIn = (node: Node): number =>
  node.findAll().filter((one) => TerraformResource.isTerraformResource(one)).length;

/**
 * Checks the environments and writes their stacks and the resolved model, all or none. Warnings go to standard error.
 *
 * @throws InvalidInput with every mistake at once
 */
export function synthesizeEnvironments({
  environments,
  names,
  outdir,
  sources,
  today,
  step,
  silent = false,
  program,
}: SynthesisProps): SynthesizedEnvironment[] {
  const only = namedEnvironments(environments, names);
  step?.("checking the input");
  const selected = loadEnvironments(environments, { only, passedOver: warnOfOthers });
  checkAdditions(selected);
  if (!silent) warn(selected);
  const problems: Problem[] = [];
  const stacks = new Map<string, readonly SynthesizedStack[]>();
  const made: IConstruct[] = [];
  // Nothing is written before the whole input is known to be good, and nothing is seen before all of it is written.
  const files = (): Readonly<Record<string, string>> => {
    step?.("writing the model");
    const written = writtenBy(made);
    const parts = selected.flatMap((environment): ModelPart[] => {
      const input = environments.find(({ name }) => name === environment.name);
      if (input === undefined) return [];
      const resources = elementsByAddress(environment, written);
      return [{ input, environment, stacks: (stacks.get(environment.name) ?? []).map(({ name }) => name), resources }];
    });
    return { [MODEL_FILE]: modelJson(parts, sources) };
  };
  let theirs: ProgramStacks | undefined;
  const output = { outdir, partial: names.length > 0, files, program: () => theirs };
  const leftovers = synthesize(output, (app) => {
    refuseTogether(selected, (environment) => {
      step?.(`making the stacks of ${environment.name}`);
      const before = app.node.children.length;
      createStacks(app, [environment]);
      const own = app.node.children.slice(before);
      problems.push(...capacityProblems(environment, own));
      stacks.set(
        environment.name,
        own.map(({ node }) => ({ name: node.id, resources: resourcesIn(node) })),
      );
      made.push(...own);
    });
    refuse(problems);
    if (program !== undefined) step?.("running the program");
    theirs = program?.();
    const all = [...app.node.children.map(({ node }) => node.id), ...Object.keys(theirs?.stacks ?? {})];
    if (!output.partial) warnOfLostStacks(outdir, all);
    step?.("writing the stacks");
  });
  warnOfLeftovers(leftovers);
  if (today !== undefined) warnOfEnds(pinsIn(outdir, writtenBy(made)), selected, today);
  return [...stacks].map(([name, ids]) => ({ name, stacks: ids }));
}

/**
 * Does all that a synthesis of these environments does, into a folder that goes.
 *
 * @throws InvalidInput with everything for which one would be refused
 */
export function checkSynthesis(environments: readonly EnvironmentSpec[]): void {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-checked-"));
  try {
    synthesizeEnvironments({ environments, names: [], outdir, silent: true });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Printed and never written: two syntheses on two days are the same bytes. */
function warnOfEnds(pins: readonly Pin[], environments: readonly PlatformEnvironment[], today: Day): void {
  for (const warning of radarWarnings(radarReport(pins, supportFacts(environments), today))) {
    process.stderr.write(`warning: ${warning}\n`);
  }
}
