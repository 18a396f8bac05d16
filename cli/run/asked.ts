import { applicationLabels, selector } from "../../constructs/kubernetes/labels";
import { hasZonalDisk } from "../../constructs/kubernetes/volumes";
import { didYouMean, oneOf, type Problem, refuse } from "../../constructs/model/problem";
import { runsToItsEnd } from "../../constructs/model/resolved";
import type { ResolvedApplication, ResolvedWorkload } from "../../constructs/model/resolved";
import type { Task } from "../../constructs/sessions/task";
import { reasonProblems, secondsOf } from "../connect/asked";

interface Given {
  readonly workload: string;
  readonly command: readonly string[];
  readonly for?: string;
  readonly reason?: string;
  readonly brokenGlass: boolean;
}

/** What a command line asks for, read: a task without its name, its times and who asks. */
export type WantedTask = Omit<Task, "environment" | "from" | "name" | "until" | "who"> & {
  /** Its pods are made by this kind of object, of this name. */
  readonly madeBy: { readonly kind: "cronjobs.batch" | "deployments.apps"; readonly name: string };
};

const LONGEST = 24 * 60 * 60;

/** What no word of a command can have. */
const wordProblems = (word: string, index: number): Problem[] =>
  word.includes("\0")
    ? [{ path: ["arguments", "command", index], got: word, why: "it has a NUL", fix: "leave it out" }]
    : [];

const glassProblems = ({ name, protect }: { name: string; protect: boolean }, brokenGlass: boolean): Problem[] => {
  if (protect === brokenGlass) return [];
  const path = ["arguments", "break-glass"];
  return [
    protect
      ? {
          path,
          why: `${name} is protected, and a command has all that the workload may do`,
          fix: "say --break-glass with --reason: it is kept on record for 30 days, and alerts tell of it where the environment is measured; what is run every day belongs in the application as a cron",
        }
      : { path, why: `${name} is not protected, and no alert would tell of it`, fix: "leave it out" },
  ];
};

/**
 * The task that is meant.
 *
 * @throws InvalidInput about the arguments, with everything that is wrong
 */
export function wantedTask(
  { workload: asked, command, brokenGlass, ...given }: Given,
  application: ResolvedApplication,
  environment: { readonly name: string; readonly protect: boolean },
): WantedTask {
  const workload = application.workloads.find(({ name }) => name === asked);
  const seconds = secondsOf(given.for);
  refuse([
    ...workloadProblems(asked, workload, application),
    ...command.flatMap(wordProblems),
    ...(seconds === undefined || seconds > LONGEST
      ? [{ path: ["arguments", "for"], got: given.for, fix: `use 1m to ${LONGEST / 3600}h, e.g. 30m` }]
      : []),
    ...glassProblems(environment, brokenGlass),
    ...reasonProblems(given.reason, environment, brokenGlass),
  ]);
  if (workload === undefined || seconds === undefined) throw new Error("neither is missing without a problem");
  return {
    target: { name: asked, namespace: application.namespace, labels: applicationLabels(application) },
    ...{ command, seconds, brokenGlass, container: workload.name, selector: selector(workload) },
    ...(given.reason !== undefined && { reason: given.reason.trim() }),
    sidecars: runsToItsEnd(workload) ? [] : (workload.sidecars ?? []).map(({ name }) => name),
    onSameNode: hasZonalDisk(workload),
    madeBy: { kind: workload.kind === "cron" ? "cronjobs.batch" : "deployments.apps", name: workload.objectName },
  };
}

function workloadProblems(
  asked: string,
  workload: ResolvedWorkload | undefined,
  { workloads }: ResolvedApplication,
): Problem[] {
  const path = ["arguments"];
  const known = workloads.filter(({ kind }) => kind !== "release").map(({ name }) => name);
  if (workload === undefined) {
    const fix =
      known.length === 0 ? "it has no workload to run it like" : `use ${oneOf(known)}${didYouMean(asked, known)}`;
    return [{ path, got: asked, why: "no such workload", fix }];
  }
  if (workload.kind !== "release") return [];
  return [
    { path, got: asked, why: "it runs with each release, and its pods are those of one", fix: `use ${oneOf(known)}` },
  ];
}
