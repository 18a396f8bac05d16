import { toJson } from "../../kubernetes/json";
import { InvalidInput, type Problem } from "../../model/problem";
import { runsToItsEnd } from "../../model/resolved";
import { possibleSealed, setSealed } from "./application-documents";
import type { ChartEnvironment, ChartParts, HelmChartInput, ObjectColumn, WorkloadColumn } from "./chart-input";
import { labelsOf, templated } from "./differences";
import { applicationDocument, columns, possible, type UnifiedDocument, workloadDocument } from "./documents";
import { hasIngress } from "./ingress";
import { ownDocuments } from "./own-objects";
import { serverFiles } from "./server-files";
import { ValueSheet } from "./sheet";

/**
 * Templates and values of an application.
 *
 * @throws InvalidInput where environments differ in what the chart has no value for
 */
export function chartParts({ environments }: HelmChartInput): ChartParts {
  if (environments.length === 0)
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

  const objects = environments.map(({ released }) => {
    const all = released.map(toJson);
    return all.map((object) => templated(object, all));
  });
  const workloads = workloadColumns(environments, sheet);
  const found = columns(objects);
  if (found.some(({ kind }) => kind === "Ingress")) sheet.set(["ingress", "enabled"], objects.map(hasIngress));
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
  const names = applications.map(({ environment }) => environment);
  const problems = made.flatMap((one) => problemsOf(one, names));
  if (problems.length > 0) throw new InvalidInput(problems);
  const own = ownDocuments(
    environments.map((one) => one.own),
    sheet,
  );
  return {
    documents: [...made.map(({ document }) => document), ...own],
    sheet,
    files: Object.assign({}, ...workloads.map(serverFiles)) as Readonly<Record<string, string>>,
  };
}

/** Workloads are the application's, so every environment has the same ones. */
function workloadColumns(environments: readonly ChartEnvironment[], sheet: ValueSheet): WorkloadColumn[] {
  const [first] = environments;
  return (first?.application.workloads ?? []).map(({ name }) => ({
    name,
    sheet,
    environments: environments.flatMap(({ application, workloads }) =>
      workloads
        .filter(({ workload }) => workload.name === name)
        .map(({ workload, identity }) => ({ application, workload, identityLabels: identity?.podLabels ?? {} })),
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
