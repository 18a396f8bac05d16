import type { FactOf } from "./facts/brought";
import { typeOf } from "./facts/types";
import type { Lift, Stop } from "./rehearsal";
import { elementOf, isAt, type Resource } from "./stack";

const LIFT: Readonly<Record<Resource["stack"]["part"], Lift>> = {
  application: "drops",
  platform: "protect",
  cluster: "protect",
  state: "never",
};

/** How a block has no instance. */
const NONE = /^\$\{toset\(\[\]\)\}$/;

/** What refuses to be destroyed as it is: Terraform, and whoever would be asked in the apply. */
export function stopsOf(resource: Resource, factOf: FactOf): Stop[] {
  const { stack, address, block, type } = resource;
  // What may go by its word in drops has left this block, which stays: of nothing there is nothing to refuse.
  if (typeof block.for_each === "string" && NONE.test(block.for_each)) return [];
  const fact = factOf(typeOf(resource));
  // Those of what holds data go with its own words.
  const isLock = type === "azurerm_management_lock" && stack.part === "cluster";
  const found: readonly (readonly [by: string | undefined, certain: boolean])[] = [
    [isAt(block, "lifecycle", "prevent_destroy") ? "Terraform refuses the plan (prevent_destroy)" : undefined, true],
    [fact?.refuses?.(resource), true],
    [fact?.mayRefuse?.(resource), false],
  ];
  return found.flatMap(([by, certain]): Stop[] =>
    by === undefined
      ? []
      : [
          {
            ...{ stack: stack.name, address, element: elementOf(resource), by, certain },
            lift: isLock ? "locks" : LIFT[stack.part],
          },
        ],
  );
}

/** Whether it is one that has to be lifted before a destroy. That of the state is none: it is left for last, if it ever goes. */
export const isMet = ({ certain, lift }: Stop): boolean => certain && lift !== "never";
