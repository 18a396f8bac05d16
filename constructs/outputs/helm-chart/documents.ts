import { horizontalPodAutoscaler } from "../../kubernetes/autoscaler";
import { serverConfigName } from "../../kubernetes/config-map";
import { podDisruptionBudget } from "../../kubernetes/disruption-budget";
import { type JsonObject, toJson } from "../../kubernetes/json";
import { filesName } from "../../kubernetes/volumes";
import type { ResolvedApplication, ResolvedReplicated } from "../../model/resolved";
import { asText, Scope } from "./access";
import { applicationRules } from "./application-documents";
import type { ObjectColumn, WorkloadColumn } from "./chart-input";
import { templated, titleOf } from "./differences";
import { headersGuard, ingressGuard } from "./ingress";
import { mountedFilesRule } from "./mounted-files";
import { guardOf, workloadRules } from "./object-rules";
import { patchRules } from "./patched";
import { poolVariable } from "./pool";
import { serverFilesRule } from "./server-files";
import type { ValueSheet } from "./sheet";
import type { Document } from "./template";
import { type Rules, type Unified, unify } from "./unify";

/** One template of the objects of all environments, and where these differ without a rule. */
export interface UnifiedDocument {
  readonly document: Document;
  readonly differences: Unified["differences"];
  /** Environments without an object that every one has to have, by their number. */
  readonly missing: readonly number[];
}

const JOB =
  "Runs to its end before a release changes anything else, and stops the release where it fails. A failed one stays, for its log.";

export function workloadDocument(object: ObjectColumn, column: WorkloadColumn): UnifiedDocument {
  const { kind } = object;
  const [first] = column.environments;
  const pool = first?.workload.kind === "php-fpm" ? first.workload : undefined;
  const isServer = pool !== undefined && object.name === `ConfigMap ${serverConfigName(pool)}`;
  const applications = column.environments.map(({ application }) => application);
  const patches = patchRules({ applications, of: column.name, object, sheet: column.sheet });
  const rules = { ...patches, ...workloadRules(kind, column) };
  const files = first?.workload.podVolumes?.find(
    (one) => object.name === `ConfigMap ${filesName(first.workload, one)}`,
  );
  const data = isServer ? serverFilesRule(column) : files && mountedFilesRule(column, files.name);
  const made = document(object, data === undefined ? rules : { ...rules, data }, guardOf(kind, column));
  const needsPool = pool !== undefined && (isServer || kind === "Deployment");
  const variables = needsPool ? [poolVariable(first?.application.name ?? "", pool)] : undefined;
  const comment = kind === "Job" ? JOB : undefined;
  return { ...made, document: { ...made.document, workload: column.name, variables, comment } };
}

export function applicationDocument(
  object: ObjectColumn,
  applications: readonly ResolvedApplication[],
  sheet: ValueSheet,
): UnifiedDocument {
  const patches = patchRules({ applications, object, sheet });
  const rules = { ...patches, ...applicationRules(object, applications, sheet) };
  return document(object, rules, guardOfKind(object, applications));
}

function guardOfKind(object: ObjectColumn, applications: readonly ResolvedApplication[]): Document["guard"] {
  if (object.kind === "Ingress") return ingressGuard(object, applications);
  if (object.kind === "ConfigMap") return headersGuard(object, applications);
  return object.kind === "SealedSecret" ? Scope.application.condition("sealed") : undefined;
}

function document(object: ObjectColumn, rules: Rules, guard: Document["guard"]): UnifiedDocument {
  const given = object.objects.filter((one) => one !== undefined);
  const present = given.length === 0 && object.possible !== undefined ? [object.possible] : given;
  const missing = object.objects.flatMap((one, index) => (one === undefined && guard === undefined ? [index] : []));
  const { node, differences } = unify(present, rules);
  const numbers = object.objects.flatMap((one, index) => (one === undefined ? [] : [index]));
  return {
    document: { kind: object.kind, name: object.name, guard, node },
    missing,
    differences: differences.map(({ path, between: [one, other] }) => ({
      path,
      between: [numbers[one] ?? 0, numbers[other] ?? 0],
    })),
  };
}

/**
 * What a workload has in no environment, and may have in any that sets the value for it: its autoscaler and its budget.
 */
export function possible(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
  found: readonly ObjectColumn[],
): ObjectColumn[] {
  const one = { ...workload, autoscaling: workload.autoscaling ?? { min: 1, max: 2, cpu: 70 }, replicas: 2 };
  const objects = [horizontalPodAutoscaler(application, one), podDisruptionBudget(application, one)].filter(
    (object) => object !== undefined,
  );
  return objects
    .map((object) => templated(toJson(object), []))
    .filter((object) => !found.some((column) => column.name === titleOf(object)))
    .map((object) => ({ name: titleOf(object), kind: asText(object.kind), objects: [], possible: object }));
}

/** The objects of all environments, each in one column, in the order of the first that has it. */
export function columns(environments: readonly (readonly JsonObject[])[]): ObjectColumn[] {
  const titles = [...new Set(environments.flatMap((objects) => objects.map(titleOf)))];
  return titles.map((name) => {
    const objects = environments.map((all) => all.find((object) => titleOf(object) === name));
    const kind = asText(objects.find((object) => object !== undefined)?.kind);
    return { name, kind, objects };
  });
}
