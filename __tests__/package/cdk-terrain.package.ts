import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { asWrittenByTerrain, differences } from "../exits/support/differences";
import { type Files, filesIn, versionOf } from "../exits/support/synthesized";
import { Home } from "./support/home";
import { ROOT, tarball } from "./support/packed";

/*
 * A program of another team goes over from cdktf to CDK Terrain by what the guide says: two lines of its package.json, and
 * none of its source.
 */

const EXAMPLE = join(ROOT, "examples", "monorepo");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

const example = JSON.parse(readFileSync(join(EXAMPLE, "package.json"), "utf8")) as Manifest;

/** The two lines, as the guide shows them. */
function guideLines(): Pick<Manifest, "dependencies" | "overrides"> {
  const guide = readFileSync(join(ROOT, "docs", "guide", "leave-cdktf.md"), "utf8");
  const [, json = ""] = /```json\n(\{[^`]*?"npm:cdktn@[^`]*?)```/.exec(guide) ?? [];
  return JSON.parse(json) as Manifest;
}

/** The example's package.json with them, or with the first alone, as it stands in a folder beside the packed package. */
function manifestWith({ dependencies, overrides }: Partial<Manifest>): string {
  const tools = Object.entries(example.devDependencies).filter(([name]) => name !== "cdktf-cli");
  const packed = { goldenpath: `file:${tarball()}` };
  return JSON.stringify({
    ...{ ...example, devDependencies: Object.fromEntries(tools), overrides },
    dependencies: { ...example.dependencies, ...packed, ...dependencies },
  });
}

test("the guide shows the version that is tested here", () => {
  const cdktf = `npm:cdktn@${versionOf("cdktn")}`;
  expect(guideLines()).toEqual({ dependencies: { cdktf }, overrides: { cdktf: "$cdktf" } });
});

describe("npm", () => {
  const home = new Home([]);
  const resolve = (manifest: string): ReturnType<Home["run"]> => {
    home.write({ "package.json": manifest });
    for (const path of ["node_modules", "package-lock.json"])
      rmSync(join(home.folder, path), { recursive: true, force: true });
    return home.run("npm", "install", "--package-lock-only", "--prefer-offline", "--no-audit", "--no-fund");
  };

  afterAll(() => {
    home.remove();
  });

  test("takes the two lines, and one core for the bindings, the package and the program", () => {
    const { status, stderr } = resolve(manifestWith(guideLines()));
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { packages } = JSON.parse(home.read("package-lock.json")) as { packages: Readonly<Record<string, object>> };
    const cores = Object.entries(packages).filter(([path]) => /\/cdkt[fn]$/.test(path));
    expect(cores).toEqual([
      ["node_modules/cdktf", expect.objectContaining({ name: "cdktn", version: versionOf("cdktn") })],
    ]);
  });

  test("refuses the first alone, as the bindings ask for cdktf", () => {
    const { status, stderr } = resolve(manifestWith({ dependencies: guideLines().dependencies }));
    expect(status).toBe(1);
    expect(stderr).toMatch(/ERESOLVE[^]*peer cdktf@"\^0\.21\.0" from @cdktf\/provider-/);
  });
});

test("its program is type-checked, and writes the same by itself and by goldenpath synth", () => {
  const bindings = ["@cdktf/provider-helm", "@cdktf/provider-kubernetes", "@cdktf/provider-random"];
  const home = new Home([...Object.keys(example.devDependencies)]);
  const inModules = (...path: string[]): string => join(home.folder, "node_modules", ...path);
  // Copies, not links: where a link leads to, this repository's cdktf is in reach.
  const install = (name: string, as = name): void => {
    rmSync(inModules(as), { recursive: true, force: true });
    cpSync(join(ROOT, "node_modules", name), inModules(as), { recursive: true });
  };
  try {
    cpSync(EXAMPLE, home.folder, {
      recursive: true,
      filter: (path) => !/node_modules|cdktf\.out/.test(basename(path)),
    });
    const manifest = { ...example, goldenpath: { environments: "platform/environments.ts" } };
    writeFileSync(join(home.folder, "package.json"), JSON.stringify(manifest));
    for (const name of [...bindings, "constructs", "cdktf"]) install(name);
    const synthesized = (...command: readonly [string, ...string[]]): Files => {
      home.must(...command);
      const files = filesIn(join(home.folder, "cdktf.out"));
      rmSync(join(home.folder, "cdktf.out"), { recursive: true });
      return files;
    };
    const [program, launcher] = [["npm", "run", "synth"] as const, ["goldenpath", "synth", "--quiet"] as const];
    const before = { program: synthesized(...program), launcher: synthesized(...launcher) };

    install("cdktn", "cdktf");
    home.must("npm", "run", "typecheck");
    const stock = ["manifest.json"];
    expect(differences(asWrittenByTerrain(before.program, { stock }), synthesized(...program))).toEqual([]);
    expect(differences(asWrittenByTerrain(before.launcher, { stock }), synthesized(...launcher))).toEqual([]);
    // The other exit goes from there, too, and neither needs the first synthesis.
    const said = home.must("goldenpath", "export", "local");
    expect(said).toMatch(/^local: \d+ files written, 0 removed; terraform\/local\/README\.md /);
    expect(home.read("terraform/local/local-platform/terraform.tf.json")).toContain('"required_providers"');
    expect(Object.keys(before.launcher)).toEqual(expect.arrayContaining(["model.json", "stacks/local/cdk.tf.json"]));
  } finally {
    home.remove();
  }
});
