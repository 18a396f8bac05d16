import type { PatchChange } from "./patch";
import { formatSteps, type PathStep, pathSteps } from "./patch-path";
import type { Problem } from "./problem";
import { showKey } from "./show";

/** What came of a change: the data with it, or why it changes nothing. */
export type Patched = { readonly value: unknown } | Pick<Problem, "why" | "fix">;

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const GONE = "correct the path, or take the patch out";

/** Maps of texts that an object need not have: the first entry makes them. */
const isMap = (step: PathStep): boolean =>
  "key" in step && ["annotations", "labels", "nodeSelector"].includes(step.key);

/** Plain data with one change of a patch. The data itself stays as it is. */
export function applyChange(data: unknown, change: PatchChange): Patched {
  const steps = pathSteps(change.path);
  return steps === undefined
    ? { why: "is no path", fix: "write it as spec.containers[name].field" }
    : within(data, steps, [], change);
}

function within(
  data: unknown,
  [step, ...below]: readonly PathStep[],
  above: readonly PathStep[],
  change: PatchChange,
): Patched {
  if (step === undefined) return { value: change.value };
  const here = [...above, step];
  const place = placeOf(data, step);
  if (place === undefined) {
    return {
      why: `${showKey(formatSteps(above)) || "the whole"} is not there, or is no ${"key" in step ? "map" : "list"}`,
      fix: GONE,
    };
  }
  if (below.length > 0) {
    const isEmptyMap = place.value === undefined && change.operation === "add" && below.length === 1 && isMap(step);
    if (place.value === undefined && !isEmptyMap)
      return { why: `${showKey(formatSteps(here))} is not there`, fix: GONE };
    const inner = within(isEmptyMap ? {} : place.value, below, here, change);
    return "value" in inner ? { value: place.with(inner.value) } : inner;
  }
  const problem = lastProblem(place, step, change);
  return problem ?? { value: place.with(change.operation === "remove" ? undefined : change.value) };
}

function lastProblem(
  { value, isNext }: Place,
  step: PathStep,
  change: PatchChange,
): Pick<Problem, "why" | "fix"> | undefined {
  switch (change.operation) {
    case "remove":
      return value === undefined ? { why: "is not there", fix: GONE } : undefined;
    case "replace":
      if (value === undefined) return { why: "is not there", fix: "say it in add, or take it out" };
      return same(value, change.value) ? { why: "is so without the patch", fix: "take it out" } : undefined;
    default:
      if (value !== undefined) return { why: "is there already", fix: "say it in replace, or take it out" };
      if ("item" in step && !(isTree(change.value) && change.value.name === step.item)) {
        return { why: "is an item of a list", fix: `give an object whose name is "${step.item}"` };
      }
      return isNext
        ? undefined
        : { why: "is not the place after the last", fix: "use the number of items that there are" };
  }
}

interface Place {
  /** What is there; nothing where it could be added. */
  readonly value: unknown;
  /** Whether something can be added there. */
  readonly isNext: boolean;
  /** The map or list with another value there; `undefined` takes it away. */
  readonly with: (value: unknown) => unknown;
}

function placeOf(data: unknown, step: PathStep): Place | undefined {
  if ("key" in step) {
    if (!isTree(data)) return undefined;
    const { [step.key]: value, ...others } = data;
    return {
      value,
      isNext: true,
      with: (next) => {
        if (next === undefined) return others;
        return { ...data, [step.key]: next };
      },
    };
  }
  if (!Array.isArray(data)) return undefined;
  const list: readonly unknown[] = data;
  const found = "index" in step ? step.index : list.findIndex((one) => isTree(one) && one.name === step.item);
  const index = found === -1 ? list.length : found;
  return {
    value: list[index],
    isNext: index === list.length,
    with: (next) => [...list.slice(0, index), ...(next === undefined ? [] : [next]), ...list.slice(index + 1)],
  };
}

/** What stands at a path of plain data; `undefined` where there is nothing. */
export const valueAt = (data: unknown, steps: readonly PathStep[]): unknown =>
  steps.reduce<unknown>((value, step) => placeOf(value, step)?.value, data);
