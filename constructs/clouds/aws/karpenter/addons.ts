import { Construct } from "constructs";
import type { Addon } from "../../../addons/addon";
import { overZones, replicas, resources } from "../../../addons/scheduling";
import { SYSTEM_NODES } from "../../../kubernetes/facts";
import type { JsonObject } from "../../../kubernetes/json";
import type { Identity } from "../../cloud";
import { createAddonIdentity } from "../addon-identity";
import { environmentTags } from "../configure";
import { karpenterNames } from "../names";
import { latestBottlerocket } from "../nodes";
import type { KarpenterSettings } from "../place";
import type { ClusterAddonsInput } from "../platform-addons";
import { poolObjects } from "./objects";
import { karpenterStatements } from "./policy";
import { completePool } from "./pool";

const NAME = "karpenter";
const CHARTS = { repository: "oci://public.ecr.aws/karpenter", version: "1.14.1" } as const;

/** Where the API server answers the controller before everybody else. */
const NAMESPACE = { namespace: "kube-system", createNamespace: false } as const;

/**
 * Karpenter and, apart from it, the definitions of its kinds: Helm upgrades what a chart has as templates and never what
 * it has in its folder `crds`. The pool is a release of its own between the controller and all whose pods need a node.
 */
export function karpenterAddons(scope: Construct, input: ClusterAddonsInput, settings: KarpenterSettings): Addon[] {
  const { lookup, environment, place } = input;
  const { clusterName, region } = lookup;
  const subnetIds = place.subnets?.nodes;
  const identity = createAddonIdentity(scope, input, {
    name: NAME,
    namespace: NAMESPACE.namespace,
    serviceAccount: NAME,
    purpose: "starts and stops machines",
    statements: karpenterStatements(lookup, subnetIds),
  });
  const names = karpenterNames(clusterName, region);
  return [
    {
      name: `${NAME}-crd`,
      ...NAMESPACE,
      chart: { ...CHARTS, name: `${NAME}-crd` },
      // Kept on uninstall: without its definition every NodeClaim would go, and with it every machine.
      values: () => ({ additionalAnnotations: { "helm.sh/resource-policy": "keep" } }),
    },
    {
      name: NAME,
      ...NAMESPACE,
      chart: { ...CHARTS, name: NAME },
      images: (placeOf) => ({
        controller: { image: { repository: placeOf("public.ecr.aws/karpenter/controller") } },
      }),
      after: [`${NAME}-crd`],
      values: () => controller(environment, { clusterName, region, queue: names.queue, identity }),
      objects: poolObjects({
        pool: completePool(settings.pool, environment.profile),
        clusterName,
        instanceProfile: names.instanceProfile,
        subnetIds,
        securityGroupId: lookup.clusterSecurityGroupId,
        imageVersion: image(scope, settings),
        tags: { ...environmentTags(environment), "managed-by": NAME },
      }),
    },
  ];
}

/** Bottlerocket for one processor: both are released under one version. */
function image(scope: Construct, { image: given, kubernetesVersion }: KarpenterSettings): string {
  if (given !== undefined) return given;
  return latestBottlerocket(new Construct(scope, `${NAME}-nodes`), kubernetesVersion, "x86_64");
}

function controller(
  environment: ClusterAddonsInput["environment"],
  cluster: {
    readonly clusterName: string;
    readonly region: string;
    readonly queue: string;
    readonly identity: Identity;
  },
): JsonObject {
  const count = replicas(environment, 2);
  return {
    replicas: count,
    serviceAccount: { create: true, name: NAME, annotations: cluster.identity.annotations },
    settings: {
      clusterName: cluster.clusterName,
      eksControlPlane: true,
      interruptionQueue: cluster.queue,
      // No new nodes in a zone that is shifted away from.
      enableZonalShift: true,
    },
    controller: {
      // Pods cannot ask the machine's metadata for it.
      env: [{ name: "AWS_REGION", value: cluster.region }],
      resources: resources("250m", "1Gi", "1"),
    },
    // The node's resolver: DNS pods may be waiting for the very nodes that it makes.
    dnsPolicy: "Default",
    // A demand where other add-ons have a preference: on a node of its own making it would take itself away.
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: SYSTEM_NODES.label.key, operator: "In", values: [SYSTEM_NODES.label.value] },
                { key: "karpenter.sh/nodepool", operator: "DoesNotExist" },
              ],
            },
          ],
        },
      },
    },
    tolerations: [{ key: SYSTEM_NODES.taintKey, operator: "Exists" }],
    topologySpreadConstraints:
      count > 1 ? overZones({ "app.kubernetes.io/name": NAME, "app.kubernetes.io/instance": NAME }) : [],
  };
}
