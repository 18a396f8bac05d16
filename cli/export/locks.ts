import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExportedFile, ExportedFiles, SynthesizedStack } from "../../constructs/export/exported-stack";
import { fieldsOf } from "../../constructs/plan/stack-blocks";

const LOCK = ".terraform.lock.hcl";

/**
 * Lock files of providers that an engine has left beside the stacks of the last synthesis, by their paths from the folder of an
 * environment: one that has another version of a provider than the stack, or not all of them, would stop `init`, and stays.
 */
export function locksOf(outdir: string, stacks: readonly SynthesizedStack[]): ExportedFiles {
  return Object.fromEntries(
    stacks.flatMap((stack): [string, ExportedFile][] => {
      const file = join(outdir, "stacks", stack.name, LOCK);
      if (!existsSync(file)) return [];
      const text = readFileSync(file, "utf8");
      return fits(text, stack) ? [[`${stack.name}/${LOCK}`, { content: text }]] : [];
    }),
  );
}

function fits(lock: string, { written }: SynthesizedStack): boolean {
  const blocks = [...lock.matchAll(/^provider "[^"/]+\/([^"]+)" \{([^}]*)/gm)];
  const locked = new Map(
    blocks.map(([, source = "", body = ""]) => [source, /^\s*version\s*=\s*"([^"]+)"/m.exec(body)?.[1]]),
  );
  return Object.values(fieldsOf(fieldsOf(written.terraform).required_providers)).every((one) => {
    const { source, version } = fieldsOf(one);
    const name = String(source);
    return locked.get(name.includes("/") ? name : `hashicorp/${name}`) === version;
  });
}
