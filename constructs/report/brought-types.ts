import { own } from "../model/own";
import type { ResourceFacts } from "../services/resource-facts";
import type { Models } from "./models";

/** What models say of types of resources that kinds of services bring. What an earlier release wrote says less of each. */
export type BroughtTypes = Readonly<Record<string, Pick<ResourceFacts, "changes" | "lost" | "restarts">>>;

/** Types of both sides: what is taken out now was known before. The side after the change says what both say. */
export function broughtTypes({ base, head }: Models): BroughtTypes {
  const of = [base, head].flatMap((model) => Object.values(model?.environments ?? {}));
  return Object.assign({}, ...of.map(({ resourceTypes }) => resourceTypes ?? {})) as BroughtTypes;
}

export const broughtType = (brought: BroughtTypes, type: string): BroughtTypes[string] | undefined =>
  own(brought, type);
