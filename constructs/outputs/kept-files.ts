import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Staging } from "../terraform/swap/staging";

/** Texts by their paths from the root. */
export type Files = Readonly<Record<string, string>>;

/** Something that is rendered from the model and kept in the repository. */
export interface KeptOutput {
  readonly files: () => Files;
  /** A folder with nothing in it but what is rendered: anything else there is stale. @default - none */
  readonly folder?: string;
}

/** A file that is not as it should be. `text` is what it should be; without one it should not be there. */
export interface Change {
  readonly file: string;
  readonly text?: string;
}

/** What rendering would change below a root, by paths. */
export function changes(root: string, outputs: readonly KeptOutput[]): Change[] {
  const wanted = new Map<string, string>();
  for (const [file, text] of outputs.flatMap(({ files }) => Object.entries(files()))) {
    if (wanted.has(file)) throw new Error(`${file}: rendered twice`);
    wanted.set(file, text);
  }
  const stale = outputs
    .flatMap(({ folder }) => (folder === undefined ? [] : filesBelow(root, folder)))
    .filter((file) => !wanted.has(file))
    .map((file) => ({ file }));
  const outdated = [...wanted]
    .filter(([file, text]) => contents(join(root, file)) !== text)
    .map(([file, text]) => ({ file, text }));
  return [...outdated, ...stale].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/**
 * Makes all changes, or none: files are written beside the root's own and renamed when all of them are there.
 *
 * @throws InvalidInput where something is in the way of one
 */
export function apply(root: string, changes: readonly Change[]): void {
  const staging = new Staging(root, join(root, ".rendered."));
  try {
    const written = changes.flatMap(({ file, text }) => (text === undefined ? [] : [{ file, text }]));
    for (const { file, text } of written) {
      const path = join(staging.files, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const removed = changes.flatMap(({ file, text }) => (text === undefined ? [file] : []));
    staging.commit(() => ({ written: written.map(({ file }) => file), removed }));
  } finally {
    staging.discard();
  }
}

/** One line for people. */
export const describe = ({ file, text }: Change): string =>
  text === undefined ? `${file}: nothing renders it` : `${file}: not what the model renders`;

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => !statSync(join(root, file)).isDirectory());
}

const contents = (path: string): string | undefined => (isFile(path) ? readFileSync(path, "utf8") : undefined);

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
