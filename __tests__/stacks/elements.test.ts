import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MODEL_SCHEMA, type ModelDocument } from "../../constructs/model-json/schema";
import { environments } from "../../environments";
import { synthesizeEnvironments } from "../../stacks/synthesis";

type Stack = { readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

const outdir = mkdtempSync(join(tmpdir(), "goldenpath-elements-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const synthesized = synthesizeEnvironments({ environments, names: [], outdir });
const model: ModelDocument = MODEL_SCHEMA.parse(JSON.parse(readFileSync(join(outdir, "model.json"), "utf8")));
const stacks = synthesized.flatMap((environment) => environment.stacks.map(({ name }) => name));

/** What a JSON Pointer points at in the document. */
const at = (pointer: string): unknown =>
  pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], model);

test.each(stacks)("every resource of %s is told in model.json by its address, and no other", (stack) => {
  const { resource } = JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as Stack;
  const addresses = Object.entries(resource).flatMap(([type, all]) =>
    Object.keys(all).map((name) => `${type}.${name}`),
  );
  expect(Object.keys(model.resources?.[stack] ?? {}).sort()).toEqual(addresses.sort());
});

test("each is of something that is in the document", () => {
  const all = Object.values(model.resources ?? {}).flatMap((stack) => Object.values(stack));
  expect(all.length).toBeGreaterThan(1000);
  expect(all.filter(({ of }) => at(of) === undefined)).toEqual([]);
});

test("databases, Deployments and charts have the names that people give them", () => {
  const parts = Object.values(model.resources?.["production"] ?? {}).filter(({ of }) =>
    of.endsWith("/services/orders-db"),
  );
  expect(parts.map(({ part }) => part)).toEqual(expect.arrayContaining(["db instance", "parameter group"]));
  expect(Object.values(model.resources?.["production-platform"] ?? {}).map(({ part }) => part)).toContain(
    "platform / traefik: release",
  );
});
