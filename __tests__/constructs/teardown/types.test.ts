import { AZURE_PROVISIONERS } from "../../../constructs/clouds/azure/services/provisioners";
import { kindResources } from "../../../constructs/clouds/shared/services";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { postgresql } from "../../../constructs/kinds/postgresql";
import { factsWith } from "../../../constructs/teardown/facts/brought";
import { NOTHING } from "../../../constructs/teardown/facts/nothing";
import { factOf, typeOf, TYPES_WITH_FACTS } from "../../../constructs/teardown/facts/types";
import { resourcesIn } from "../../../constructs/teardown/stack";
import { INPUTS } from "../../fuzz/support/inputs";
import { build } from "../../fuzz/support/tree";
import { synthesizeEnvironments, synthesizeReference } from "../../support/reference";

/* Every type that a stack here may have is known: who refuses its deletion, what it leaves, whether its name stays taken. */

/** What the kinds say of their own types that the inputs have beside those of this program. */
const BROUGHT = kindResources(AZURE_PROVISIONERS, [postgresql()]);

const types = [
  synthesizeReference().stacks,
  ...Object.values(INPUTS).map((input) => synthesizeEnvironments(build(input) as EnvironmentSpec[]).stacks),
]
  .flatMap((stacks) => Object.entries(stacks))
  .flatMap(([name, written]) => resourcesIn({ name, written, part: "application", elements: {} }).map(typeOf));

const unique = [...new Set(types)].sort();

test("every type is known", () => {
  expect(unique.length).toBeGreaterThan(170);
  expect(unique.filter((type) => factsWith(BROUGHT)(type) === undefined)).toEqual([]);
});

test("no type is listed as leaving nothing that has facts", () => {
  expect(TYPES_WITH_FACTS.filter((type) => NOTHING.has(type))).toEqual([]);
});

test("a type that no stack here has is not known", () => {
  expect([factOf("aws_redshift_cluster"), factOf("manifest Kafka")]).toEqual([undefined, undefined]);
});
