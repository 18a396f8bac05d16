import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import type { ArchivedFile, FileClass, FilePart, TemplateOption } from "../../constructs/templates/archive";
import type { Choices } from "../../constructs/templates/combinations";

/** A file of a template with stand-ins for what others are called: it can be read, checked and run as it is. */
export type SourceFile = Omit<ArchivedFile, "when">;

/** A template as it stands in this repository. */
export interface TemplateSource {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** What Backstage calls that which it makes. @default "service" */
  readonly makes?: string;
  readonly options: Readonly<Record<string, TemplateOption>>;
  /** Files that the version before had under another path, by that path. @default - none */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Files that people and the template write, for some choices. */
  files(choices: Choices): readonly SourceFile[];
}

/** Folder or file of this repository, and where it is in the new one. @default "." */
export interface Layer {
  readonly from: string;
  readonly to?: string;
}

/** Whose a file is, by its path; what is none of these is merged. What is rendered is not here: it is `owned`. */
const SEEDED =
  /^README\.md$|^catalog-info\.yaml$|^app\.json$|^src\/(?:app|items|items-screen|settings)\.|^test\/items|^environments\/(?!outputs)|^services\/my-app\/(?:migrations|public|screens|src\/(?:routes|items|page|handle|orders)\.|src\/(?:Items|Routes)\.|tests?\/(?:routes|page|handle|Items|Routes))/;

const PARTS: readonly (readonly [RegExp, FilePart])[] = [
  [/^services\//, "code"],
  [/^docker\//, "shared"],
  [/^environments\/teams\//, "shared"],
  [/^environments\/my-app\.ts$/, "model"],
];

export const classOf = (path: string): FileClass => (SEEDED.test(path) ? "seeded" : "merged");

export const partOf = (path: string): FilePart => PARTS.find(([form]) => form.test(path))?.[1] ?? "program";

/** A file that this repository makes of others. */
export const sourceFile = (path: string, text: string, executable = false): SourceFile => ({
  path,
  class: classOf(path),
  part: partOf(path),
  ...(executable && { executable }),
  text,
});

/** Files of layers: what is in a later one takes the place of what is in one before. */
export function layered(root: string, layers: readonly Layer[]): readonly SourceFile[] {
  const files = new Map<string, SourceFile>();
  for (const { from, to = "." } of layers) {
    for (const file of filesOf(join(root, from))) {
      const path = posix.join(to, file).replace(/\/$/, "");
      const executable = (statSync(join(root, from, file)).mode & 0o100) !== 0;
      files.set(path, sourceFile(path, readFileSync(join(root, from, file), "utf8"), executable));
    }
  }
  return [...files.values()];
}

/** Lists paths; of a file it is the empty one. What tools leave in a folder is none of it. */
function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [""];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !["node_modules", "vendor", ".phpunit.cache", "build"].includes(name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesOf(join(path, entry.name)).map((file) => posix.join(entry.name, file)) : [entry.name],
    );
}
