import type { Plan } from "../../plan/plan";
import { broughtTypes, type BroughtTypes } from "../brought-types";
import { makeReport } from "../make-report";
import type { Models } from "../models";
import type { RenderedSides } from "../rendered";
import type { Report, Risk } from "../report";
import { comparedStacks, loneStack } from "./compare";
import { stackNotes, stackRisks } from "./of-stacks";
import type { WrittenStack } from "./read-stack";

/** Stacks of two syntheses by their names, and what they are told by. */
export interface ComparisonInput {
  readonly base: Readonly<Record<string, WrittenStack>>;
  readonly head: Readonly<Record<string, WrittenStack>>;
  readonly models?: Models;
  readonly rendered?: RenderedSides;
}

/**
 * Tells what differs between two syntheses in the words in which plans are told. No engine, no cloud and no state is asked: what others
 * changed, what a provider computes, and whether it makes something anew where that is not known here are in none of it.
 */
export function compareStacks({ base, head, ...rest }: ComparisonInput): Report {
  const names = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  const brought = broughtTypes(rest.models ?? {});
  const found = names.map((name) => ({ name, ...compared(name, base[name], head[name], brought) }));
  return makeReport({
    ...rest,
    plans: Object.fromEntries(found.map(({ name, plan }) => [name, plan])),
    compared: {
      notes: Object.fromEntries(found.map(({ name, notes }) => [name, notes])),
      risks: found.flatMap(({ risks }) => risks),
    },
  });
}

interface Compared {
  readonly plan: Plan;
  readonly notes: readonly string[];
  readonly risks: readonly Risk[];
}

function compared(
  name: string,
  base: WrittenStack | undefined,
  head: WrittenStack | undefined,
  brought: BroughtTypes,
): Compared {
  if (base !== undefined && head !== undefined)
    return {
      plan: comparedStacks(base, head, brought),
      notes: stackNotes(base, head),
      risks: stackRisks(name, base, head, brought),
    };
  const [stack, isNew] = [head ?? base, head !== undefined];
  if (stack === undefined) throw new Error(`no stack ${name}`);
  const note = isNew
    ? "is a stack that was not there: all of it is made"
    : "is a stack that the program has no more: no plan of it is made, so that what it made goes on existing until it is destroyed";
  return { plan: loneStack(stack, isNew ? "create" : "forget"), notes: [note], risks: [] };
}
