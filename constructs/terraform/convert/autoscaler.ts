import type { HorizontalPodAutoscalerV2Config } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type {
  AutoscalerMetric,
  HorizontalPodAutoscaler,
  Labels,
  MetricSource,
  MetricTarget,
  ScalingRules,
} from "../../kubernetes/objects";
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

function convertMetric(metric: AutoscalerMetric, where: string) {
  switch (metric.type) {
    case "Resource": {
      const { type, resource, ...rest } = metric;
      const { name, target, ...otherResource } = resource;
      const { type: targetType, averageUtilization, ...otherTarget } = target;
      nothingLeft(rest, where);
      nothingLeft(otherResource, `${where}.resource`);
      nothingLeft(otherTarget, `${where}.resource.target`);
      return { type, resource: { name, target: { type: targetType, averageUtilization } } };
    }
    case "Pods": {
      const { type, pods, ...rest } = metric;
      nothingLeft(rest, where);
      return { type, pods: convertSource(pods, `${where}.pods`) };
    }
    case "Object": {
      const { type, object, ...rest } = metric;
      const { describedObject, ...source } = object;
      const { apiVersion, kind, name, ...otherObject } = describedObject;
      nothingLeft(rest, where);
      nothingLeft(otherObject, `${where}.object.describedObject`);
      return {
        type,
        object: { describedObject: { apiVersion, kind, name }, ...convertSource(source, `${where}.object`) },
      };
    }
    case "External": {
      const { type, external, ...rest } = metric;
      nothingLeft(rest, where);
      return { type, external: convertSource(external, `${where}.external`) };
    }
  }
}

function convertSource(source: MetricSource, where: string) {
  const { metric, target, ...rest } = source;
  const { name, selector, ...otherMetric } = metric;
  nothingLeft(rest, where);
  nothingLeft(otherMetric, `${where}.metric`);
  return {
    metric: { name, ...(selector && { selector: [convertSelector(selector, `${where}.metric.selector`)] }) },
    target: convertTarget(target, `${where}.target`),
  };
}

function convertSelector(selector: { readonly matchLabels: Labels }, where: string) {
  const { matchLabels, ...rest } = selector;
  nothingLeft(rest, where);
  return { matchLabels };
}

function convertTarget(target: MetricTarget, where: string) {
  if (target.type === "Value") {
    const { type, value, ...rest } = target;
    nothingLeft(rest, where);
    return { type, value };
  }
  const { type, averageValue, ...rest } = target;
  nothingLeft(rest, where);
  return { type, averageValue };
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
