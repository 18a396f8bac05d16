import { AZURE_PROVISIONERS } from "../../../constructs/clouds/azure/services/provisioners";
import { kindResources } from "../../../constructs/clouds/shared/services";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { postgresql } from "../../../constructs/kinds/postgresql";
import { PLAIN } from "../../../constructs/report/plain-types";
import { factsOf, typeOf } from "../../../constructs/report/type-facts";
import { INPUTS } from "../../fuzz/support/inputs";
import { build } from "../../fuzz/support/tree";
import { synthesizeEnvironments, synthesizeReference } from "../../support/reference";

/* Every type that a stack here may have is known: what is lost, or does not work, when it goes. */

/** What the kinds say of their own types that the inputs have beside those of this program. */
const BROUGHT = kindResources(AZURE_PROVISIONERS, [postgresql()]);

interface Block {
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

interface Stack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

const blocks = [
  synthesizeReference().stacks,
  ...Object.values(INPUTS).map((input) => synthesizeEnvironments(build(input) as EnvironmentSpec[]).stacks),
]
  .flatMap((stacks) => Object.values(stacks as Readonly<Record<string, Stack>>))
  .flatMap(({ resource }) => Object.entries(resource ?? {}))
  .flatMap(([type, ones]) =>
    Object.values(ones).map((block) => ({ type: typeOf({ type, before: null, after: block }), block })),
  );

const types = [...new Set(blocks.map(({ type }) => type))].sort();

test("every type is known", () => {
  expect(types.length).toBeGreaterThan(150);
  expect(types.filter((type) => factsOf(type, BROUGHT) === undefined)).toEqual([]);
});

test("no type is listed as plain that holds something", () => {
  expect([...PLAIN].filter((type) => Object.keys(factsOf(type) ?? {}).length > 0)).toEqual([]);
});

/** Records of this program, which hold no data but refuse plans. */
const RECORDS = ["terraform_data"];

test("what no plan may destroy holds data, or may", () => {
  const kept = blocks.filter(({ block }) => block.lifecycle?.prevent_destroy === true).map(({ type }) => type);
  const isHeld = (type: string): boolean =>
    (factsOf(type, BROUGHT)?.holds ?? factsOf(type, BROUGHT)?.mayHold) !== undefined;
  expect([...new Set(kept)].filter((type) => !isHeld(type) && !RECORDS.includes(type))).toEqual([]);
});
