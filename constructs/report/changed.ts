import { formatFieldPath } from "../plan/field-path";
import { type FieldChange, fieldChanges } from "../plan/fields";
import type { ResourceChange } from "../plan/plan";
import { shown } from "../plan/shown";
import type { RestartFact } from "../services/resource-facts";
import { broughtType, broughtTypes } from "./brought-types";
import { expressionsIn } from "./expressions";
import type { Models } from "./models";
import { isNoise } from "./noise";
import { type Place, placeOf } from "./places";
import { textAt } from "./read";
import { textDifferences } from "./texts";
import { factsOf, type TypeFacts, typeOf } from "./type-facts";

/** One difference of a resource, with its path as it is written. */
export interface ChangedField extends FieldChange {
  readonly at: string;
  /** Whether it is why the resource is made anew. */
  readonly replaces: boolean;
}

/** A change of a resource, what it is of, and which of its differences mean something. */
export interface Changed {
  readonly stack: string;
  /** Change as the engine tells it, with what is sensitive, or not known yet, stood for: no rule can tell what nobody is to read. */
  readonly change: ResourceChange;
  readonly place: Place;
  /** What is known of its type. @default - nothing */
  readonly facts?: TypeFacts;
  /** Restarts that a kind of service says of its type. @default - none */
  readonly restarts?: readonly RestartFact[];
  readonly fields: readonly ChangedField[];
  /** Number of differences that mean nothing. */
  readonly leftOut: number;
  /** Whether it waits for the plan that follows, which may be another one. */
  readonly isDeferred: boolean;
}

const CLAIM = "kubernetes_persistent_volume_claim_v1";

/** Finds out of a change what all that is told of it is concluded from. */
export function changed(models: Models, stack: string, change: ResourceChange, isDeferred = false): Changed {
  const { address, type, kind } = change;
  const claim = type === CLAIM ? textAt(change.after ?? change.before, "metadata", 0, "name") : undefined;
  const place = placeOf(models, stack, address, type, claim);
  const shownChange = asShown(change);
  const brought = broughtTypes(models);
  const facts = factsOf(typeOf(change), brought);
  const restarts = broughtType(brought, type)?.restarts;
  const own = {
    ...{ stack, change: change.written === undefined ? shownChange : asWritten(shownChange), place, isDeferred },
    ...(facts !== undefined && { facts }),
    ...(restarts !== undefined && { restarts }),
  };
  if (kind === "delete" || kind === "forget") return { ...own, fields: [], leftOut: 0 };
  const reasons = change.replacePaths.map(formatFieldPath);
  const all = fieldChanges(change)
    .flatMap(textDifferences)
    .map((field): ChangedField => {
      const at = formatFieldPath(field.path);
      const values = change.written === undefined ? {} : asWritten(field);
      return {
        ...field,
        ...values,
        at,
        replaces: reasons.some((reason) => isWithin(at, reason) || isWithin(reason, at)),
      };
    });
  const fields = all.filter((field) => field.replaces || !isNoise(change, field, field.at));
  return { ...own, fields, leftOut: all.length - fields.length };
}

/** Either mark hides both sides: what becomes sensitive was nobody's to read before. */
function asShown(change: ResourceChange): ResourceChange {
  const { before, after, sensitiveBefore, sensitiveAfter, unknown } = change;
  const both = (value: unknown): unknown => shown(shown(value, sensitiveBefore), sensitiveAfter);
  return { ...change, before: both(before), after: shown(both(after), undefined, unknown) };
}

/** What is written as an expression is stood for, so that no rule takes it for the value. */
function asWritten<T extends { readonly before: unknown; readonly after: unknown }>(sides: T): T {
  return { ...sides, before: expressionsIn(sides.before), after: expressionsIn(sides.after) };
}

/** Whether a path is another one, or leads to a part of it. The engine ends a path where it likes. */
function isWithin(path: string, whole: string): boolean {
  return path === whole || (path.startsWith(whole) && /^[.[]/.test(path.slice(whole.length)));
}

/** Whether what was there goes: it is deleted, or another one takes its place. */
export const isGone = ({ change: { kind } }: Changed): boolean => kind === "delete" || kind === "replace";
