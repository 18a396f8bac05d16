import { sha256 } from "../../model/sha256";
import type { Changed } from "../changed";
import type { ChangedPart } from "../model-changes";
import type { Models } from "../models";
import type { Fact, Level, Risk, RiskClass } from "../report";

/** What every rule judges by. */
export interface Judged {
  readonly models: Models;
  readonly changes: readonly Changed[];
  readonly parts: readonly ChangedPart[];
  /** Stacks that there are plans of: nothing else is applied by them. */
  readonly stacks: readonly string[];
}

/** A rule finds risks of one class. It says nothing of what it cannot know. */
export type Rule = (of: Judged) => readonly Risk[];

interface Found {
  readonly class: RiskClass;
  readonly level: Level;
  readonly says: string;
  readonly because?: readonly Fact[];
  /** What tells this risk from others of the resource and class: what becomes of it, or the argument. */
  readonly what: string;
}

/**
 * A risk of a resource. Its name has no value in it but a digest: whoever lets one pass lets nothing else pass by it, another
 * address that is let in too.
 */
export function riskOf({ stack, change, place, isDeferred }: Changed, { what, because = [], ...found }: Found): Risk {
  const { address, deposed } = change;
  const of = deposed === undefined ? address : `${address} (deposed ${deposed})`;
  const { origin, name } = place;
  return {
    id: `${slug(found.class)}:${stack}:${of}:${what}${isDeferred ? " later" : ""}`,
    ...found,
    says: isDeferred ? `in the plan that follows, ${found.says}` : found.says,
    ...{ stack, address, element: name, because },
    ...(origin !== undefined && { origin }),
  };
}

/** A risk that the model tells. `stack` is the one that brings it. */
export function riskOfPart(
  element: string,
  stack: string,
  origin: string | undefined,
  { what, because = [], ...found }: Found,
): Risk {
  return {
    id: `${slug(found.class)}:${stack}:${element.replaceAll(" ", "")}:${what}`,
    ...found,
    ...{ stack, element, because },
    ...(origin !== undefined && { origin }),
  };
}

function slug(words: string): string {
  return words.replaceAll(" ", "-");
}

/** Eight digits of a digest of what a risk was judged by. */
export const digestOf = (...facts: readonly string[]): string => sha256(JSON.stringify(facts)).slice(0, 8);
