import { BEHAVIOR } from "../model/autoscaling";
import { caBundleFile } from "../model/ca-bundle";
import type { CaBundle, PodPeer } from "../model/connection";
import type { ResolvedApplication, ResolvedReplicated, ResolvedWorkload } from "../model/resolved";
import { runsToItsEnd } from "../model/resolved";
import { caBundlesName } from "./ca-bundles";
import { connectionsName } from "./connections";
import { secretName } from "./env";
import { workloadMetadata } from "./labels";
import type { ConfigMap, NetworkPolicy, ScaledObject, TriggerAuthentication, TriggerParameter } from "./objects";
import { podPeer } from "./policy-endpoints";
import type { WiredEdge, WiredWorkload } from "./provided";

/*
 * Workloads that KEDA scales on the length of a queue. It signs in as the workload does, at the address that the workload has,
 * and asks how many messages wait. The autoscaler is KEDA's: this program makes no other one for the workload.
 */

/** Where KEDA's operator is, which asks brokers. */
export const KEDA = { namespace: "keda", operator: "keda-operator" } as const;

const KEDA_PODS: PodPeer = { namespace: KEDA.namespace, labels: { app: KEDA.operator } };

/** No workload has a dot in its name, so nothing of another one is called so. */
const ownName = ({ objectName }: Pick<ResolvedWorkload, "objectName">): string => `${objectName}.queue`;

/**
 * Name of the autoscaler that KEDA makes. Another than `-hpa`: one of the two may still be there while the other comes, and
 * Kubernetes then scales by neither.
 */
const autoscalerName = ({ objectName }: Pick<ResolvedWorkload, "objectName">): string => `${objectName}-queue`;

export function scaledObject(application: ResolvedApplication, workload: ResolvedReplicated): ScaledObject | undefined {
  const { autoscaling, objectName } = workload;
  if (autoscaling?.queue === undefined) return undefined;
  return {
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    metadata: workloadMetadata(application, workload),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: objectName },
      minReplicaCount: autoscaling.min,
      maxReplicaCount: autoscaling.max,
      advanced: {
        // Whoever takes it away keeps the pods that there are.
        restoreToOriginalReplicaCount: false,
        horizontalPodAutoscalerConfig: {
          name: autoscalerName(workload),
          behavior: autoscaling.behavior ?? BEHAVIOR,
        },
      },
      triggers: [
        {
          type: "rabbitmq",
          metadata: {
            protocol: "amqp",
            mode: "QueueLength",
            queueName: autoscaling.queue,
            value: String(autoscaling.messagesPerPod ?? 1),
          },
          authenticationRef: { name: objectName },
        },
      ],
    },
  };
}

/** How KEDA comes to the queue: Terraform's, whoever releases, as addresses and passwords are. */
export function queueAccess(
  application: ResolvedApplication,
  wired: WiredWorkload,
): (ConfigMap | NetworkPolicy | TriggerAuthentication)[] {
  const { workload } = wired;
  if (runsToItsEnd(workload) || workload.autoscaling?.queue === undefined) return [];
  const edge = queueEdge(wired, workload);
  return [
    ...trust(application, workload, edge),
    triggerAuthentication(application, workload, edge),
    ...ways(application, workload, edge),
  ];
}

/** The edge to the broker, of which validation has found one. */
function queueEdge({ edges }: WiredWorkload, { name, autoscaling }: ResolvedReplicated): WiredEdge {
  const found = edges.find(
    ({ edge }) =>
      edge.to === "service" &&
      edge.service.service.queues !== undefined &&
      (autoscaling?.broker === undefined || edge.service.name === autoscaling.broker),
  );
  if (found === undefined) throw new Error(`workload ${name}: no edge to the broker of its queue`);
  return found;
}

/** What says that the server's certificate is checked against an authority of its own. KEDA knows the system's by itself. */
function trust(application: ResolvedApplication, workload: ResolvedReplicated, { connection }: WiredEdge): ConfigMap[] {
  if (connection?.caBundle === undefined) return [];
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: workloadMetadata(application, workload, ownName(workload)),
      data: { tls: "enable" },
    },
  ];
}

function triggerAuthentication(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
  wired: WiredEdge,
): TriggerAuthentication {
  const { edge, connection } = wired;
  const address = addressOf(application, workload, wired);
  const bundle = connection?.caBundle;
  const service = edge.to === "service" ? edge.service.name : "";
  const authority = bundle === undefined ? undefined : authorityOf(application, service, bundle);
  const secrets = [address, authority].flatMap((one) => (one !== undefined && "secret" in one ? [one.secret] : []));
  const configMaps = [
    ...[address, authority].flatMap((one) => (one !== undefined && "configMap" in one ? [one.configMap] : [])),
    ...(bundle === undefined ? [] : [{ parameter: "tls", name: ownName(workload), key: "tls" } as const]),
  ];
  return {
    apiVersion: "keda.sh/v1alpha1",
    kind: "TriggerAuthentication",
    metadata: workloadMetadata(application, workload),
    spec: {
      ...(secrets.length > 0 && { secretTargetRef: secrets }),
      ...(configMaps.length > 0 && { configMapTargetRef: configMaps }),
    },
  };
}

type Place = { readonly secret: TriggerParameter } | { readonly configMap: TriggerParameter };

/** Where the workload itself finds it: in the application's Secret, or beside it where nobody signs in. */
function addressOf(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
  { edge, variables }: WiredEdge,
): Place {
  const name = edge.to === "service" ? `${edge.prefix}${edge.service.service.queues?.address ?? ""}` : "";
  const variable = variables.find((one) => one.name === name);
  if (variable === undefined)
    throw new Error(`workload ${workload.name}: no variable ${name} with the address of its queue`);
  if ("value" in variable) return { configMap: { parameter: "host", name: connectionsName(workload), key: name } };
  return { secret: { parameter: "host", name: secretName(application), key: variable.secretKey } };
}

function authorityOf(application: ResolvedApplication, service: string, bundle: CaBundle): Place {
  if (typeof bundle !== "string") return { secret: { parameter: "ca", name: bundle.secret, key: bundle.key } };
  return { configMap: { parameter: "ca", name: caBundlesName(application), key: caBundleFile(service) } };
}

/** KEDA's way to brokers in the namespace, which lets nobody in by itself. */
function ways(
  application: ResolvedApplication,
  workload: ResolvedReplicated,
  { connection }: WiredEdge,
): NetworkPolicy[] {
  return (connection?.endpoints ?? []).flatMap((endpoint): NetworkPolicy[] => {
    if (!("pods" in endpoint) || endpoint.pods.namespace !== application.namespace) return [];
    return [
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: workloadMetadata(application, workload, ownName(workload)),
        spec: {
          podSelector: { matchLabels: endpoint.pods.labels },
          policyTypes: ["Ingress"],
          ingress: [{ from: [podPeer(KEDA_PODS)], ports: [{ port: endpoint.port, protocol: "TCP" }] }],
        },
      },
    ];
  });
}
