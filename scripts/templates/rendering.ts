import type * as esbuild from "esbuild";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import type * as load from "../../constructs/model/load";
import type * as files from "../../constructs/outputs/target";
import type { OutputTarget } from "../../constructs/outputs/target";
import type * as rendering from "../../constructs/rendering/render-environment";
import type { SourceFile } from "./source";

/** What one bundle has: every program that is rendered, and what renders, of one and the same library. */
interface Bundled {
  readonly programs: readonly {
    readonly environments: () => readonly EnvironmentSpec[];
    readonly outputs: () => readonly OutputTarget[];
  }[];
  readonly filesOf: typeof files.filesOf;
  readonly renderEach: typeof files.renderEach;
  readonly loadEnvironments: typeof load.loadEnvironments;
  readonly renderEnvironments: typeof rendering.renderEnvironments;
}

/**
 * What `goldenpath render` writes in each of some programs, which import the package by its name: here it is the source of this repository.
 *
 * @param folder for the programs, which is made anew
 */
export async function rendered(
  root: string,
  folder: string,
  programs: readonly (readonly SourceFile[])[],
): Promise<readonly Readonly<Record<string, string>>[]> {
  rmSync(folder, { recursive: true, force: true });
  for (const [index, program] of programs.entries()) {
    for (const { path, text } of program) {
      const file = join(folder, String(index), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  const library = (path: string): string => `./${relative(folder, join(root, "constructs", path))}`;
  const entry = [
    `export { filesOf, renderEach } from "${library("outputs/target")}";`,
    `export { loadEnvironments } from "${library("model/load")}";`,
    `export { renderEnvironments } from "${library("rendering/render-environment")}";`,
    ...programs.flatMap((_, index) => [
      `import { environments as environments${index} } from "./${index}/environments";`,
      `import { outputs as outputs${index} } from "./${index}/environments/outputs";`,
    ]),
    `export const programs = [${programs.map((_, index) => `{ environments: () => environments${index}, outputs: () => outputs${index} }`).join(", ")}];`,
  ];
  const outfile = join(folder, "bundle.cjs");
  // Not imported: it cannot be bundled, as this program is.
  const { build } = createRequire(join(root, "package.json"))("esbuild") as typeof esbuild;
  await build({
    stdin: { contents: entry.join("\n"), resolveDir: folder, sourcefile: "entry.ts", loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    alias: aliases(root),
    logLevel: "error",
    tsconfigRaw: {},
  });
  const require = createRequire(join(folder, "entry.cjs"));
  // The folder may have had others before.
  Reflect.deleteProperty(require.cache, outfile);
  const bundled = require(outfile) as Bundled;
  return bundled.programs.map(({ environments, outputs }) => {
    const loaded = bundled.renderEnvironments(bundled.loadEnvironments(environments()));
    return bundled.filesOf(bundled.renderEach(loaded, outputs()));
  });
}

/** The paths of `exports` in package.json, as sources. */
function aliases(root: string): Record<string, string> {
  const { exports } = createRequire(join(root, "package.json"))("./package.json") as {
    exports: Record<string, { default: string } | string>;
  };
  return Object.fromEntries(
    Object.entries(exports).flatMap(([path, target]) =>
      typeof target === "string"
        ? []
        : [
            [
              path.replace(/^\./, "goldenpath"),
              join(root, target.default.replace(/^\.\/dist\//, "").replace(/\.js$/, ".ts")),
            ],
          ],
    ),
  );
}
