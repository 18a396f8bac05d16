import type { KubernetesClusterDefaultNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Construct } from "constructs";
import { SYSTEM_NODES } from "../../kubernetes/facts";
import type { CheckException } from "../../model/check-exception";
import { exceptChecks } from "../../terraform/check-exceptions";
import { poolName, standInName } from "./names";
import type { NodePool, Zone } from "./props";
import type { Tags } from "./resource-tags";
import { type Settings, SYSTEM_POOL } from "./settings";

export interface PoolProps {
  readonly name: string;
  readonly pool: Required<NodePool>;
  readonly zone: Zone;
  readonly subnetId: string;
  readonly settings: Settings;
  readonly tags: Tags;
}

/** Pods that run to their end get half an hour before their node is taken away for an update. */
const DRAIN_MINUTES = 30;

export const WITHOUT_HOST_ENCRYPTION: CheckException = {
  checks: ["CKV_AZURE_227"],
  reason: "the environment does without it, as its subscription lacks the feature EncryptionAtHost",
};

/**
 * What all pools have. One pool stands in one zone: the autoscaler then finds the zone that a pod's disk is in, and keeps
 * pools of one name alike.
 */
function common({ name, pool, zone, subnetId, settings, tags }: PoolProps) {
  const inZone = poolName(name, zone);
  return {
    name: inZone,
    // While another size replaces it, pods have somewhere to be.
    temporaryNameForRotation: standInName(inZone),
    vmSize: pool.vmSize,
    zones: [zone],
    vnetSubnetId: subnetId,
    autoScalingEnabled: true,
    minCount: pool.min,
    maxCount: pool.max,
    maxPods: 110,
    orchestratorVersion: settings.kubernetesVersion,
    osSku: "AzureLinux",
    osDiskSizeGb: pool.diskGib,
    // On the disk that the environment's key encrypts, and that survives a stop.
    osDiskType: "Managed",
    hostEncryptionEnabled: settings.hostEncryption,
    nodePublicIpEnabled: false,
    nodeLabels: { [SYSTEM_NODES.label.key]: name },
    tags,
    upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: DRAIN_MINUTES, nodeSoakDurationInMinutes: 0 },
  };
}

/** The pool that a cluster cannot be without: add-ons, in the first zone. */
export const defaultPool = (props: PoolProps): KubernetesClusterDefaultNodePool => ({
  ...common(props),
  type: "VirtualMachineScaleSets",
  onlyCriticalAddonsEnabled: true,
});

export interface ZonePoolProps extends PoolProps {
  readonly clusterId: string;
}

/** Every other pool: add-ons in the other zones, and applications. */
export class ZonePool extends Construct {
  readonly pool: KubernetesClusterNodePool;

  constructor(scope: Construct, id: string, props: ZonePoolProps) {
    super(scope, id);
    const { clusterId } = props;
    const system = props.name === SYSTEM_POOL;
    this.pool = new KubernetesClusterNodePool(this, "Default", {
      ...common(props),
      kubernetesClusterId: clusterId,
      mode: system ? "System" : "User",
      osType: "Linux",
      nodeTaints: system ? [`${SYSTEM_NODES.taintKey}=true:NoSchedule`] : undefined,
    });
    if (!props.settings.hostEncryption) exceptChecks(this.pool, WITHOUT_HOST_ENCRYPTION);
  }
}
