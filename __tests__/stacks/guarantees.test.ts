import { type GuaranteeName, GUARANTEES } from "../../constructs/clouds/guarantees";
import { servesProduction } from "../../constructs/portability/clouds";
import { environments } from "../../environments";
import { synthesizeReference } from "../support/reference";
import { awsColumn } from "./guarantees/aws";
import { azureColumn } from "./guarantees/azure";
import { type Column, verdict } from "./guarantees/column";
import { googleColumn } from "./guarantees/google";

/*
 * What a production environment has, each by an assertion on its stacks, in a column for each cloud. The details of each
 * are in the tests of its parts.
 */

const COLUMNS: readonly Column[] = [awsColumn(synthesizeReference()), googleColumn(), azureColumn()];

const NAMES = Object.keys(GUARANTEES) as GuaranteeName[];

describe.each(COLUMNS.map((column) => [column.title, column] as const))("%s has", (_title, column) => {
  test.each(NAMES.map((name) => [name, GUARANTEES[name]] as const))("%s: %s", (name) => {
    const { gap, assertion } = verdict(column, name);
    expect(gap).toBeUndefined();
    assertion?.();
  });
});

test("every cloud that serves production and that an environment is on has a column", () => {
  const columns = COLUMNS.map(({ guarantees }) => guarantees);
  for (const { name, cloud } of environments)
    expect([name, columns.includes(cloud.guarantees)]).toEqual([name, servesProduction(cloud)]);
});

describe("the matrix has a gap", () => {
  const [column] = COLUMNS;
  if (column === undefined) throw new Error("no cloud has a column");
  const gap = (entry: { by: string } | { missing: string } | undefined, assertion: (() => void) | "missing") =>
    verdict(
      {
        ...column,
        guarantees: { ...column.guarantees, ...(entry === undefined ? {} : { standby: entry }) },
        assertions: { ...column.assertions, standby: assertion },
      },
      "standby",
    ).gap;

  test("where a guarantee is said to be there and nothing asserts it", () => {
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
