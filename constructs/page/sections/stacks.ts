import type { PageStack } from "../facts";
import { type Html, markup } from "../html";
import { code } from "../parts";
import { table } from "../table";

/** What Terraform plans, in the order in which it is deployed. */
export const stacksTable = (stacks: readonly PageStack[]): Html =>
  table({
    caption: "Stacks in the order in which they are deployed",
    columns: ["Stack", "Order", "What is in it", "Resources"],
    empty: "The environment has no stack.",
    rows: stacks.map(({ name, holds, resources }, index) => [
      markup`${code(name)}`,
      String(index + 1),
      holds,
      String(resources),
    ]),
  });
