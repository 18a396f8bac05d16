import { equal } from "../../plan/equal";
import { Expression } from "../../plan/shown";
import type { Changed } from "../changed";
import { leavesOf } from "../read";
import { valueText } from "../values";

/*
 * Switches of two programs that were compared, of which nobody can say what they are: one side is an expression, or is not written, so
 * that the provider's default decides. A plan tells; without one they are taken for what they may be.
 */

/** Values of which one makes a switch of any kind the most open, or the most guarded, that it can be. */
const EXTREMES: readonly unknown[] = [
  ...[true, false, Number.MAX_SAFE_INTEGER, 0, "Enabled", "ENABLED", "REGIONAL", "Retain", "Allow", "Deny", "Plaintext", "TLS1_0"],
  ...["ALLOW_UNENCRYPTED_AND_ENCRYPTED", "enforced", "inherited", "container", "private", "privileged", "restricted", "off", "on"],
];

const isOpen = (value: unknown): boolean => value === undefined || value === null || value instanceof Expression;

/** A switch that is written otherwise, at its own path. */
interface Switch {
  readonly at: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Words for both sides. */
  readonly values: string;
}

const textOf = (value: unknown): string => valueText(value ?? undefined) ?? "not written";

/** Every argument that differs and of which a side is open. Nothing of what was planned, or is new. */
export function openSwitches({ change }: Changed): Switch[] {
  if (change.written === undefined || (change.kind !== "update" && change.kind !== "replace")) return [];
  const [was, is] = [leavesOf(change.before), leavesOf(change.after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((at) => {
    const [before, after] = [was.get(at), is.get(at)];
    if (equal(before, after) || !(isOpen(before) || isOpen(after))) return [];
    return [{ at, before, after, values: `${textOf(before)} → ${textOf(after)}` }];
  });
}

/** Whether it may be a change that a rule finds, and is none that it finds as it is written. */
export function mayBe({ before, after }: Switch, is: (after: unknown, before: unknown) => boolean): boolean {
  if (!(before instanceof Expression) && !(after instanceof Expression) && is(after, before)) return false;
  const candidates = (value: unknown): readonly unknown[] => (isOpen(value) ? EXTREMES : [value]);
  return candidates(after).some((one) => candidates(before).some((other) => is(one, other)));
}

/** Words for a switch of which only a plan tells whether it is one. */
export const MAY_BE = "is written otherwise, and what it comes to only a plan tells: at worst it";
