import { type JsonObject, toJson } from "../../kubernetes/json";
import { InvalidInput, type Problem } from "../../model/problem";
import { runsToItsEnd } from "../../model/resolved";
import { hasIngress, possibleSealed, setSealed } from "./application-documents";
import type { ChartEnvironment, ObjectColumn, WorkloadColumn } from "./chart-input";
import { expected, labelsOf } from "./differences";
import { applicationDocument, columns, type UnifiedDocument, possible, workloadDocument } from "./documents";
import { chartFiles } from "./files";
import { reproduce } from "./reproduce";
import { serverFiles } from "./server-files";
import { ValueSheet } from "./sheet";
import type { Document } from "./template";

export interface HelmChartInput {
  /** One application in every environment that the chart is for, one at least. */
  readonly environments: readonly ChartEnvironment[];
  /**
   * Version of the chart, by semantic versioning. What a release is of is its images' tag. @default "1.0.0"
   */
  readonly version?: string;
}

/** A chart before it is text. */
export interface ChartParts {
  readonly documents: readonly Document[];
  readonly sheet: ValueSheet;
  /** Files that templates read. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The Helm chart of an application: its files by their paths in the chart. Values and templates give in each environment
 * what Terraform would release there, but for the named differences; this is tried before it is returned.
 *
 * @throws InvalidInput where environments differ in what the chart has no value for
 */
export function helmChart(input: HelmChartInput): Readonly<Record<string, string>> {
  return chartFiles(input, chartParts(input));
}

export function chartParts({ environments }: HelmChartInput): ChartParts {
  const [first] = environments;
  if (first === undefined)
    throw new InvalidInput([{ path: ["chart"], why: "no environment", fix: "give one at least" }]);
  const applications = environments.map(({ application }) => application);
  const sheet = new ValueSheet(environments.length);
  sheet.setOwn(
    ["environment"],
    applications.map(({ environment }) => environment),
  );
  sheet.setOwn(
    ["namespace"],
    applications.map(({ namespace }) => namespace),
  );
  sheet.set(
    ["image", "pullPolicy"],
    applications.map(({ images }) => (images === "any" ? "Always" : "IfNotPresent")),
  );
  sheet.set(
    ["image", "requireDigest"],
    applications.map(({ images }) => images === "digest"),
  );

  const wanted = environments.map(({ released }) => wantedOf(released.map(toJson)));
  const workloads = workloadColumns(environments, sheet);
  const found = columns(wanted);
  if (found.some(({ kind }) => kind === "Ingress")) sheet.set(["ingress", "enabled"], wanted.map(hasIngress));
  setSealed(applications, sheet);

  const owned = workloads.flatMap((column) =>
    ofWorkload(column, found).map((object) => workloadDocument(object, column)),
  );
  const ownedTitles = new Set(owned.map(({ document }) => document.name));
  const [application] = applications;
  const others = [
    ...found.filter(({ name }) => !ownedTitles.has(name)),
    ...(application === undefined ? [] : possibleSealed(application, found)),
  ];
  const made = [...owned, ...others.map((object) => applicationDocument(object, applications, sheet))];
  const parts = {
    documents: made.map(({ document }) => document),
    sheet,
    files: Object.assign({}, ...workloads.map(serverFiles)) as Readonly<Record<string, string>>,
  };

  const names = applications.map(({ environment }) => environment);
  const problems = made.flatMap((one) => problemsOf(one, names));
  // A template that is wrong gives wrong objects: said once, by its cause.
  if (problems.length === 0) problems.push(...reproduce(parts, wanted, names));
  if (problems.length > 0) throw new InvalidInput(problems);
  return parts;
}

/** What the chart has to render in an environment. */
export const wantedOf = (released: readonly JsonObject[]): JsonObject[] =>
  released.map((object) => expected(object, released).object);

/** Workloads are the application's, so every environment has the same ones. */
function workloadColumns(environments: readonly ChartEnvironment[], sheet: ValueSheet): WorkloadColumn[] {
  const [first] = environments;
  return (first?.application.workloads ?? []).map(({ name }) => ({
    name,
    sheet,
    environments: environments.flatMap(({ application }) =>
      application.workloads.filter((workload) => workload.name === name).map((workload) => ({ application, workload })),
    ),
  }));
}

function ofWorkload({ environments: [first] }: WorkloadColumn, found: readonly ObjectColumn[]): ObjectColumn[] {
  if (first === undefined) return [];
  const { application, workload } = first;
  const own = found.filter(({ objects }) =>
    objects.some((object) => object !== undefined && labelsOf(object).app === workload.objectName),
  );
  return [...own, ...(runsToItsEnd(workload) ? [] : possible(application, workload, own))];
}

function problemsOf({ document, differences, missing }: UnifiedDocument, names: readonly string[]): Problem[] {
  return [
    ...missing.map((index): Problem => ({
      path: ["chart", document.name],
      why: `not in ${names[index] ?? ""}, and the chart has no value for that`,
      fix: "make it the same in every environment of the chart",
    })),
    ...differences.map(({ path, between: [one, other] }): Problem => ({
      path: ["chart", document.name, path],
      why: `differs between ${names[one] ?? ""} and ${names[other] ?? ""}, and the chart has no value for it`,
      fix: "make it the same in every environment of the chart",
    })),
  ];
}
