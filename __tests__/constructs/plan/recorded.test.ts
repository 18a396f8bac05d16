import { differences } from "../../../constructs/plan/differences";
import { NotAPlan } from "../../../constructs/plan/not-a-plan";
import type { Kind, Plan } from "../../../constructs/plan/plan";
import { readPlan } from "../../../constructs/plan/read-plan";
import { acts, reviewed, reviewedDigest } from "../../../constructs/plan/reviewed";
import { unreviewable } from "../../../constructs/plan/unreviewable";
import { fileOf, RECORDED, type Recorded, recordedText, type Understood } from "../../plans/support/recorded";

/* What is read of plans that engines and providers have made, and of those that only look like one. */

const readable = RECORDED.filter(({ understood }) => understood.refused !== true);
const refused = RECORDED.filter(({ understood }) => understood.refused === true);

const textOf = (one: Recorded): string => recordedText(fileOf(one));

const cases = (all: typeof RECORDED) => all.map((one) => [one.name, one] as const);

/** Plans that do nothing: drift that they do not act on is none of theirs. */
const IDLE = [
  "azure-cluster-nothing-changed",
  "azure-nothing-changed",
  "google-cluster-names-kept",
  "google-cluster-subsetting-kept",
  "google-nothing-changed",
  "helm-nothing-changed",
  "k8s-nothing-changed",
  "written-empty",
  "written-nothing-changed",
  "written-read-later",
];

/** Addresses of what becomes this, in order. */
const addresses = (plan: Plan, kind: Kind): string[] =>
  plan.changes
    // One replacement leaves the old one where it is.
    .filter(
      (change) => change.kind === kind && acts(change) && (kind === "forget" || !change.actions.includes("forget")),
    )
    .map(({ address }) => address)
    .sort();

const LISTS: readonly (readonly [keyof Understood, Kind])[] = [
  ["creates", "create"],
  ["updates", "update"],
  ["deletes", "delete"],
  ["replaces", "replace"],
  ["forgets", "forget"],
];

test.each(cases(readable))("%s: what becomes of each resource is what it is understood as", (_, one) => {
  const { understood } = one;
  const plan = readPlan(textOf(one));
  for (const [list, kind] of LISTS) {
    expect([list, addresses(plan, kind)]).toEqual([list, [...((understood[list] ?? []) as readonly string[])].sort()]);
  }
  const moved = plan.changes.filter(({ previousAddress }) => previousAddress !== undefined);
  expect(moved.map(({ address }) => address).sort()).toEqual([...(understood.moves ?? [])].sort());
  const imported = plan.changes.filter(({ importing }) => importing !== undefined);
  expect(imported.map(({ address }) => address).sort()).toEqual([...(understood.imports ?? [])].sort());
  expect(plan.drift.map(({ address }) => address).sort()).toEqual([...(understood.drifted ?? [])].sort());
  expect({ complete: plan.isComplete || plan.hasErrors, errored: plan.hasErrors }).toEqual({
    complete: understood.complete ?? true,
    errored: understood.errored ?? false,
  });
});

test.each(cases(readable))("%s: nothing sensitive is in what is reviewed, nor in what is said of it", (_, one) => {
  const plan = reviewed(readPlan(textOf(one)));
  const nothing = { resources: {}, outputs: {}, isComplete: true };
  const said = JSON.stringify([plan, differences(nothing, plan), differences(plan, nothing)]);
  for (const secret of one.understood.mustNotShow ?? []) expect(said).not.toContain(secret);
});

/** Every text that a plan marks as sensitive. */
function sensitiveTexts(value: unknown, mask: unknown): string[] {
  if (mask === true) return textsIn(value);
  if (typeof mask !== "object" || mask === null || typeof value !== "object" || value === null) return [];
  return Object.entries(mask).flatMap(([key, inner]) =>
    sensitiveTexts((value as Readonly<Record<string, unknown>>)[key], inner),
  );
}

const textsIn = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

test("no text that any of them marks as sensitive is there", () => {
  const marked = readable.flatMap((one) => {
    const plan = readPlan(textOf(one));
    const said = JSON.stringify(reviewed(plan));
    return plan.changes
      .flatMap((change) => [
        ...sensitiveTexts(change.before, change.sensitiveBefore),
        ...sensitiveTexts(change.after, change.sensitiveAfter),
      ])
      .filter((text) => text.length > 6 && text !== "undefined")
      .map((text) => [one.name, said.includes(text)] as const);
  });
  expect(marked.length).toBeGreaterThan(0);
  expect(marked.filter(([, isSaid]) => isSaid)).toEqual([]);
});

test.each(cases(readable))("%s: made again at another time, in another order, it is the same plan", (_, one) => {
  const text = textOf(one);
  const again = JSON.parse(text) as Record<string, unknown>;
  const changes = (again["resource_changes"] ?? []) as readonly unknown[];
  const other = JSON.stringify({
    ...again,
    timestamp: "2030-01-01T00:00:00Z",
    resource_changes: [...changes].reverse(),
  });
  const digest = (plan: string): string => reviewedDigest({ staging: reviewed(readPlan(plan)) });
  expect(digest(other)).toBe(digest(text));
});

test("no two plans that do something have one digest, and none has that of nothing", () => {
  const digests = readable.map((one) => [one, reviewedDigest({ staging: reviewed(readPlan(textOf(one))) })] as const);
  const nothing = reviewedDigest({ staging: { resources: {}, outputs: {}, isComplete: true } });
  const busy = digests.filter(([, digest]) => digest !== nothing);
  expect(busy.length).toBeGreaterThan(50);
  expect(new Set(busy.map(([, digest]) => digest)).size).toBe(busy.length);
  const idle = digests.filter(([, digest]) => digest === nothing).map(([{ name }]) => name);
  expect(idle).toEqual(IDLE);
});

/** Why it is no plan that anybody can review, in one line. */
function refusal(text: string): string | undefined {
  try {
    return unreviewable(readPlan(text));
  } catch (error) {
    if (error instanceof NotAPlan) return error.message;
    throw error;
  }
}

test.each(cases(refused))("%s is refused in one line", (_, one) => {
  const said = refusal(textOf(one));
  expect(said).toMatch(/^(?:is|has) .+; (?:give|use) .+$/);
  for (const secret of one.understood.mustNotShow ?? []) expect(said).not.toContain(secret);
});

test("plans are refused where the engine stopped or would run actions, and no others", () => {
  const stopped = readable.filter((one) => refusal(textOf(one)) !== undefined);
  expect(stopped.map(({ name }) => name)).toEqual(
    readable
      // Actions are of a later release: what they do is in no resource.
      .filter((one) => one.understood.errored === true || textOf(one).includes('"action_invocations"'))
      .map(({ name }) => name),
  );
  expect(stopped.length).toBeGreaterThan(0);
});
