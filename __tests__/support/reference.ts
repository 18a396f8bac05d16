import { App } from "cdktf";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import { nameOfAllRevisions } from "../../constructs/kubernetes/revision";
import { loadEnvironments } from "../../constructs/model/load";
import { withoutStackTraces } from "../../constructs/terraform/without-stack-traces";
import { environments } from "../../environments";
import { createStacks } from "../../stacks";

/** A block of synthesized JSON. */
export type Block = Record<string, unknown>;

export interface StackJson {
  readonly terraform: Block;
  readonly provider: Readonly<Record<string, readonly Block[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly variable?: Readonly<Record<string, Block>>;
  /** Open while Terraform runs, in no plan and no state. */
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

export interface Synthesis {
  /** Every file below the output folder, by its path there. */
  readonly files: Readonly<Record<string, string>>;
  readonly stacks: Readonly<Record<string, StackJson>>;
}

let reference: Synthesis | undefined;

/** Returns the shipped environments, as `npm run synth` writes them. Made once for all tests of a process, and frozen. */
export function synthesizeReference(): Synthesis {
  reference ??= deepFreeze(synthesizeEnvironments(environments));
  return reference;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

export function synthesizeEnvironments(specs: readonly EnvironmentSpec[]): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    withoutStackTraces(() => {
      createStacks(app, loadEnvironments(specs));
      app.synth();
    });
    const files = Object.fromEntries(
      readdirSync(outdir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [file.slice(outdir.length + 1), readFileSync(file, "utf8")]),
    );
    const stacks = Object.fromEntries(
      Object.entries(files).flatMap(([file, text]) => {
        const stack = /^stacks\/([^/]+)\/cdk\.tf\.json$/.exec(file)?.[1];
        return stack === undefined ? [] : [[stack, JSON.parse(text) as StackJson]];
      }),
    );
    return { files, stacks };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export function stack(synthesis: Synthesis, name: string): StackJson {
  const found = synthesis.stacks[name];
  if (found === undefined) throw new Error(`no stack ${name} among ${Object.keys(synthesis.stacks).join(", ")}`);
  return found;
}

/** The resource of a type whose `metadata.name` this is, in any revision; a manifest's is in its `manifest`. */
export function named(json: StackJson, type: string, name: string): Block {
  const found = Object.values(json.resource[type] ?? {}).filter((block) => namesOf(block).includes(name));
  const only = found[0];
  if (found.length !== 1 || only === undefined) throw new Error(`${found.length} of ${type} named ${name}`);
  return only;
}

function namesOf(block: Block): string[] {
  const { metadata } = (block.manifest ?? block) as { metadata?: Parameters<typeof nameOfAllRevisions>[0] };
  return metadata === undefined ? [] : [metadata.name, nameOfAllRevisions(metadata)];
}

/** Number of resources by type, types in alphabetical order. */
export function countTypes(json: StackJson): Record<string, number> {
  return Object.fromEntries(
    Object.entries(json.resource)
      .map(([type, blocks]): [string, number] => [type, Object.keys(blocks).length])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
