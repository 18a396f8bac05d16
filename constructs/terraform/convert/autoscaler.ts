import type { HorizontalPodAutoscalerV2Config } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { HorizontalPodAutoscaler, ScalingRules } from "../../kubernetes/objects";
import { convertMetadata } from "./metadata";
import { aboveZero, nothingLeft, whereIs } from "./total";

export function convertAutoscaler(object: HorizontalPodAutoscaler): HorizontalPodAutoscalerV2Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { scaleTargetRef, minReplicas, maxReplicas, metrics, behavior, ...otherSpec } = spec;
  const { apiVersion: targetVersion, kind: targetKind, name, ...otherTarget } = scaleTargetRef;
  const { scaleUp, scaleDown, ...otherBehavior } = behavior;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  nothingLeft(otherTarget, `${where}.spec.scaleTargetRef`);
  nothingLeft(otherBehavior, `${where}.spec.behavior`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      scaleTargetRef: { apiVersion: targetVersion, kind: targetKind, name },
      minReplicas: aboveZero(minReplicas, `${where}.spec.minReplicas`),
      maxReplicas,
      metric: metrics.map((metric, index) => convertMetric(metric, `${where}.spec.metrics[${index}]`)),
      behavior: {
        scaleUp: [convertRules(scaleUp, `${where}.spec.behavior.scaleUp`)],
        scaleDown: [convertRules(scaleDown, `${where}.spec.behavior.scaleDown`)],
      },
    },
  };
}

function convertMetric(metric: HorizontalPodAutoscaler["spec"]["metrics"][number], where: string) {
  const { type, resource, ...rest } = metric;
  const { name, target, ...otherResource } = resource;
  const { type: targetType, averageUtilization, ...otherTarget } = target;
  nothingLeft(rest, where);
  nothingLeft(otherResource, `${where}.resource`);
  nothingLeft(otherTarget, `${where}.resource.target`);
  return { type, resource: { name, target: { type: targetType, averageUtilization } } };
}

function convertRules(rules: ScalingRules, where: string) {
  const { stabilizationWindowSeconds, selectPolicy, policies, ...rest } = rules;
  nothingLeft(rest, where);
  return {
    stabilizationWindowSeconds,
    selectPolicy,
    policy: policies.map((policy, index) => {
      const { type, value, periodSeconds, ...left } = policy;
      nothingLeft(left, `${where}.policies[${index}]`);
      return { type, value, periodSeconds };
    }),
  };
}
