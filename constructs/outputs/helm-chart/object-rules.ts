import { isJsonObject } from "../../kubernetes/json";
import { runsToItsEnd } from "../../model/resolved";
import { plainVariables } from "../../model/tracing";
import { at, Scope } from "./access";
import { autoscalerRules, scaledObjectRules, scalerGuard } from "./autoscaler-rules";
import type { WorkloadColumn } from "./chart-input";
import { labelsRule } from "./labels";
import { mapFrom } from "./maps";
import { integerRule, optional, podRules } from "./pod-rules";
import { type Values, When } from "./template";
import type { Rule, Rules } from "./unify";

/** Rule of every object: Terraform made the namespace, and its name is a value of the environment. */
export const namespaceRule: Rule = () => Scope.application.quoted("namespace");

const configRule =
  ({ name, environments, sheet }: WorkloadColumn): Rule =>
  () => {
    const scope = Scope.workload(name);
    const all = environments.map(({ workload }) => plainVariables(workload));
    const variables = [...new Set(all.flatMap((config) => Object.keys(config)))];
    // A workload without any can be given some.
    if (variables.length === 0)
      sheet.set(
        [...scope.path, "config"],
        all.map(() => ({})),
      );
    for (const variable of variables) {
      sheet.set(
        [...scope.path, "config", variable],
        all.map((config) => config[variable]),
      );
    }
    return scope.texts(environments[0]?.application.name ?? "", "config");
  };

/** What the workload says itself, and which of the cloud's Secrets and ConfigMaps Reloader watches. */
const annotationsRule =
  (workload: WorkloadColumn): Rule =>
  (column) =>
    optional(mapFrom(column, workload, ["annotations"]));

const replicasRule =
  ({ name, environments, sheet }: WorkloadColumn): Rule =>
  () => {
    const scope = Scope.workload(name);
    sheet.set(
      [...scope.path, "replicas"],
      environments.map(({ workload }) => (runsToItsEnd(workload) ? undefined : workload.replicas)),
    );
    const { condition, holds } = scope.condition("autoscaling", "enabled");
    const why = "While there is an autoscaler they are its own, and an upgrade must not take them back.";
    const scaled = environments.map(({ workload }) => !runsToItsEnd(workload) && workload.scaledTo !== undefined);
    if (scaled.includes(true)) {
      sheet.set([...scope.path, "scaled"], scaled);
      const byOwn = scope.condition("scaled");
      return new When(
        `not (or ${condition} ${byOwn.condition})`,
        (values) => !holds(values) && !byOwn.holds(values),
        scope.integer("replicas"),
        why,
      );
    }
    return new When(`not ${condition}`, (values) => !holds(values), scope.integer("replicas"), why);
  };

const scheduleRule =
  ({ name, environments, sheet }: WorkloadColumn): Rule =>
  () => {
    const scope = Scope.workload(name);
    sheet.set(
      [...scope.path, "schedule"],
      environments.map(({ workload }) => (workload.kind === "cron" ? workload.schedule : undefined)),
    );
    return scope.quoted("schedule");
  };

/** Rules for the objects of one workload, by kind. */
export function workloadRules(kind: string, column: WorkloadColumn): Rules {
  const common: Rules = { "metadata.namespace": namespaceRule, "metadata.labels": labelsRule(column) };
  switch (kind) {
    case "ConfigMap":
      return { ...common, data: configRule(column) };
    case "Deployment":
      return {
        ...common,
        "metadata.annotations": annotationsRule(column),
        "spec.replicas": replicasRule(column),
        "spec.progressDeadlineSeconds": integerRule(column, ["progressDeadlineSeconds"]),
        ...podRules("spec.template", column),
      };
    case "HorizontalPodAutoscaler":
      return { ...common, ...autoscalerRules(column) };
    case "ScaledObject":
      return { ...common, ...scaledObjectRules(column) };
    case "CronJob":
      return {
        ...common,
        "metadata.annotations": annotationsRule(column),
        "spec.schedule": scheduleRule(column),
        "spec.jobTemplate.metadata.labels": labelsRule(column),
        "spec.jobTemplate.metadata.annotations": annotationsRule(column),
        ...podRules("spec.jobTemplate.spec.template", column),
      };
    case "Job":
      return { ...common, "metadata.annotations": annotationsRule(column), ...podRules("spec.template", column) };
    default:
      return common;
  }
}

/** Condition under which a workload has an object that it may lack. */
export function guardOf(kind: string, { name, environments }: Pick<WorkloadColumn, "environments" | "name">) {
  const scope = Scope.workload(name);
  if (kind === "HorizontalPodAutoscaler" || kind === "ScaledObject") return scalerGuard(kind, { name, environments });
  if (kind !== "PodDisruptionBudget") return undefined;
  const chart = environments[0]?.application.name ?? "";
  return {
    condition: `gt (include "${chart}.maxReplicas" $workload | int) 1`,
    holds: (values: Values): boolean => {
      const workload = at(values, scope.path);
      const { autoscaling, replicas } = isJsonObject(workload) ? workload : {};
      const most = isJsonObject(autoscaling) && autoscaling.enabled === true ? autoscaling.maxReplicas : replicas;
      return Number(most) > 1;
    },
  };
}
