import { type Resource, textAt } from "../stack";
import { AWS } from "./aws";
import { AZURE } from "./azure";
import type { Fact } from "./fact";
import { GOOGLE } from "./google";
import { KUBERNETES } from "./kubernetes";
import { NOTHING, NOTHING_OF_KIND } from "./nothing";

const FACTS: ReadonlyMap<string, Fact> = new Map(
  [AWS, AZURE, GOOGLE, KUBERNETES].flatMap((facts) => Object.entries(facts)),
);

/** Type of a resource; of an object that is given as a manifest, its kind: `manifest RabbitmqCluster`. */
export const typeOf = ({ type, block }: Pick<Resource, "block" | "type">): string =>
  type === "kubernetes_manifest" ? `manifest ${textAt(block, "manifest", "kind") ?? ""}` : type;

/**
 * Says what is known of a type.
 *
 * @returns `undefined` where nothing is: a type that no stack of this program has
 */
export const factOf = (type: string): Fact | undefined =>
  FACTS.get(type) ?? (NOTHING.has(type) || NOTHING_OF_KIND.test(type) ? {} : undefined);

/** Types that say something, for a test that none of them is in the other list too. */
export const TYPES_WITH_FACTS: readonly string[] = [...FACTS.keys()];
