import type { NewCloud } from "./clouds";

/** What this package's `package.json` says of the packages that a program has beside it. */
export interface PackageManifest {
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** Packages of every program, and the tools it is worked on with. */
const PACKAGES = ["@cdktf/provider-helm", "@cdktf/provider-kubernetes", "cdktf", "constructs"];
const TOOLS = ["@types/node", "cdktf-cli", "tsx", "typescript"];
/** What it is made of cannot be compiled by current releases of Node. */
const REPLACED = ["@cdktf/node-pty-prebuilt-multiarch"];

const picked = (from: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries([...names].sort().map((name) => [name, from[name] ?? "*"]));

/**
 * `package.json` of a new program: versions are those that this package asks for, and is tested with.
 *
 * @param specifier how npm finds this package: a version, or the path of a tarball
 */
export function manifestOf(name: string, cloud: NewCloud, own: PackageManifest, specifier?: string): string {
  const bindings = cloud.bindings.map((binding) => `@cdktf/provider-${binding}`);
  const manifest = {
    name,
    private: true,
    engines: own.engines,
    scripts: {
      typecheck: "tsc -p .",
      test: "node --import tsx --test test/environments.test.ts",
      synth: "goldenpath synth",
    },
    dependencies: {
      ...picked(own.peerDependencies, [...PACKAGES, ...bindings]),
      goldenpath: specifier ?? `^${own.version}`,
    },
    devDependencies: picked(own.devDependencies, TOOLS),
    overrides: picked(own.overrides, REPLACED),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
