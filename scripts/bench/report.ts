import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPlan } from "../../constructs/plan/read-plan";
import { makeReport } from "../../constructs/report/make-report";
import { markdownOf } from "../../constructs/report/markdown";
import type { Model } from "../../constructs/report/models";
import { verdictOf } from "../../constructs/report/verdict";

/** One in so many resources changes: a large stack with an everyday edit. */
const ONE_IN = 50;
const TIMES = 9;

/** Plan and models that the large one is made of. */
const PLAN = "__tests__/plans/recorded/k8s-image";

interface Change {
  address: string;
  change: { actions: string[]; before: unknown; after: unknown; after_unknown: unknown };
}

interface Plan {
  readonly resource_changes: readonly Change[];
}

/** A plan of so many resources, made of one that an engine made. */
function planOf(root: string, count: number): string {
  const file = join(root, `${PLAN}.json`);
  const { resource_changes: changes, ...rest } = JSON.parse(readFileSync(file, "utf8")) as Plan &
    Record<string, unknown>;
  const image = changes.find(({ change }) => change.actions.join() === "update");
  if (image === undefined) throw new Error(`${file}: updates nothing`);
  const all = Array.from({ length: count }, (_, index) => {
    const isImage = index % ONE_IN === 0;
    const one = structuredClone(isImage ? image : (changes[index % changes.length] ?? image));
    one.address = `${one.address}["${index}"]`;
    if (!isImage) one.change = { ...one.change, actions: ["no-op"], after: one.change.before, after_unknown: {} };
    return one;
  });
  return JSON.stringify({ ...rest, planned_values: {}, prior_state: {}, resource_changes: all });
}

/** Milliseconds to parse a plan of so many resources, and to report on it. */
export function reportTimes(root: string, count: number): { readonly parse: number; readonly report: number } {
  const text = planOf(root, count);
  const [base, head] = ["base", "head"].map(
    (side) => JSON.parse(readFileSync(join(root, `${PLAN}.${side}.model.json`), "utf8")) as Model,
  );
  const models = { ...(base !== undefined && { base }), ...(head !== undefined && { head }) };
  const report = (): void => {
    const made = makeReport({ plans: { demo: readPlan(text) }, models });
    markdownOf(made, { verdict: verdictOf(made, "medium", []), problems: [] });
  };
  report();
  // By turns, so that both find the machine as busy.
  const runs = Array.from({ length: TIMES }, () => [timeOf(() => void JSON.parse(text)), timeOf(report)] as const);
  return { parse: median(runs.map(([parse]) => parse)), report: median(runs.map(([, time]) => time)) };
}

function timeOf(task: () => void): number {
  const before = performance.now();
  task();
  return performance.now() - before;
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}
