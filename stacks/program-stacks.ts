import { Manifest } from "cdktf";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../constructs/model/validate/usable";

/** The stacks that a program writes when cdktf runs it: those of its environments, what its `main.ts` puts into them, and others. */
export interface ProgramStacks {
  /** Folder that they were written to. */
  readonly outdir: string;
  /** What the manifest says of each, by its name. */
  readonly stacks: Readonly<Record<string, unknown>>;
  /** How cdktf runs it: `npx tsx main.ts`. */
  readonly by: string;
}

/** Stacks as the manifest of a folder lists them; `undefined` where there is no manifest that can be read. */
export function manifestStacks(outdir: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(outdir, Manifest.fileName), "utf8"));
    const stacks = isObject(manifest) ? manifest.stacks : undefined;
    return isObject(stacks) ? stacks : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Puts what the program writes in place of what is made of its environments alone, as that lacks what `main.ts` adds.
 *
 * @param folder a synthesis that is not seen yet
 * @param isWanted says of which of its stacks
 * @returns names of all stacks of the synthesis then
 */
export function takeOver(
  folder: string,
  { outdir, stacks }: ProgramStacks,
  isWanted: (name: string) => boolean,
): string[] {
  const file = join(folder, Manifest.fileName);
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { readonly stacks: Readonly<Record<string, unknown>> };
  const taken = Object.entries(stacks).filter(([name]) => isWanted(name));
  for (const [name] of taken) {
    const [from, to] = [outdir, folder].map((one) => join(one, Manifest.stacksFolder, name));
    if (from === undefined || to === undefined || !existsSync(from)) continue;
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  }
  const all = { ...manifest.stacks, ...Object.fromEntries(taken) };
  writeFileSync(file, JSON.stringify({ ...manifest, stacks: all }, undefined, 2));
  return Object.keys(all);
}
