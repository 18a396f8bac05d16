import type { Stack } from "../../scripts/engine/stand-in";
import { story } from "../stories/support/engine";
import { asWrittenByTerrain, differences } from "./support/differences";
import { type Core, type Files, synthesizedBy, versionOf } from "./support/synthesized";

/*
 * CDK Terrain goes on where cdktf was archived. The same programs with the same bindings are synthesized by both: every file is the
 * same bytes, but for the version that each records and how an empty list is written.
 */

/** Files that the framework writes itself: the list of stacks, stacks that are no `FastStack`, and one with numbers for keys. */
const byTheFramework = (files: Files, ...stacks: readonly string[]): string[] =>
  ["manifest.json", ...stacks.map((stack) => `stacks/${stack}/cdk.tf.json`)].filter((path) => path in files);

const shipped = { cdktf: synthesizedBy("cdktf", "main.ts"), cdktn: synthesizedBy("cdktn", "main.ts") };

test("every shipped stack, its assets and the model are the same", () => {
  const before = shipped.cdktf;
  const stacks = Object.keys(before).filter((path) => path.endsWith("/cdk.tf.json"));
  expect(stacks.length).toBeGreaterThan(17);
  const expected = asWrittenByTerrain(before, { stock: byTheFramework(before) });
  expect(differences(expected, shipped.cdktn)).toEqual([]);
});

/* As far as Terraform itself decides it: stacks of stand-ins, which need no provider. */
describe.each(["state-staging", "staging-cluster", "staging-platform", "staging", "local"])("a state of %s", (name) => {
  const run = story();
  const stackOf = (core: Core): Stack => JSON.parse(shipped[core][`stacks/${name}/cdk.tf.json`] ?? "{}") as Stack;

  test("that a program on cdktf has written is what one on CDK Terrain plans", async () => {
    await run.write(stackOf("cdktf"));
    expect((await run.apply()).problems).toEqual([]);
    await run.write(stackOf("cdktn"));
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });
});

test("whatever else a program has of the framework is the same", () => {
  const program = "__tests__/exits/programs/varied.ts";
  const before = synthesizedBy("cdktf", program);
  // The comparison is worth what is in it.
  const parts = [
    '"moved"',
    '"removed"',
    '"import"',
    '"for_each"',
    '"dynamic"',
    "use_lockfile",
    '"terraform_remote_state"',
  ];
  const written = Object.values(before).join("\n");
  expect(parts.filter((part) => !written.includes(part))).toEqual([]);
  expect(["s3", "gcs", "azurerm"].filter((backend) => !written.includes(`"backend": "${backend}"`))).toEqual([]);
  expect(Object.keys(before).filter((path) => path.startsWith("stacks/changed/assets/"))).not.toEqual([]);
  const expected = asWrittenByTerrain(before, { stock: byTheFramework(before, "stock", "fast-numbers") });
  expect(differences(expected, synthesizedBy("cdktn", program))).toEqual([]);
});

test("a difference that nobody has named is seen", () => {
  const [before, after] = [versionOf("cdktf"), versionOf("cdktn")];
  const manifest = (version: string): string => `{\n  "stacks": {\n  },\n  "version": "${version}"\n}`;
  const said = asWrittenByTerrain({ "manifest.json": manifest(before) }, { stock: ["manifest.json"] });
  expect(said).toEqual({ "manifest.json": `{\n  "stacks": {},\n  "version": "${after}"\n}` });
  expect(differences(said, { "manifest.json": manifest(after) })).toEqual([
    'manifest.json:2:   "stacks": {}, →   "stacks": {',
  ]);
  expect(differences(said, { ...said, "stacks/a/metadata.json": "{}" })).toEqual([
    "stacks/a/metadata.json: only after",
  ]);
  const none = { "stacks/a/cdk.tf.json": "{}" };
  expect(() => asWrittenByTerrain(none, { stock: [] })).toThrow("records the version 0 times");
});
