import type { LeftBehind, ResourceTypes } from "../../services/resource-facts";
import { at, isAt, nameOf, type Resource } from "../stack";
import type { Fact, Left } from "./fact";
import { factOf } from "./types";

/** What is known of a type. `undefined`: nothing is */
export type FactOf = (type: string) => Fact | undefined;

const path = (argument: string): string[] => argument.split(".");

/** `{name}` is the value of the argument, as a name that Terraform puts together. */
const filled = (text: string, { block }: Resource): string =>
  text.replaceAll(/\{([\w.]+)\}/g, (_, argument: string) => {
    const value = at(block, ...path(argument));
    return typeof value === "string" ? nameOf(value, "") : typeof value === "number" ? String(value) : "…";
  });

const leftBy = (resource: Resource, { where, what, says, ...rest }: LeftBehind): Left[] =>
  where === undefined || at(resource.block, ...path(where.argument)) === where.is
    ? [{ ...rest, what: filled(what, resource), says: filled(says, resource) }]
    : [];

/**
 * Facts of this program, and of what it does not know those of the kinds of services that bring them.
 *
 * @param brought what kinds of services say of types of resources
 */
export function factsWith(brought: ResourceTypes = {}): FactOf {
  const others = new Map(
    Object.entries(brought).map(([type, { destroyed }]): [string, Fact] => {
      const { refusedBy = [], taken, leaves = [], accumulates } = destroyed;
      return [
        type,
        {
          refuses: ({ block }) => {
            const found = refusedBy.find(({ argument }) => isAt(block, ...path(argument)));
            return found && `${found.by} refuses it (${found.argument})`;
          },
          ...(taken !== undefined && {
            taken: (resource: Resource) => ({
              ...taken,
              name: filled(taken.name, resource),
              says: filled(taken.says, resource),
            }),
          }),
          leaves: (resource) => leaves.flatMap((one) => leftBy(resource, one)),
          ...(accumulates === true && { accumulates }),
        },
      ];
    }),
  );
  return (type) => factOf(type) ?? others.get(type);
}
