import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { InvalidInput } from "../../constructs/model/problem";

const NAME = "goldenpath";

/** How npm finds this package, as the package.json of a repository says it; nothing where it depends on none. */
export function specifierIn(root: string): string | undefined {
  const manifest = read(join(root, "package.json")) as Record<string, Record<string, unknown> | undefined> | undefined;
  const said = manifest?.["dependencies"]?.[NAME] ?? manifest?.["devDependencies"]?.[NAME];
  return typeof said === "string" ? said : undefined;
}

/**
 * Has a repository updated by the package that it renders and tests with: files of a later version can need what an earlier package has not.
 *
 * @throws InvalidInput where another one is installed, or none
 */
export function checkInstalled(root: string, version: string): void {
  const specifier = specifierIn(root);
  if (specifier === undefined) return;
  const installed = versionIn(root);
  if (installed === version) return;
  const why =
    installed === undefined ? `${NAME} is not installed` : `${NAME} ${installed} is installed, and this is ${version}`;
  const fix =
    installed === undefined
      ? "npm install"
      : `npm install ${NAME} of the version that is to be, and npx ${NAME} update`;
  throw new InvalidInput([{ path: ["package.json"], why, fix }]);
}

function versionIn(root: string): string | undefined {
  try {
    const file = createRequire(join(root, "package.json")).resolve(`${NAME}/package.json`);
    const { version } = read(file) as { version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

function read(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new InvalidInput([{ path: [file], why: "is no JSON", fix: "correct it" }]);
  }
}
