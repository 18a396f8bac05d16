import { refuse } from "../model/problem";
import { sha256 } from "../model/sha256";
import type { ExportedFile, ExportedFiles, SynthesizedStack } from "./exported-stack";
import { outside } from "./outside";
import { environmentReadme, RECORD, stackReadme } from "./readme";
import { stackFiles } from "./stack-files";

/** What a folder says of itself: which of its files are as they were written, by their digests. */
export interface ExportRecord {
  readonly environment: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What engines keep there: a state has secrets, and plans do. */
const IGNORED = ".terraform/\n*.tfstate\n*.tfstate.*\n*.tfplan\n";

/**
 * Every file of an environment's folder, by its path from there, and what says which they are.
 *
 * @param stacks in the order in which they are deployed
 * @throws InvalidInput where a stack names a file that is not in its folder
 */
export function environmentFiles(name: string, stacks: readonly SynthesizedStack[]): ExportedFiles {
  refuse(stacks.flatMap(outside));
  const files: Record<string, ExportedFile> = {
    ".gitignore": { content: IGNORED },
    "README.md": { content: environmentReadme(name, stacks) },
  };
  for (const stack of stacks) {
    const own = stackFiles(stack);
    const texts = Object.entries({ "README.md": stackReadme(stack, own), ...own });
    const all = [...texts.map(([file, content]) => [file, { content }] as const), ...Object.entries(stack.beside)];
    for (const [file, one] of all) files[`${stack.name}/${file}`] = one;
  }
  const digests = Object.keys(files).sort();
  const record: ExportRecord = {
    environment: name,
    files: Object.fromEntries(digests.map((file) => [file, sha256(files[file]?.content ?? "")])),
  };
  return { ...files, [RECORD]: { content: `${JSON.stringify(record, undefined, 2)}\n` } };
}
