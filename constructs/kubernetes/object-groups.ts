import type { Manifest, ResolvedGroupPods } from "../model/object-group";
import { type Bytes } from "../model/quantity";
import type { ResolvedApplication, ResolvedObjectGroup } from "../model/resolved";
import type { CloudFacts } from "./facts";
import { applicationLabels, COMPONENT_LABEL, NAME_LABEL, OBJECTS_COMPONENT } from "./labels";
import { type Callers, podsWithEdges, workloadRules } from "./network-policy";
import type { Labels, NetworkPolicy, PolicyByName } from "./objects";
import { byAddress, policyByName } from "./policies-by-name";
import { endpointRules, externalEndpoint } from "./policy-endpoints";
import type { PodCount } from "./quota";

/** An object of a group, in the application's namespace and with the labels by which everything of it is found. */
export interface OwnObject extends Manifest {
  readonly metadata: Manifest["metadata"] & { readonly namespace: string; readonly labels: Labels };
}

/** An object with what Terraform has to know of its group. */
export interface OwnResource {
  readonly object: OwnObject;
  readonly computedFields: readonly string[];
  /** Labels of the pods that it may bring, whose policies come first. @default - none */
  readonly podLabels: Labels | undefined;
  /** Names of the Deployments whose pods the group counts. */
  readonly scales: readonly string[];
}

const labelsOf = (application: ResolvedApplication, name: string, component: string): Labels => ({
  [NAME_LABEL]: name,
  [COMPONENT_LABEL]: component,
  ...applicationLabels(application),
});

/** Every object of the application's groups. */
export const ownResources = (application: ResolvedApplication): OwnResource[] =>
  application.objects.flatMap(({ name, manifests, pods, computedFields, scales }) =>
    manifests.map((manifest) => ({
      object: {
        ...manifest,
        metadata: {
          ...manifest.metadata,
          namespace: application.namespace,
          labels: { ...manifest.metadata.labels, ...labelsOf(application, name, OBJECTS_COMPONENT) },
        },
      },
      computedFields,
      podLabels: pods?.labels,
      scales: application.workloads.flatMap((one) => (Object.hasOwn(scales, one.name) ? [one.objectName] : [])),
    })),
  );

/** Pods of a group, as quotas count them. */
export const groupPods = ({ pods }: ResolvedObjectGroup): PodCount[] =>
  pods === undefined ? [] : [{ count: pods.count, containers: [pods.resources] }];

/** Volumes of a group, as quotas count them. */
export const groupStorage = ({ pods }: ResolvedObjectGroup): readonly Bytes[] => pods?.volumes ?? [];

/** Policies over the pods of a group: who of the application reaches them, and what they reach. */
export function groupPolicies(
  application: ResolvedApplication,
  group: ResolvedObjectGroup,
  around: { readonly callers: Callers; readonly facts: CloudFacts },
): (NetworkPolicy | PolicyByName | undefined)[] {
  const { pods } = group;
  if (pods === undefined) return [];
  const { facts } = around;
  const metadata = {
    name: pods.objectName,
    namespace: application.namespace,
    labels: labelsOf(application, group.name, OBJECTS_COMPONENT),
  };
  const reached = group.edges.flatMap((edge) => (edge.to === "external" ? [externalEndpoint(edge.external)] : []));
  return [
    policyByName(metadata, pods.labels, reached, facts),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata,
      spec: {
        podSelector: { matchLabels: pods.labels },
        policyTypes: ["Ingress", "Egress"],
        ingress: ingressRules(application, group.name, pods),
        egress: [...workloadRules(group.edges, around.callers), ...endpointRules(byAddress(reached, facts), facts)],
      },
    },
  ];
}

function ingressRules(
  application: ResolvedApplication,
  group: string,
  { service }: ResolvedGroupPods,
): NonNullable<NetworkPolicy["spec"]["ingress"]> {
  const from = podsWithEdges(application)
    .filter(({ edges }) =>
      edges.some((edge) => edge.to === "external" && edge.external.kind === "objects" && edge.name === group),
    )
    .map(({ labels }) => ({ podSelector: { matchLabels: labels } }));
  if (service === undefined || from.length === 0) return [];
  return [{ from, ports: [{ port: service.podPort, protocol: "TCP" }] }];
}
