import type { ResolvedApplication, ResolvedReplicated } from "../model/resolved";
import type { Autoscaling } from "../model/workload";
import { workloadMetadata } from "./labels";
import type { HorizontalPodAutoscaler, Metadata } from "./objects";

/** Doubles within a minute when it must; gives up a tenth, at least one pod, a minute after five quiet ones. */
const BEHAVIOR: HorizontalPodAutoscaler["spec"]["behavior"] = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Percent", value: 100, periodSeconds: 60 },
      { type: "Pods", value: 4, periodSeconds: 60 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: "Max",
    policies: [
      { type: "Percent", value: 10, periodSeconds: 60 },
      { type: "Pods", value: 1, periodSeconds: 60 },
    ],
  },
};

export function horizontalPodAutoscaler(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
): HorizontalPodAutoscaler | undefined {
  const { autoscaling, objectName } = workload;
  if (autoscaling === undefined) return undefined;
  return autoscalerOf(workloadMetadata(application, workload, `${objectName}-hpa`), objectName, autoscaling);
}

/** Autoscaler of a Deployment, whoever made it. */
export function autoscalerOf(
  metadata: Metadata,
  deployment: string,
  autoscaling: Autoscaling,
): HorizontalPodAutoscaler {
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
      minReplicas: autoscaling.min,
      maxReplicas: autoscaling.max,
      metrics: (["cpu", "memory"] as const).flatMap((name) => {
        const averageUtilization = autoscaling[name];
        if (averageUtilization === undefined) return [];
        return [{ type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } }] as const;
      }),
      behavior: BEHAVIOR,
    },
  };
}
