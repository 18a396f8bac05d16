import { equal } from "../../plan/equal";
import { formatFieldPath } from "../../plan/field-path";
import { fieldChanges } from "../../plan/fields";
import type { Mask } from "../../plan/mask";
import { type Fields, isFields } from "../../plan/object";
import type { OutputChange, Plan, ResourceChange, ValueChange } from "../../plan/plan";
import type { BroughtTypes } from "../brought-types";
import { hasExpression } from "../expressions";
import { type Fate, fateOf, withStaying } from "./anew";
import { type Pair, pairsOf } from "./pairs";
import type { WrittenResource, WrittenStack } from "./read-stack";
import { movedDefinitions, moves, type Moving, type Reference, referencesIn, textsIn, withoutKeys } from "./references";
import { sensitiveIn } from "./sensitive";

/**
 * Compares two stacks as they are written, and tells of the differences in the form of a plan: what an engine would do if each argument that
 * differs were all that there is. What others changed, and what a provider computes, is in none.
 */
export function comparedStacks(base: WrittenStack, head: WrittenStack, brought: BroughtTypes = {}): Plan {
  const pairs = renamed(pairsOf(base, head)).map((pair) => staying(pair, brought));
  const changes = settled(pairs, base, head, brought);
  return {
    engine: "",
    changes,
    drift: [],
    deferred: [],
    outputs: outputsOf(base, head),
    isComplete: true,
    isApplyable: undefined,
    hasActions: false,
    hasErrors: false,
  };
}

/** A stack that is only on one side: what the program has no more stays where it is, as no plan of it is made any more. */
export function loneStack(stack: WrittenStack, kind: "create" | "forget"): Plan {
  const empty: WrittenStack = { ...stack, resources: new Map(), outputs: {}, imports: new Map(), moved: [] };
  const plan = kind === "create" ? comparedStacks(empty, stack) : comparedStacks(stack, empty);
  const left = plan.changes.map((change): ResourceChange => ({ ...change, kind: "forget", actions: ["forget"] }));
  return kind === "create" ? plan : { ...plan, changes: left };
}

/** Texts of before that lead to what is moved lead to where it is now. */
function renamed(pairs: readonly Pair[]): readonly Pair[] {
  const names = pairs.flatMap(({ was, is, movedFrom }) =>
    movedFrom === undefined || was === undefined || is === undefined || was.of === is.of
      ? []
      : [[was.of, is.of] as const],
  );
  if (names.length === 0) return pairs;
  const name = (text: string): string =>
    names.reduce((all, [from, to]) => all.replaceAll(`${from}.`, `${to}.`).replaceAll(`${from}[`, `${to}[`), text);
  const rename = (value: unknown): unknown => {
    if (typeof value === "string") return hasExpression(value) ? name(value) : value;
    if (Array.isArray(value)) return value.map(rename);
    return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rename(one)])) : value;
  };
  return pairs.map((pair) =>
    pair.was === undefined ? pair : { ...pair, was: { ...pair.was, values: rename(pair.was.values) as Fields } },
  );
}

/** Fills in the arguments that stay where nothing is said of them any more. */
function staying(pair: Pair, brought: BroughtTypes): Pair {
  const { was, is } = pair;
  if (was === undefined || is === undefined) return pair;
  return { ...pair, is: { ...is, values: withStaying(is.type, was.values, is.values, brought) } };
}

/** Whether what a provider computes of it is another afterwards. */
const isAnew = ({ kind, written }: ResourceChange): boolean =>
  kind === "replace" || kind === "create" || kind === "delete" || written?.perhapsAnew !== undefined;

const withoutKey = (address: string): string => address.replace(/\[.*$/s, "");

/** What becomes of each pair, again and again until nothing that leads to something else moves any more. */
function settled(
  pairs: readonly Pair[],
  base: WrittenStack,
  head: WrittenStack,
  brought: BroughtTypes,
): ResourceChange[] {
  const [was, is] = [withoutKeys(base), withoutKeys(head)];
  let moving: Moving = { definitions: new Set(), anew: new Set(), changed: new Set() };
  for (;;) {
    const isMoving = (one: Reference): boolean => moves(one, moving, was, is);
    const changes = pairs.flatMap((pair) => changeOf(pair, isMoving, brought));
    const anew = new Set(changes.filter(isAnew).map(({ address }) => withoutKey(address)));
    const changed = new Set(changes.filter(({ kind }) => kind !== "no-op").map(({ address }) => withoutKey(address)));
    const next = { anew, changed };
    const definitions = movedDefinitions(base, head, (one, known) =>
      moves(one, { ...next, definitions: known }, was, is),
    );
    const isSettled =
      anew.size === moving.anew.size &&
      changed.size === moving.changed.size &&
      definitions.size === moving.definitions.size;
    // It only grows: what moves once moves on.
    if (isSettled) return changes;
    moving = { ...next, definitions };
  }
}

const whole = ({ values, type }: WrittenResource): readonly [unknown, Mask] => [values, sensitiveIn(type, values)];

function changeOf(pair: Pair, isMoving: (reference: Reference) => boolean, brought: BroughtTypes): ResourceChange[] {
  const { was, is, movedFrom, importedBy } = pair;
  const one = is ?? was;
  if (one === undefined) return [];
  const [before, sensitiveBefore] = was === undefined ? [null, undefined] : whole(was);
  const [after, sensitiveAfter] = is === undefined ? [null, undefined] : whole(is);
  const common = {
    ...{ address: one.address, isData: false, type: one.type, provider: "", replacePaths: [] },
    ...{ before, after, sensitiveBefore, sensitiveAfter, unknown: undefined as Mask },
    ...(movedFrom !== undefined && { previousAddress: movedFrom }),
    ...(importedBy !== undefined && { importing: { id: importedBy } }),
  };
  if (was === undefined && importedBy !== undefined)
    return [
      { ...common, kind: "update", actions: ["update"], written: { perhapsAnew: "what it is now only a plan tells" } },
    ];
  if (was === undefined) return [{ ...common, kind: "create", actions: ["create"], written: {} }];
  if (is === undefined) {
    const kind = pair.isForgotten === true ? "forget" : "delete";
    return [{ ...common, kind, actions: [kind], written: {} }];
  }
  return updated({ was, is, common, isMoving, brought });
}

const LIFECYCLE = "lifecycle";

interface Compared {
  readonly was: WrittenResource;
  readonly is: WrittenResource;
  readonly common: Omit<ResourceChange, "actions" | "kind" | "written">;
  readonly isMoving: (reference: Reference) => boolean;
  readonly brought: BroughtTypes;
}

function updated({ was, is, common, isMoving, brought }: Compared): ResourceChange[] {
  const value: ValueChange = { ...common, kind: "update", actions: ["update"], unknown: unknownIn(was, is, isMoving) };
  const kept = withGuards(was, is, ignoredBy(is)(value));
  const fields = fieldChanges(kept);
  const fate = whichFate({ was, is, isMoving, brought }, fateOf(is.type, fields, brought));
  const change = { ...common, ...kept };
  if (fate.is === "anew") {
    const actions = is.lifecycle.create_before_destroy === true ? ["create", "delete"] : ["delete", "create"];
    const reason = fate.for.length === 0 ? { reason: "replace_by_triggers" } : {};
    return [{ ...change, kind: "replace", actions, replacePaths: fate.for, ...reason, written: {} }];
  }
  if (fate.is === "perhaps") {
    const why = `whether ${fate.for.slice(0, 5).join(", ")} can be changed in place only a plan tells`;
    return [{ ...change, kind: "update", actions: ["update"], written: { perhapsAnew: why } }];
  }
  if (fields.some(({ path }) => path[0] !== LIFECYCLE))
    return [{ ...change, kind: "update", actions: ["update"], written: {} }];
  if (fields.length === 0 && common.previousAddress === undefined) return [];
  const written = fields.length === 0 ? {} : ({ isOnlyTold: true } as const);
  return [{ ...change, kind: "no-op", actions: ["no-op"], written }];
}

/** What of a lifecycle decides whether it may be destroyed, and which arguments are let be. */
const guardsOf = ({ lifecycle }: WrittenResource): Readonly<Record<string, unknown>> => ({
  prevent_destroy: lifecycle.prevent_destroy === true,
  ignore_changes: lifecycle.ignore_changes ?? [],
});

/** Adds what the engine may do with it, where that is another. */
function withGuards<T extends ValueChange>(was: WrittenResource, is: WrittenResource, change: T): T {
  const [before, after] = [was, is].map(guardsOf);
  if (equal(before, after)) return change;
  const add = (value: unknown, guards: unknown): unknown => ({
    ...(isFields(value) ? value : {}),
    [LIFECYCLE]: [guards],
  });
  return { ...change, before: add(change.before, before), after: add(change.after, after) };
}

/** Other reasons to be made anew than arguments. */
function whichFate({ was, is, isMoving, brought }: Omit<Compared, "common">, fate: Fate): Fate {
  const { replace_triggered_by: triggers } = is.lifecycle;
  const texts = Array.isArray(triggers) ? triggers.map(String) : [];
  if (texts.some((text) => referencesIn(text).some(isMoving)))
    return fate.is === "anew" ? fate : { is: "anew", for: [] };
  if (fate.is !== "in place") return fate;
  if (was.type !== is.type) return { is: "perhaps", for: ["type"] };
  if (was.provider !== is.provider) return { is: "perhaps", for: ["provider"] };
  // By a text that is as before there may be none of it any more.
  const isRepeated = was.repeatedBy === is.repeatedBy && !referencesIn(is.repeatedBy ?? "").some(isMoving);
  if (!isRepeated) return { is: "perhaps", for: ["for_each or count"] };
  const freed = freedOf(was, is, brought);
  return freed.length === 0 ? fate : { is: "perhaps", for: freed };
}

/** Arguments that were let be, and are not any more: what each is by now nobody here knows. Not those that change in place. */
function freedOf(
  { lifecycle: before }: WrittenResource,
  { lifecycle: after, type }: WrittenResource,
  brought: BroughtTypes,
): string[] {
  const [was, is] = [before, after].map(({ ignore_changes: ignored }) => ignored ?? []);
  if (is === "all" || was === undefined) return [];
  if (was === "all") return ["all that was let be"];
  const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const kept = new Set(texts(is));
  return texts(was).filter((text) => {
    const path = text.replaceAll(/\[[^\]]*\]/g, "").split(".");
    return !kept.has(text) && fateOf(type, [{ path, before: undefined, after: undefined }], brought).is !== "in place";
  });
}

/** Whether a text is made of an instance's value, and that is another or leads to what moves. */
function isToldOtherwise(
  text: string,
  was: WrittenResource,
  is: WrittenResource,
  isMoving: (one: Reference) => boolean,
): boolean {
  if (!/\beach\.value\b/.test(text)) return false;
  return !equal(was.told, is.told) || textsIn(is.told).some(([, one]) => referencesIn(one).some(isMoving));
}

/** Marks texts that are as before and lead to what moves. */
function unknownIn(was: WrittenResource, is: WrittenResource, isMoving: (reference: Reference) => boolean): Mask {
  const marked = textsIn(is.values).filter(
    ([, text]) => referencesIn(text).some(isMoving) || isToldOtherwise(text, was, is, isMoving),
  );
  const tree: Record<string, unknown> = {};
  for (const [path] of marked) {
    let here = tree;
    path.forEach((part, index) => {
      const key = String(part);
      if (index === path.length - 1) here[key] = true;
      else here = (here[key] ??= {}) as Record<string, unknown>;
    });
  }
  return marked.length === 0 ? undefined : (tree as Mask);
}

/** Takes out what the engine is told to let be, on both sides. */
function ignoredBy({ lifecycle }: WrittenResource): <T extends ValueChange>(change: T) => T {
  const { ignore_changes: ignored } = lifecycle;
  if (ignored === "all") return (change) => ({ ...change, after: change.before, unknown: undefined });
  const paths = Array.isArray(ignored) ? ignored.map(String) : [];
  if (paths.length === 0) return (change) => change;
  const isIgnored = (at: string): boolean =>
    paths.some((path) => at === path || (at.startsWith(path) && /^[.[]/.test(at.slice(path.length))));
  return (change) => ({
    ...change,
    before: withoutPaths(change.before, [], isIgnored),
    after: withoutPaths(change.after, [], isIgnored),
    unknown: withoutPaths(change.unknown, [], isIgnored) as Mask,
  });
}

function withoutPaths(value: unknown, path: readonly (number | string)[], isOut: (at: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one, index) => withoutPaths(one, [...path, index], isOut));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const here = [...path, /^\d+$/.test(key) ? Number(key) : key];
      return isOut(formatFieldPath(here)) ? [] : [[key, withoutPaths(one, here, isOut)] as const];
    }),
  );
}

function outputsOf(base: WrittenStack, head: WrittenStack): Readonly<Record<string, OutputChange>> {
  const names = [...new Set([...Object.keys(base.outputs), ...Object.keys(head.outputs)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const [was, is] = [base.outputs[name], head.outputs[name]];
      if (equal(was, is)) return [];
      const kind = was === undefined ? "create" : is === undefined ? "delete" : "update";
      const side = (one: unknown): readonly [unknown, Mask] =>
        isFields(one) ? [one.value, one.sensitive === true] : [null, undefined];
      const [[before, sensitiveBefore], [after, sensitiveAfter]] = [side(was), side(is)];
      return [
        [name, { kind, actions: [kind], before, after, unknown: undefined, sensitiveBefore, sensitiveAfter } as const],
      ];
    }),
  );
}
