import { ContainerNodePool, type ContainerNodePoolConfig } from "@cdktf/provider-google/lib/container-node-pool";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { SYSTEM_NODES } from "../../kubernetes/facts";
import { fitName } from "../../model/names";
import type { ResolvedRegistries } from "../../model/registries";
import { diskTypeOf } from "./machine-types";
import { GOOGLE_NAMES } from "./names";
import { PODS_PER_NODE } from "./network-plan";
import type { NodePool } from "./props";
import { READER, readRepositories } from "./registries";
import { type Settings, SYSTEM_POOL, SYSTEM_TAINT } from "./settings";

/** A node's own rights: write logs and metrics, pull images of the project. Pods have theirs by Workload Identity. */
const NODE_ROLES = {
  Node: "roles/container.defaultNodeServiceAccount",
  Images: READER,
} as const;

export interface NodeAccountProps {
  readonly settings: Settings;
  /** APIs that the account needs, switched on. */
  readonly apis: readonly ITerraformDependable[];
  readonly registries?: ResolvedRegistries;
}

/** The service account of machines. Compute Engine's default one is editor of the project in many of them. */
export class NodeAccount extends Construct {
  readonly email: string;
  /** Dependencies: until these exist a node reports nothing and pulls nothing. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { settings, apis, registries }: NodeAccountProps) {
    super(scope, id);
    const { project, clusterName } = settings;
    const account = new ServiceAccount(this, "Default", {
      accountId: fitName([clusterName, "nodes"], GOOGLE_NAMES.serviceAccount),
      displayName: `Nodes of ${clusterName}`,
      dependsOn: [...apis],
    });
    this.email = account.email;
    const { member } = account;
    this.permissions = [
      ...Object.entries(NODE_ROLES).map(([name, role]) => new ProjectIamMember(this, name, { project, role, member })),
      ...readRepositories(this, { project, member }, registries),
    ];
  }
}

/** What a machine may ask Google for; IAM decides what it gets. */
export const OAUTH_SCOPES = ["https://www.googleapis.com/auth/cloud-platform"];

export interface NodePoolProps {
  readonly name: string;
  readonly pool: Required<NodePool>;
  readonly settings: Settings;
  /** Id of the cluster, so that the pool comes after it. */
  readonly clusterId: string;
  readonly accountEmail: string;
  readonly diskKeyId: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Container-Optimized OS machines. GKE replaces ill ones, and all of them in turn for a newer image or version. */
export class StandardNodePool extends Construct {
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { name, pool, settings } = props;
    new ContainerNodePool(this, "Default", {
      cluster: props.clusterId,
      location: settings.region,
      nodeLocations: [...settings.zones],
      // A prefix, so that a replacement can exist beside the pool it replaces.
      namePrefix: `${name}-`,
      // In each zone, once; from then on the autoscaler decides.
      initialNodeCount: 1,
      autoscaling: {
        totalMinNodeCount: pool.min,
        totalMaxNodeCount: pool.max,
        // Spot machines come from wherever there are some.
        locationPolicy: pool.capacity === "spot" ? "ANY" : "BALANCED",
      },
      maxPodsPerNode: PODS_PER_NODE,
      management: { autoRepair: true, autoUpgrade: true },
      // A new machine first, then the old one goes.
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: nodeConfig(props),
      dependsOn: [...props.dependsOn],
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["initial_node_count"] },
    });
  }
}

/** What all machines have in common. */
export const machine = ({ machineType, diskGib, settings, accountEmail, diskKeyId }: MachineProps) =>
  ({
    machineType,
    imageType: "COS_CONTAINERD",
    diskType: diskTypeOf(machineType),
    diskSizeGb: diskGib,
    bootDiskKmsKey: diskKeyId,
    serviceAccount: accountEmail,
    oauthScopes: OAUTH_SCOPES,
    // A pod that asks for the machine's identity gets its own, or none.
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    metadata: { "disable-legacy-endpoints": "true" },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
    // Of the machines: default labels of the provider stop at the cluster.
    resourceLabels: settings.labels,
  }) satisfies Machine;

function nodeConfig({ name, pool, settings, accountEmail, diskKeyId }: NodePoolProps): Machine {
  return {
    ...machine({ machineType: pool.machineType, diskGib: pool.diskGib, settings, accountEmail, diskKeyId }),
    spot: pool.capacity === "spot",
    labels: { [SYSTEM_NODES.label.key]: name },
    taint: name === SYSTEM_POOL ? [SYSTEM_TAINT] : undefined,
  };
}

export interface MachineProps extends Pick<NodePoolProps, "settings" | "accountEmail" | "diskKeyId"> {
  readonly machineType: string;
  readonly diskGib: number;
}

type Machine = NonNullable<ContainerNodePoolConfig["nodeConfig"]>;
