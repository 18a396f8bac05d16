import { SYSTEM_NODES } from "../../../kubernetes/facts";
import type { JsonObject } from "../../../kubernetes/json";
import { clusterTag, TIER_TAG } from "../names";
import type { CompletePool } from "./pool";

/** The pool, its class, and the label of its nodes: as the managed group was called that it stands for. */
const NAME = "general";

export interface PoolObjectsProps {
  readonly pool: CompletePool;
  readonly clusterName: string;
  readonly instanceProfile: string;
  /** Subnets of nodes, where no tags tell them. @default - those with the tags that this program gives */
  readonly subnetIds?: readonly string[];
  /** Nodes have the cluster's own group and no other, as managed ones do. */
  readonly securityGroupId: string;
  /** `1.50.0-1a2b3c4d`: version of the Bottlerocket image. */
  readonly imageVersion: string;
  /** Tags of machines and disks. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What nodes are made of and when they go: an EC2NodeClass and a NodePool. */
export function poolObjects(props: PoolObjectsProps): JsonObject[] {
  return [nodeClass(props), nodePool(props.pool)];
}

const DISK = { volumeType: "gp3", encrypted: true, deleteOnTermination: true } as const;

const subnetTerms = ({ subnetIds, clusterName }: PoolObjectsProps): JsonObject[] =>
  subnetIds === undefined
    ? // Both tags: the tier alone could be another cluster's, the cluster's alone is on public subnets too.
      [{ tags: { [TIER_TAG]: "private", [clusterTag(clusterName)]: "shared" } }]
    : subnetIds.map((id) => ({ id }));

function nodeClass(props: PoolObjectsProps): JsonObject {
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: NAME },
    spec: {
      // Pinned when the stack is deployed, as managed groups are: with `latest` nodes would be replaced whenever AWS
      // publishes an image, and no plan would have said so.
      amiSelectorTerms: [{ alias: `bottlerocket@v${props.imageVersion}` }],
      instanceProfile: props.instanceProfile,
      subnetSelectorTerms: subnetTerms(props),
      securityGroupSelectorTerms: [{ id: props.securityGroupId }],
      associatePublicIPAddress: false,
      // One hop: a pod in its own network namespace cannot reach the node's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        // Bottlerocket keeps the system on the first disk and everything that grows on the second.
        { deviceName: "/dev/xvda", ebs: { ...DISK, volumeSize: "4Gi" } },
        { deviceName: "/dev/xvdb", ebs: { ...DISK, volumeSize: `${props.pool.diskGib}Gi` } },
      ],
      detailedMonitoring: true,
      tags: { ...props.tags, Name: `${props.clusterName}-${NAME}` },
    },
  };
}

const oneOf = (key: string, values: readonly string[]): JsonObject => ({ key, operator: "In", values });

function nodePool(pool: CompletePool): JsonObject {
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: NAME },
    spec: {
      template: {
        metadata: { labels: { [SYSTEM_NODES.label.key]: NAME } },
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: NAME },
          requirements: [
            oneOf("kubernetes.io/os", ["linux"]),
            oneOf("kubernetes.io/arch", pool.architectures),
            oneOf("karpenter.sh/capacity-type", pool.capacity),
            ...instanceRequirements(pool.instances),
          ],
          // Each deploy replaces nodes of an older image; this is for those that nobody deploys to.
          expireAfter: "720h",
          // A pod that cannot be evicted holds its node no longer than this: a workload's own grace is an hour at most.
          terminationGracePeriod: "90m",
        },
      },
      limits: { cpu: String(pool.cpuLimit) },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        // A rollout's surge leaves nodes half empty for minutes.
        consolidateAfter: "5m",
        budgets: [
          { nodes: "100%", reasons: ["Empty"] },
          { nodes: "10%", reasons: ["Underutilized"] },
          // A third at a time, as managed groups are updated.
          { nodes: "33%", reasons: ["Drifted"] },
        ],
      },
    },
  };
}

/** The sixth generation is the oldest in which all of the usual families run on Nitro, and two vCPUs leave room beside daemons. */
function instanceRequirements(instances: CompletePool["instances"]): JsonObject[] {
  if ("types" in instances) return [oneOf("node.kubernetes.io/instance-type", instances.types)];
  return [
    oneOf("karpenter.k8s.aws/instance-category", instances.categories),
    { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["5"] },
    { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["1"] },
  ];
}
