import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../environments";

/*
 * Bindings of a cloud are large. A program loads those of the clouds it uses: by what its files import, and, where its
 * environments are on several clouds, by which of them are run.
 */

const ROOT = join(__dirname, "..");
const work = mkdtempSync(join(tmpdir(), "goldenpath-loaded-"));

afterAll(() => {
  rmSync(work, { recursive: true });
});

/** Providers whose bindings a file imports, by way of whatever it imports. */
function importedBindings(entry: string): string[] {
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    packages: "external",
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  return providersIn(imports);
}

const providersIn = (texts: readonly string[]): string[] =>
  [...new Set(texts.flatMap((text) => /@cdktf\/provider-([a-z]+)/.exec(text)?.[1] ?? []))].sort();

describe("by its imports", () => {
  const clouds = readdirSync(join(ROOT, "constructs", "clouds"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => readdirSync(join(ROOT, "constructs", "clouds", name)).includes("index.ts"));
  /** Bindings of providers that belong to no cloud. */
  const NEUTRAL = ["helm", "kubernetes", "random", "time", "tls"];

  test.each(clouds)("a program that imports %s imports no other cloud's bindings", (cloud) => {
    const own = importedBindings(`constructs/clouds/${cloud}/index.ts`).filter((name) => !NEUTRAL.includes(name));
    // A cluster on this machine needs those of Kubernetes alone.
    expect(own).toHaveLength(cloud === "local" ? 0 : 1);
    const others = clouds.filter((other) => other !== cloud);
    for (const other of others) {
      const imported = importedBindings(`constructs/clouds/${other}/index.ts`);
      expect(imported.filter((name) => own.includes(name))).toEqual([]);
    }
  });

  test.each(["constructs/goldenpath.ts", "stacks/index.ts", "constructs/portability/moves.ts"])(
    "%s imports no cloud's bindings",
    (entry) => {
      expect(importedBindings(entry).filter((name) => !NEUTRAL.includes(name))).toEqual([]);
    },
  );

  test("the check finds a cloud that is imported on the way", () => {
    expect(importedBindings("environments/staging.ts")).toEqual(expect.arrayContaining(["aws"]));
    expect(importedBindings("__tests__/fixtures/two-clouds.ts")).toEqual(["google", "kubernetes"]);
  });
});

describe("by what runs", () => {
  interface Coverage {
    readonly result: readonly {
      readonly url: string;
      readonly functions: readonly { readonly functionName: string; readonly ranges: readonly { count: number }[] }[];
    }[];
  }

  interface Ran {
    readonly outdir: string;
    readonly bundled: readonly string[];
    readonly run: readonly string[];
  }

  /** Runs a program as `npm run` does, and says whose bindings are in its bundle and whose were run. */
  function bindings(...command: readonly string[]): Ran {
    const outdir = mkdtempSync(join(work, "out-"));
    const coverage = mkdtempSync(join(work, "coverage-"));
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, CDKTF_OUTDIR: outdir, NODE_V8_COVERAGE: coverage };
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8", env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    // The bundler makes a function of each module, with the module's path for its name.
    const modules = readdirSync(coverage)
      .map((file) => JSON.parse(readFileSync(join(coverage, file), "utf8")) as Coverage)
      .flatMap(({ result }) => result.filter(({ url }) => url.endsWith("/packages.cjs")))
      .flatMap(({ functions }) => functions.filter(({ functionName }) => functionName.startsWith("node_modules/")));
    expect(modules.length).toBeGreaterThan(0);
    const ran = modules.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0);
    const [bundled, run] = [modules, ran].map((some) => providersIn(some.map(({ functionName }) => functionName)));
    return { outdir, bundled: bundled ?? [], run: run ?? [] };
  }

  /** Providers of the stacks that were written. */
  function rendered(outdir: string): string[] {
    const stacks = readdirSync(join(outdir, "stacks"));
    const names = stacks.flatMap((stack) => {
      const file = join(outdir, "stacks", stack, "cdk.tf.json");
      return Object.keys((JSON.parse(readFileSync(file, "utf8")) as { provider: object }).provider);
    });
    return [...new Set(names)].sort();
  }

  test.each(environments.map(({ name }) => name))(
    "a synthesis of %s runs the bindings of the providers in its stacks, and no others",
    (name) => {
      const { outdir, run } = bindings("cli/goldenpath.mjs", "synth", name);
      expect(run).toEqual(rendered(outdir));
    },
  );

  test("what is imported and not used is in the bundle and does not run, until it is used", () => {
    const fixture = "__tests__/fixtures/two-clouds.ts";
    expect(bindings("scripts/run.mjs", fixture)).toMatchObject({
      bundled: ["google", "kubernetes"],
      run: ["kubernetes"],
    });
    expect(bindings("scripts/run.mjs", fixture, "google")).toMatchObject({
      bundled: ["google", "kubernetes"],
      run: ["google", "kubernetes"],
    });
  });
});
