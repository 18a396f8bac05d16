import { basename } from "node:path";
import type { Problem } from "../../constructs/model/problem";

const SECTIONS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const;

type Manifest = Readonly<Partial<Record<(typeof SECTIONS)[number], Readonly<Record<string, string>>>>>;

/**
 * What is wrong with a name that is a package which what is made depends on: npm installs no package as a dependency of one of its name.
 *
 * @param files what is made; each `package.json` among them counts
 */
export function itselfProblems(
  name: string,
  files: readonly { readonly path: string; readonly text: string }[],
): Problem[] {
  const wanted = files
    .filter(({ path }) => basename(path) === "package.json")
    .flatMap(({ text }) => {
      const manifest = JSON.parse(text) as Manifest;
      return SECTIONS.flatMap((section) => Object.keys(manifest[section] ?? {}));
    });
  if (!wanted.includes(name)) return [];
  const why = "it depends on the package of this name, and npm installs none beside itself";
  return [{ path: ["arguments"], got: name, why, fix: `use another name, such as "${name}-service"` }];
}
