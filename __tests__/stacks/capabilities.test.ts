import { CAPABILITIES, type CapabilityName } from "../../constructs/clouds/capabilities";
import { servesProduction } from "../../constructs/portability/clouds";
import { environments } from "../../environments";
import { synthesizeReference } from "../support/reference";
import { awsColumn } from "./capabilities/aws";
import { azureColumn } from "./capabilities/azure";
import { type Column, verdict } from "./capabilities/column";
import { googleColumn } from "./capabilities/google";

/*
 * What a production environment has, each by an assertion on its stacks, in a column for each cloud. The details of each
 * are in the tests of its parts.
 */

const COLUMNS: readonly Column[] = [awsColumn(synthesizeReference()), googleColumn(), azureColumn()];

const NAMES = Object.keys(CAPABILITIES) as CapabilityName[];

describe.each(COLUMNS.map((column) => [column.title, column] as const))("%s has", (_title, column) => {
  test.each(NAMES.map((name) => [name, CAPABILITIES[name]] as const))("%s: %s", (name) => {
    const { gap, assertion } = verdict(column, name);
    expect(gap).toBeUndefined();
    assertion?.();
  });
});

test("every cloud that serves production and that an environment is on has a column", () => {
  const columns = COLUMNS.map(({ capabilities }) => capabilities);
  for (const { name, cloud } of environments)
    expect([name, columns.includes(cloud.capabilities)]).toEqual([name, servesProduction(cloud)]);
});

describe("the matrix has a gap", () => {
  const [column] = COLUMNS;
  if (column === undefined) throw new Error("no cloud has a column");
  const gap = (entry: { by: string } | { missing: string } | undefined, assertion: (() => void) | "missing") =>
    verdict(
      {
        ...column,
        capabilities: { ...column.capabilities, ...(entry === undefined ? {} : { standby: entry }) },
        assertions: { ...column.assertions, standby: assertion },
      },
      "standby",
    ).gap;

  test("where a capability is said to be there and nothing asserts it", () => {
    expect(gap({ by: "two nodes in two zones" }, "missing")).toMatch(/no assertion/);
  });

  test("where it is said to be missing without a reason that anybody could check", () => {
    expect(gap({ missing: "" }, "missing")).toMatch(/no reason/);
    expect(gap({ missing: "not yet" }, "missing")).toMatch(/no reason/);
    expect(gap({ missing: "the provider has no argument for it" }, "missing")).toBeUndefined();
  });

  test("where it is said to be missing and asserted all the same", () => {
    expect(gap({ missing: "the provider has no argument for it" }, () => undefined)).toMatch(/asserted/);
  });

  test("where it is had by nothing that has a name", () => {
    expect(gap({ by: "" }, () => undefined)).toMatch(/by what/);
  });

  test("and where not, the assertion of the cloud decides", () => {
    const failing = (): void => {
      throw new Error("not there");
    };
    expect(gap({ by: "two nodes in two zones" }, failing)).toBeUndefined();
  });
});
