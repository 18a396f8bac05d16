import { BEHAVIOR, measuresOf, type ResolvedAutoscaling, type ScalingMetric } from "../model/autoscaling";
import type { ResolvedApplication, ResolvedReplicated } from "../model/resolved";
import { workloadMetadata } from "./labels";
import type { AutoscalerMetric, HorizontalPodAutoscaler, Metadata, MetricSource } from "./objects";

const SUFFIXES = ["", "k", "M", "G", "T"];

/** `2000` → `2k`, `0.5` → `500m`: as the API server writes a quantity, or each plan would change it. */
function quantity(value: number): string {
  const thousandths = Math.round(value * 1000);
  if (thousandths % 1000 !== 0) return `${thousandths}m`;
  let [count, power] = [thousandths / 1000, 0];
  while (count % 1000 === 0 && power < SUFFIXES.length - 1) [count, power] = [count / 1000, power + 1];
  return `${count}${SUFFIXES[power] ?? ""}`;
}

function source({ metric, selector, ...aim }: ScalingMetric): MetricSource {
  const { value, averageValue = 0 } = { value: undefined, ...aim };
  return {
    metric: { name: metric, ...(selector !== undefined && { selector: { matchLabels: selector } }) },
    target:
      value === undefined
        ? { type: "AverageValue", averageValue: quantity(averageValue) }
        : { type: "Value", value: quantity(value) },
  };
}

/** A measure of the workload's own, as Kubernetes has it. */
export function autoscalerMetric(metric: ScalingMetric): AutoscalerMetric {
  switch (metric.type) {
    case "Pods":
      return { type: "Pods", pods: source(metric) };
    case "Object":
      return { type: "Object", object: { describedObject: metric.object, ...source(metric) } };
    case "External":
      return { type: "External", external: source(metric) };
  }
}

export function horizontalPodAutoscaler(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
): HorizontalPodAutoscaler | undefined {
  const { autoscaling, objectName } = workload;
  // That of a queue is KEDA's.
  if (autoscaling === undefined || autoscaling.queue !== undefined) return undefined;
  return autoscalerOf(workloadMetadata(application, workload, `${objectName}-hpa`), objectName, autoscaling);
}

/** Autoscaler of a Deployment, whoever made it. */
export function autoscalerOf(
  metadata: Metadata,
  deployment: string,
  autoscaling: ResolvedAutoscaling,
): HorizontalPodAutoscaler {
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
      minReplicas: autoscaling.min,
      maxReplicas: autoscaling.max,
      metrics: [
        ...(["cpu", "memory"] as const).flatMap((name) => {
          const averageUtilization = autoscaling[name];
          if (averageUtilization === undefined) return [];
          return [
            { type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } },
          ] as const;
        }),
        ...measuresOf(autoscaling).map(([, metric]) => autoscalerMetric(metric)),
      ],
      behavior: autoscaling.behavior ?? BEHAVIOR,
    },
  };
}
