import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { NotAPlan } from "../constructs/plan/not-a-plan";
import type { Plan } from "../constructs/plan/plan";
import { readPlan } from "../constructs/plan/read-plan";
import { Refused } from "./command";

/* Files that commands about plans are given. What is wrong with one is a line with its path, and never what stands in it. */

/** Words of a command that takes plans. */
export const PLANS = {
  name: "plan",
  description: "JSON of a plan, in a file called as its stack is: staging-platform.json",
  least: 1,
  most: Infinity,
};

/**
 * Reads plans, by the names of their stacks.
 *
 * @throws Refused for a file that is none, and for two of one stack
 */
export function readPlans(files: readonly string[]): Readonly<Record<string, Plan>> {
  const stacks = new Map<string, Plan>();
  for (const file of files) {
    const [stack = ""] = basename(file).split(".");
    if (stacks.has(stack)) {
      throw new Refused(`${file}: is the second plan of stack ${JSON.stringify(stack)}; give each once`);
    }
    stacks.set(stack, read(file, readPlan));
  }
  return Object.fromEntries(stacks);
}

/** Files of a folder and of those in it, by how their names end, in their order. */
export function filesIn(folder: string, end: string): readonly string[] {
  try {
    const all = readdirSync(folder, { recursive: true, withFileTypes: true });
    return all
      .filter((one) => one.isFile() && one.name.endsWith(end))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  } catch (error) {
    throw new Refused(`${folder}: cannot be read, ${codeOf(error)}; name a folder`);
  }
}

/** What a reader makes of a file. */
export function read<T>(file: string, reader: (text: string) => T): T {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Refused(`${file}: cannot be read, ${codeOf(error)}; name a file`);
  }
  return told(file, () => reader(text));
}

/** What is made of a file; what is wrong with it is said in one line. */
export function told<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotAPlan) throw new Refused(`${file}: ${error.message}`);
    if (error instanceof RangeError) throw new Refused(`${file}: is nested too deeply; give a plan of an engine`);
    throw error;
  }
}

export function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Refused(`${file}: cannot be written, ${codeOf(error)}; name a file in a folder that is there`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "for no known reason";
}

/** Reads a `model.json`: an object of any form, of which what is asked for may be absent. */
export function readModel(file: string): object {
  return read(file, (text) => {
    try {
      const model: unknown = JSON.parse(text);
      return typeof model === "object" && model !== null ? model : {};
    } catch {
      throw new NotAPlan("is no JSON; give the model.json of a synthesis");
    }
  });
}

/** The `model.json` of the last synthesis, here or in a folder above. */
export function lastModel(outdir: string): string | undefined {
  return above(process.cwd(), join(outdir, "model.json"));
}

function above(folder: string, file: string): string | undefined {
  const here = resolve(folder, file);
  if (existsSync(here)) return here;
  return dirname(folder) === folder ? undefined : above(dirname(folder), file);
}
