import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Home, PEERS } from "./support/home";
import { readManifest, ROOT } from "./support/packed";

/*
 * Each folder of `examples/` is a program of its own. It is copied out of this repository and gets the packed package and what
 * its package.json names: it is type-checked, and writes the stacks that its README says.
 */

const EXAMPLES = join(ROOT, "examples");
const names = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Manifest {
  /** Files of the program `goldenpath`. */
  readonly goldenpath?: { readonly environments?: string; readonly comparisons?: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Stacks {
  readonly stacks: Readonly<Record<string, object>>;
}

const own = readManifest(ROOT) as ReturnType<typeof readManifest> & Manifest & { readonly version: string };

/** A plan that changes nothing of the first stack. */
const NO_CHANGES = { format_version: "1.2", terraform_version: "1.12.0", complete: true, errored: false };

/** Runs the commands that read a whole program: where it stands is no obstacle to any of them. */
function survives(home: Home, environment: string): void {
  const goldenpath = (...words: readonly string[]): string => home.must("goldenpath", ...words);
  expect(goldenpath("portability", environment)).toContain(environment);
  goldenpath("parity");
  goldenpath("render");
  goldenpath("render", "--check");
  expect(home.read("catalog-info.yaml")).toContain("kind: Component");
  expect(home.read("chart/Chart.yaml")).toContain("name: shop");
  home.write({ "plan.json": JSON.stringify({ ...NO_CHANGES, resource_changes: [], configuration: {} }) });
  goldenpath("synth", "--quiet");
  expect(goldenpath("report", "plan.json")).toContain("othing");
  expect(goldenpath("preflight", environment)).toMatch(
    /The network that is there|it has the ClusterSecretStore cloud|What is imported/,
  );
}

test.each(names)("%s is type-checked and writes what its README says", (name) => {
  const folder = join(EXAMPLES, name);
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const {
    dependencies,
    devDependencies,
    goldenpath: files,
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  // The versions that this repository is tested with.
  for (const [used, version] of Object.entries(dependencies)) {
    expect([used, version]).toEqual([used, used === "goldenpath" ? `^${own.version}` : own.peerDependencies[used]]);
  }
  for (const [tool, version] of Object.entries(devDependencies)) {
    expect([tool, version]).toEqual([tool, own.devDependencies[tool]]);
  }
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(PEERS));
  const more = Object.keys(dependencies).filter((one) => one !== "goldenpath" && !PEERS.includes(one));
  const home = new Home([...more, ...Object.keys(devDependencies)]);
  try {
    cpSync(folder, home.folder, { recursive: true, filter: (path) => !/node_modules|cdktf\.out/.test(path) });
    home.must("npm", "run", "typecheck");
    home.must("npm", "run", "synth");
    const { stacks } = JSON.parse(home.read("cdktf.out/manifest.json")) as Stacks;
    const [, listed = ""] = /^Writes the stacks? (.*)\.$/m.exec(readme) ?? [];
    const said = [...listed.matchAll(/`([\w-]+)`/g)].map(([, stack = ""]) => stack);
    expect(Object.keys(stacks).sort()).toEqual(said.sort());
    // Bindings of other providers than those in its stacks are no use to it.
    const providers = Object.keys(stacks).flatMap((stack) => Object.keys(home.stack(stack).provider));
    const bindings = new Set(providers.map((provider) => `@cdktf/provider-${provider}`));
    // These are loaded with each cloud, whether a stack has any of theirs or not.
    const local = ["@cdktf/provider-helm", "@cdktf/provider-random", "@cdktf/provider-time"];
    expect(more.filter((one) => !bindings.has(one) && !local.includes(one))).toEqual([]);
    // Those of kinds of service have tests of their own.
    if (files?.comparisons !== undefined && name.startsWith("existing-"))
      survives(home, name === "existing-database" ? "production" : "staging");
  } finally {
    home.remove();
  }
});

test("each has a README of about ten lines", () => {
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) {
    const lines = readFileSync(join(EXAMPLES, name, "README.md"), "utf8")
      .trim()
      .split("\n");
    expect({ name, short: lines.length <= 12 }).toEqual({ name, short: true });
  }
});
