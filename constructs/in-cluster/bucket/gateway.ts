import { disruptionBudget } from "../../kubernetes/disruption-budget";
import type { KubernetesObject, PodTemplate } from "../../kubernetes/objects";
import { inPhase } from "../../kubernetes/phases";
import { progressDeadline } from "../../kubernetes/rollout";
import { serverMetadata, serverName } from "../names";
import { reloadOf, type Server, serverPod } from "../server";
import type { AzureBackend, S3Server } from "./server";

/** Pods that keep nothing, over zones, and one at a time taken for a node's drain. */
export function gatewayDeployment(
  request: S3Server,
  server: Server,
  { identity, replicas }: AzureBackend,
): KubernetesObject[] {
  const metadata = serverMetadata(request);
  const matchLabels = { app: serverName(request) };
  const template = serverPod(request, server);
  const minReadySeconds = 5;
  return [
    inPhase("data", {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { ...metadata, annotations: reloadOf(request, server) },
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        progressDeadlineSeconds: progressDeadline(template, minReadySeconds),
        minReadySeconds,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        selector: { matchLabels },
        template: spread(template, matchLabels, identity.podLabels),
      },
    }),
    ...(replicas > 1 ? [disruptionBudget(metadata, matchLabels)] : []),
  ];
}

function spread(
  template: PodTemplate,
  matchLabels: PodTemplate["metadata"]["labels"],
  podLabels: PodTemplate["metadata"]["labels"] = {},
): PodTemplate {
  const each = { maxSkew: 1, labelSelector: { matchLabels }, matchLabelKeys: ["pod-template-hash"] };
  return {
    metadata: { ...template.metadata, labels: { ...podLabels, ...template.metadata.labels } },
    spec: {
      ...template.spec,
      topologySpreadConstraints: [
        { ...each, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
        { ...each, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
      ],
    },
  };
}
