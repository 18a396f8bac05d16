import { MAX_CRONJOB, MAX_JOB, MAX_LABEL, type WorkloadNaming } from "../names";
import { formatProblem, type Path, type Problem } from "../problem";
import type { Workload } from "../workload";
import { checkContainerSecrets, checkMountedSecrets } from "./container-secrets";
import { checkEdges } from "./edges";
import type { Report } from "./report";
import type { UsableApplication } from "./usable";
import { WORKLOAD_RULES } from "./workload-rules";

export interface NamedWorkload {
  readonly name: string;
  readonly workload: Workload;
  readonly naming: WorkloadNaming;
}

/** Cross-checks within one workload, and of its edges to the rest of its application. */
export function checkWorkload(
  report: Report,
  path: Path,
  usable: UsableApplication,
  { name, workload, naming }: NamedWorkload,
): void {
  checkName(report, path, naming(usable.app.name, name), workload);
  const problems = ruleProblems(workload, path, (field) => report.sound([...path, field]));
  checkEdges(report, path, usable, name, workload);
  checkContainerSecrets(report, path, usable, workload);
  checkMountedSecrets(report, path, usable, workload);
  report.add(...problems);
}

/** The same, of the workload that an environment's override makes: what the override brings, at the override's path. */
export function checkOverridden(
  report: Report,
  paths: { readonly base: Path; readonly override: Path },
  base: Workload,
  effective: Workload,
): void {
  const sound = (field: string): boolean =>
    report.sound([...paths.base, field]) && report.sound([...paths.override, field]);
  const known = new Set(ruleProblems(base, paths.override, sound).map(formatProblem));
  const found = ruleProblems(effective, paths.override, sound);
  report.add(...found.filter((problem) => !known.has(formatProblem(problem))));
}

function ruleProblems(workload: Workload, path: Path, sound: (field: string) => boolean): Problem[] {
  return WORKLOAD_RULES.filter(({ reads }) => reads.every(sound)).flatMap(({ find }) =>
    find(workload).map(({ field, ...rest }) => ({ path: [...path, ...field], ...rest })),
  );
}

/** Names of NetworkPolicies that every namespace has; a workload's policy bears the workload's name. */
const TAKEN = ["default-deny", "allow-dns", "allow-acme-solver"];

/** Longest names of the kinds whose objects get something appended, and what takes no more. */
const LONGEST: { readonly [K in Workload["kind"]]?: readonly [max: number, kind: string] } = {
  cron: [MAX_CRONJOB, "a CronJob"],
  release: [MAX_JOB, "a Job"],
};

function checkName(report: Report, path: Path, objectName: string, workload: Workload): void {
  const [max, kind] = LONGEST[workload.kind] ?? [MAX_LABEL - "-hpa".length, "a label"];
  const why = `its objects would be named "${objectName}"`;
  if (objectName.length > max) report.add({ path, why, fix: `shorten it: ${kind} takes ${max} characters` });
  if (TAKEN.includes(objectName))
    report.add({ path, why, fix: "rename it: every namespace has a policy of that name" });
}
