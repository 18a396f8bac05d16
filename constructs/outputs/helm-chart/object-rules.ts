import { autoscalerMetric } from "../../kubernetes/autoscaler";
import { isJsonObject, type Json, toJson } from "../../kubernetes/json";
import { BEHAVIOR, measuresOf, type ResolvedAutoscaling } from "../../model/autoscaling";
import { runsToItsEnd } from "../../model/resolved";
import { plainVariables } from "../../model/tracing";
import { at, omit, Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { labelsRule } from "./labels";
import { mapFrom } from "./maps";
import { integerRule, optional, podRules } from "./pod-rules";
import { Block, Merged, type Node, type Values, When } from "./template";
import { isSame, type Rule, type Rules } from "./unify";

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

type Set = (path: readonly string[], column: readonly (Json | undefined)[]) => void;

/** Rule of how it behaves, as a value where environments differ in it. */
const behaviorRule =
  (wanted: readonly ResolvedAutoscaling[], scope: Scope, set: Set): Rule =>
  () => {
    const all = wanted.map(({ behavior = BEHAVIOR }) => toJson(behavior));
    if (isSame(all)) return undefined;
    set(["behavior"], all);
    return scope.yaml("autoscaling", "behavior");
  };

/** A measure that is 0 is none. */
function autoscalerRules({ name, environments, sheet }: WorkloadColumn): Rules {
  const scope = Scope.workload(name);
  const set: Set = (path, column) => {
    sheet.set([...scope.path, "autoscaling", ...path], column);
  };
  const all = environments.map(({ workload }) => (runsToItsEnd(workload) ? undefined : workload));
  // Who takes one where the model has none begins with these.
  const example = all.find((workload) => workload?.autoscaling)?.autoscaling ?? { min: 1, max: 3, cpu: 70 };
  const wanted = all.map((workload): ResolvedAutoscaling => workload?.autoscaling ?? example);
  set(
    ["enabled"],
    all.map((workload) => workload?.autoscaling !== undefined),
  );
  set(
    ["minReplicas"],
    wanted.map(({ min }) => min),
  );
  set(
    ["maxReplicas"],
    wanted.map(({ max }) => max),
  );
  const metrics = (["cpu", "memory"] as const).map((measure): Node => {
    set(
      [measure],
      wanted.map((autoscaling) => autoscaling[measure] ?? 0),
    );
    const target = { type: "Utilization", averageUtilization: scope.integer("autoscaling", measure) };
    const { condition, holds } = scope.condition("autoscaling", measure);
    return new When(condition, holds, { type: "Resource", resource: { name: measure, target } });
  });
  return {
    "spec.behavior": behaviorRule(wanted, scope, set),
    "spec.minReplicas": () => scope.integer("autoscaling", "minReplicas"),
    "spec.maxReplicas": () => scope.integer("autoscaling", "maxReplicas"),
    "spec.metrics": () => [...metrics, ...ownMetrics(wanted, scope, set)],
  };
}

/** Measures of the workload's own, each a value below its name as Kubernetes has it; in an environment without it there is none. */
function ownMetrics(wanted: readonly ResolvedAutoscaling[], scope: Scope, set: Set): Node[] {
  const all = wanted.map((autoscaling) =>
    Object.fromEntries(measuresOf(autoscaling).map(([name, metric]) => [name, toJson(autoscalerMetric(metric))])),
  );
  return [...new Set(all.flatMap((metrics) => Object.keys(metrics)))].sort().map((name) => {
    set(
      ["metrics", name],
      all.map((metrics) => metrics[name]),
    );
    const path = ["autoscaling", "metrics", name];
    const { condition, holds } = scope.condition(...path);
    const rest = new Block(`toYaml (omit ${scope.text(...path)} "type")`, (values) => {
      const metric = scope.get(values, ...path);
      return isJsonObject(metric) ? omit(metric, "type") : undefined;
    });
    return new When(condition, holds, new Merged([{ type: scope.quoted(...path, "type") }, rest]));
  });
}

/** Condition under which a workload has an object that it may lack. */
export function guardOf(kind: string, { name, environments }: WorkloadColumn) {
  const scope = Scope.workload(name);
  const { condition, holds } = scope.condition("autoscaling", "enabled");
  if (kind === "HorizontalPodAutoscaler") return { condition, holds };
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
