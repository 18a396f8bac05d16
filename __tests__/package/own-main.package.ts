import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Home } from "./support/home";

/* A program whose `main.ts` puts more on the app than its environments, with the packed package installed. */

let home: Home;

const MAIN = `
import { AssetType, DataResource, TerraformAsset, TerraformStack } from "cdktf";
import { loadEnvironments } from "goldenpath";
import { AppStack, createStacks, synthesize } from "goldenpath/stacks";
import { environments } from "./environments";

if (process.env["BROKEN"] !== undefined) throw new Error("billing has no currency");

synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
  createStacks(app, loadEnvironments(environments));
  const local = app.node.tryFindChild("local");
  if (local instanceof AppStack) new DataResource(local, "beside", { input: "ours" });
  const billing = new TerraformStack(app, "billing");
  const asset = new TerraformAsset(billing, "files", { path: "files", type: AssetType.DIRECTORY });
  new DataResource(billing, "invoices", { input: asset.path });
});
`;
const BYTES = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]);

beforeAll(() => {
  home = new Home([]);
  home.must("goldenpath", "init", "shop", "--cloud", "local");
  for (const name of ["@cdktf/provider-random", "@types/node", "tsx", "typescript", "cdktf-cli"]) home.link(name);
});
afterAll(() => {
  home.remove();
});

const run = (...args: readonly string[]) => home.runIn("shop", "goldenpath", ...args);
const stack = (name: string, folder = "cdktf.out"): string => home.read(`shop/${folder}/stacks/${name}/cdk.tf.json`);
const manifest = (): string[] =>
  Object.keys((JSON.parse(home.read("shop/cdktf.out/manifest.json")) as { stacks: object }).stacks).sort();
const written = (file: string): string => join(home.folder, "shop", "terraform", file);

test("as init writes it, main.ts adds nothing, and is not run", () => {
  home.write({ "shop/environments/ran.ts": 'throw new Error("it is run");\n' });
  const main = home.read("shop/main.ts");
  home.write({ "shop/cdktf.json": JSON.stringify({ language: "typescript", app: "npx tsx main.ts && false" }) });
  expect(run("synth").stderr).toContain('"npx tsx main.ts && false", ended with 1');
  home.write({ "shop/cdktf.json": JSON.stringify({ language: "typescript", app: "npx tsx main.ts" }) });
  home.write({ "shop/main.ts": `${main}\nimport "./environments/ran";\n` });
  expect(run("synth").status).toBe(1);
  home.write({ "shop/main.ts": main.replace("// What", "// Ours").replaceAll("\n", "\r\n") });
  expect(run("synth")).toMatchObject({ status: 0, stderr: "" });
  expect(manifest()).toEqual(["local", "local-platform"]);
});

test("what it adds is in a synthesis, as cdktf writes it", () => {
  home.write({ "shop/main.ts": MAIN, "shop/files/build.sh": "#!/bin/sh\n", "shop/files/lambda.zip": BYTES });
  home.mustIn("shop", "chmod", "+x", "files/build.sh");
  home.mustIn("shop", "npx", "cdktf", "synth");
  const byCdktf = ["local", "local-platform", "billing"].map((name) => stack(name));
  const { status, stdout, stderr } = run("synth");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("with what npx tsx main.ts adds");
  expect(["local", "local-platform", "billing"].map((name) => stack(name))).toEqual(byCdktf);
  expect(manifest()).toEqual(["billing", "local", "local-platform"]);
  expect(stack("local")).toContain('"beside"');
  // Of one environment: the others of the program stay as they are.
  expect(run("synth", "local")).toMatchObject({ status: 0, stderr: "" });
  expect([stack("local"), stack("billing")]).toEqual([byCdktf[0], byCdktf[2]]);
});

test("it is in an export, with assets as they are, and what is of no environment is told or exported by its name", () => {
  const one = run("export", "local");
  expect(one.status).toBe(0);
  expect(one.stderr).toMatch(/^warning: billing: written by the program and of no environment; name them too/);
  expect(readFileSync(written("local/local/main.tf.json"), "utf8")).toContain('"beside"');
  expect(run("export", "local", "billing")).toMatchObject({ status: 0, stderr: "" });
  expect(readFileSync(written("billing/billing/main.tf.json"), "utf8")).toContain('"invoices"');
  const record = JSON.parse(readFileSync(written("billing/.goldenpath-export.json"), "utf8")) as { files: object };
  const file = (name: string): string =>
    written(`billing/${Object.keys(record.files).find((path) => path.endsWith(name)) ?? ""}`);
  expect(readFileSync(file("lambda.zip"))).toEqual(BYTES);
  expect([statSync(file("build.sh")).mode & 0o111, statSync(file("lambda.zip")).mode & 0o111]).toEqual([0o111, 0]);
  const unknown = run("export", "biling");
  expect(unknown).toMatchObject({ status: 2, stdout: "" });
  expect(unknown.stderr).toContain('did you mean "billing"');
});

test("where it fails, its words are shown and nothing is written", () => {
  const before = home.read("shop/cdktf.out/manifest.json");
  for (const args of [["synth"], ["export", "local"]]) {
    const { status, stdout, stderr } = home.runIn("shop", "env", "BROKEN=1", "goldenpath", ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("billing has no currency");
    expect(stderr).toMatch(
      /cdktf\.json: app: got "npx tsx main\.ts", ended with 1.*\n\n1 problem, nothing was written\n$/,
    );
  }
  expect(home.read("shop/cdktf.out/manifest.json")).toBe(before);
});

test("an environment's stack that it does not write is in no export", () => {
  home.write({ "shop/main.ts": MAIN.replace("createStacks(app, loadEnvironments(environments));", "") });
  const { status, stderr } = run("export", "local");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^stacks\.local-platform: npx tsx main\.ts does not write it/m);
});
