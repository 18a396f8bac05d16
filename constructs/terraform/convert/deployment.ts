import type { DeploymentV1Config } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Deployment } from "../../kubernetes/objects";
import { removalSeconds, rolloutSeconds } from "../../kubernetes/rollout";
import { convertLabelSelector } from "./label-selector";
import { convertMetadata } from "./metadata";
import { convertPodTemplate } from "./pod";
import { nothingLeft, whereIs } from "./total";

export function convertDeployment(object: Deployment): DeploymentV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { replicas, revisionHistoryLimit, progressDeadlineSeconds, minReadySeconds, ...more } = spec;
  const { strategy, selector, template, ...otherSpec } = more;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  // Terraform waits for the rollout.
  const wait = `${rolloutSeconds(object)}s`;
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      replicas: String(replicas),
      revisionHistoryLimit,
      progressDeadlineSeconds,
      minReadySeconds,
      strategy: convertStrategy(strategy, `${where}.spec.strategy`),
      selector: convertLabelSelector(selector, `${where}.spec.selector`),
      template: convertPodTemplate(template, `${where}.spec.template`),
    },
    timeouts: { create: wait, update: wait, delete: `${removalSeconds(object)}s` },
  };
}

function convertStrategy(strategy: Deployment["spec"]["strategy"], where: string) {
  const { type, rollingUpdate, ...rest } = strategy;
  const { maxSurge, maxUnavailable, ...otherRolling } = rollingUpdate;
  nothingLeft(rest, where);
  nothingLeft(otherRolling, `${where}.rollingUpdate`);
  return { type, rollingUpdate: { maxSurge: String(maxSurge), maxUnavailable: String(maxUnavailable) } };
}
