import { isSomewhere } from "../plan/mask";
import type { Plan, ResourceChange } from "../plan/plan";
import { acts, reviewed, reviewedDigest } from "../plan/reviewed";
import { unreviewable } from "../plan/unreviewable";
import { pairedByContent } from "./by-content";
import { changed, type Changed } from "./changed";
import { driftOf, lostOutside } from "./drift";
import { elementsOf } from "./elements";
import { type ChangedPart, changedParts } from "./model-changes";
import { environmentOf, type Models } from "./models";
import { renderedChanges, type RenderedSides } from "./rendered";
import { levelOf, type Report, type Risk, RISK_CLASSES, type StackSummary } from "./report";
import { stackOf } from "./risks/of-parts";
import type { Judged } from "./risks/risk";
import { RULES } from "./risks/rules";

/** Plans by the names of their stacks, and the models by which they are told. */
export interface ReportInput {
  readonly plans: Readonly<Record<string, Plan>>;
  /** @default - resources are told by their addresses, and nothing is told of who needs them */
  readonly models?: Models;
  /** What both sides render beside the stacks. @default - nothing is told of it */
  readonly rendered?: RenderedSides;
  /** Set where no engine planned it, and two syntheses were compared: what is told of stacks as a whole. @default - they are plans */
  readonly compared?: { readonly notes: Readonly<Record<string, readonly string[]>>; readonly risks: readonly Risk[] };
}

/** What was concluded from arguments was so from those that are written. */
const asCompared = (risk: Risk): Risk => ({
  ...risk,
  because: risk.because.map((fact) => (fact.from === "the plan" ? { ...fact, from: "what is written" } : fact)),
});

/**
 * Tells what plans would do in the words of the model: what changes and where that was written, what it would mean, and each
 * argument. Nothing sensitive is in it.
 */
export function makeReport({ plans, models = {}, rendered, compared }: ReportInput): Report {
  const stacks = Object.entries(plans);
  const changes = stacks.flatMap(([stack, plan]) => changesIn(models, stack, plan));
  const parts = partsIn(models, Object.keys(plans));
  const judged: Judged = { models, changes, parts, stacks: Object.keys(plans) };
  const isReviewable = stacks.length > 0 && stacks.every(([, plan]) => unreviewable(plan) === undefined);
  const outputs = stacks.some(([, plan]) => Object.values(plan.outputs).some(({ kind }) => kind !== "no-op"));
  return {
    of: compared === undefined ? "plans" : "stacks",
    outcome: changes.length > 0 || outputs || (compared?.risks.length ?? 0) > 0 ? "changes" : "nothing",
    stacks: stacks.map(([name, plan]) => summary(name, plan, compared?.notes[name])),
    environments: environmentsOf(models, Object.keys(plans)),
    risks: sorted([
      ...(compared?.risks ?? []),
      ...RULES.flatMap((rule) => rule(judged)).map((one) => (compared === undefined ? one : asCompared(one))),
      ...stacks.flatMap(([name, plan]) => [...ofThePlan(name, plan), ...lostOutside(models, name, plan)]),
    ]),
    elements: elementsOf(judged),
    drift: stacks.flatMap(([name, plan]) => driftOf(models, name, plan)),
    ...(rendered !== undefined && { rendered: renderedChanges(rendered) }),
    // Nobody is to take it for the digest of what was planned.
    ...(isReviewable &&
      compared === undefined && {
        digest: reviewedDigest(Object.fromEntries(stacks.map(([name, plan]) => [name, reviewed(plan)]))),
      }),
  };
}

function changesIn(models: Models, stack: string, plan: Plan): Changed[] {
  const { now, later } = actingIn(plan);
  return [
    ...pairedByContent(now).map((change) => changed(models, stack, change)),
    ...later.map((change) => changed(models, stack, change, true)),
  ];
}

function actingIn({ changes, deferred }: Plan): Record<"later" | "now", ResourceChange[]> {
  return {
    now: changes.filter(acts),
    later: deferred.map(({ change }) => change).filter(({ isData }) => !isData),
  };
}

/** What changes in the model, of the stacks that there are plans of: the others are not applied by this. */
function partsIn(models: Models, stacks: readonly string[]): ChangedPart[] {
  return environmentsOf(models, stacks)
    .flatMap((environment) => changedParts(models, environment))
    .filter((part) => part.application === undefined || stacks.includes(stackOf(part, models)));
}

function environmentsOf(models: Models, stacks: readonly string[]): string[] {
  const names = stacks.flatMap((stack) => [models.head, models.base].map((model) => environmentOf(model, stack)));
  return [...new Set(names.filter((name) => name !== undefined))];
}

function sorted(risks: readonly Risk[]): Risk[] {
  const order = (risk: Risk): number => levelOf(risk.level) * -100 + RISK_CLASSES.indexOf(risk.class);
  return [...risks].sort((one, other) => order(one) - order(other) || (one.id < other.id ? -1 : 1));
}

function summary(name: string, plan: Plan, told: readonly string[] = []): StackSummary {
  const counts: Record<string, number> = {};
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const { now, later } = actingIn(plan);
  for (const change of [...now, ...later]) {
    if (change.kind !== "no-op") count(change.kind);
    if (change.previousAddress !== undefined) count("move");
    if (change.importing !== undefined) count("import");
  }
  const outputs = Object.entries(plan.outputs).filter(([, { kind }]) => kind !== "no-op");
  return {
    ...{ name, counts, outputs: outputs.map(([output]) => output), notes: [...told, ...notesOf(plan)] },
    ...(plan.first !== undefined && { assumptions: plan.first.assumptions }),
  };
}

function notesOf({ first, hasErrors, isComplete, deferred, engine, hasActions }: Plan): string[] {
  const waiting = deferred.length === 1 ? "one resource waits" : `${deferred.length} resources wait`;
  return [
    ...(first === undefined
      ? []
      : [
          `the first plan of it, made before ${first.missing.join(" and ")}: it takes ${first.assumptions.length} ` +
            `${first.assumptions.length === 1 ? "thing" : "things"} for true, which the plan that is applied asks and compares`,
        ]),
    ...(hasErrors
      ? ["the run that made this plan failed: it has a part of what would happen, and cannot be applied"]
      : []),
    ...(isComplete
      ? []
      : ["the plan does not do all that is asked for: it was targeted, or a part of it waits for another apply"]),
    ...(deferred.length === 0
      ? []
      : [`${waiting} for the next plan: ${[...new Set(deferred.map(({ reason }) => reason))].join(", ")}`]),
    ...(hasActions ? ["the plan runs actions beside its resources, which are not told here"] : []),
    ...(engine === "" ? [] : [`planned by ${engine}`]),
  ];
}

/** What is wrong with a plan as a whole: nobody can judge what is not in it. */
function ofThePlan(stack: string, { hasErrors, hasActions, isComplete, outputs }: Plan): Risk[] {
  const risk = (what: string, says: string): Risk => ({
    id: `unknown:${stack}:${what}`,
    class: "unknown",
    level: "high",
    stack,
    element: stack,
    says,
    because: [],
  });
  const shown = Object.entries(outputs).filter(
    ([, { kind, sensitiveBefore, sensitiveAfter }]) =>
      kind !== "no-op" && kind !== "delete" && isSomewhere(sensitiveBefore) && !isSomewhere(sensitiveAfter),
  );
  return [
    ...shown.map(([name]): Risk => {
      const says = `output ${name} is no longer sensitive: whoever reads plans and logs reads it`;
      return { ...risk(`output ${name}`, says), id: `exposure:${stack}:output ${name}`, class: "exposure" };
    }),
    ...(hasErrors ? [risk("failed", "is planned in part: the run failed")] : []),
    ...(hasActions ? [risk("actions", "runs actions that are not known here")] : []),
    ...(isComplete || hasErrors ? [] : [risk("incomplete", "is planned in part: another plan has to follow")]),
  ];
}
