import { autoscalerMetric } from "../../kubernetes/autoscaler";
import { isJsonObject, type Json, toJson } from "../../kubernetes/json";
import { BEHAVIOR, measuresOf, type ResolvedAutoscaling } from "../../model/autoscaling";
import { runsToItsEnd } from "../../model/resolved";
import { omit, Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { Block, Inline, Merged, type Node, When } from "./template";
import { isSame, type Rule, type Rules } from "./unify";

/* What scales a workload, as values of the chart. */

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

const scalings = ({ environments }: Pick<WorkloadColumn, "environments">) =>
  environments.map(({ workload }) => (runsToItsEnd(workload) ? undefined : workload.autoscaling));

/** Values that an autoscaler of either kind has; who takes one where the model has none begins with these. */
function bounds({ name, environments, sheet }: WorkloadColumn) {
  const scope = Scope.workload(name);
  const set: Set = (path, column) => {
    sheet.set([...scope.path, "autoscaling", ...path], column);
  };
  const all = scalings({ environments });
  const example = all.find((one) => one !== undefined && one.queue === undefined) ?? { min: 1, max: 3, cpu: 70 };
  const wanted = all.map((one): ResolvedAutoscaling => one ?? example);
  set(
    ["enabled"],
    all.map((one) => one !== undefined),
  );
  set(
    ["minReplicas"],
    wanted.map(({ min }) => min),
  );
  set(
    ["maxReplicas"],
    wanted.map(({ max }) => max),
  );
  return { scope, set, wanted };
}

/** A measure that is 0 is none. */
export function autoscalerRules(column: WorkloadColumn): Rules {
  const { scope, set, wanted } = bounds(column);
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

const QUEUE = "spec.triggers[0].metadata";

/** The queue is a value of the workload with its name and number; in an environment without one there is none. */
export function scaledObjectRules(column: WorkloadColumn): Rules {
  const { scope, set, wanted } = bounds(column);
  set(
    ["queue"],
    wanted.map(({ queue, messagesPerPod }) =>
      queue === undefined || messagesPerPod === undefined ? undefined : { name: queue, messagesPerPod },
    ),
  );
  const path = ["autoscaling", "queue", "messagesPerPod"];
  return {
    "spec.advanced.horizontalPodAutoscalerConfig.behavior": behaviorRule(wanted, scope, set),
    "spec.minReplicaCount": () => scope.integer("autoscaling", "minReplicas"),
    "spec.maxReplicaCount": () => scope.integer("autoscaling", "maxReplicas"),
    [`${QUEUE}.queueName`]: () => scope.quoted("autoscaling", "queue", "name"),
    // As a number of its own Helm would write a million as 1e+06.
    [`${QUEUE}.value`]: () =>
      new Inline(
        `${scope.text(...path)} | int | quote`,
        (values) => String(Number(scope.get(values, ...path))),
        "quoted",
      ),
  };
}

/** Condition under which a workload has an autoscaler of a kind: KEDA makes one of its own for a queue. */
export function scalerGuard(
  kind: "HorizontalPodAutoscaler" | "ScaledObject",
  { name, environments }: Pick<WorkloadColumn, "environments" | "name">,
): Pick<When, "condition" | "holds"> {
  const scope = Scope.workload(name);
  const enabled = scope.condition("autoscaling", "enabled");
  if (!scalings({ environments }).some((one) => one?.queue !== undefined)) return enabled;
  const queue = scope.condition("autoscaling", "queue");
  return kind === "ScaledObject"
    ? {
        condition: `and ${enabled.condition} ${queue.condition}`,
        holds: (values) => enabled.holds(values) && queue.holds(values),
      }
    : {
        condition: `and ${enabled.condition} (not ${queue.condition})`,
        holds: (values) => enabled.holds(values) && !queue.holds(values),
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
