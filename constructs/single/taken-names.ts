import type { IConstruct } from "constructs";
import type { ServicePlace } from "../clouds/service-place";
import type { Problem } from "../model/problem";
import { pathOf } from "./props";

/*
 * Two constructs with the same three words would be one thing to the cloud: the same database, key, secret and resource group. The second apply would fail
 * half-way, or take over what the first has.
 */

/** Paths of the constructs of a program, by the names that they have in a place. */
const TAKEN = new WeakMap<IConstruct, Map<string, string>>();

/** What tells a construct's names from those of every other. */
export interface Named {
  readonly place: Pick<ServicePlace, "title" | "where">;
  readonly environment: string;
  readonly application: string;
  readonly name: string;
}

/** The words as names in the cloud have them: `a-b`, `c` and `a`, `b-c` are the same. */
const whole = ({ environment, application, name }: Named): string => [environment, application, name].join("-");

/** Takes the names for a construct, unless another of the program has them: that is the problem. */
export function takeNames(construct: IConstruct, named: Named): Problem[] {
  const { root } = construct.node;
  const taken = TAKEN.get(root) ?? new Map<string, string>();
  TAKEN.set(root, taken);
  const key = JSON.stringify([named.place.title, ...(named.place.where ?? []), whole(named)]);
  const other = taken.get(key);
  if (other !== undefined) {
    const why = `${other} has the same names in the cloud: ${whole(named)}`;
    return [{ path: [...pathOf(construct), "name"], got: named.name, why, fix: "use another name" }];
  }
  taken.set(key, construct.node.path);
  return [];
}
