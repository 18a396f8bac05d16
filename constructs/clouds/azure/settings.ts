import { SYSTEM_NODES } from "../../kubernetes/facts";
import { withDefaults } from "../../model/defaults";
import type { Profile } from "../../model/environment";
import type { Service } from "../../model/service";
import type { CloudEnvironment } from "../cloud";
import { DEFAULT_LOG_RETENTION_DAYS } from "../shared/log-retention";
import type { MadeOrExisting } from "../shared/made-or-existing";
import type { AzureLocation } from "./locations";
import { clusterName, clusterNames } from "./names";
import { type AzureNetwork, type ExistingVirtualNetwork, isMade } from "./network-props";
import type { AzureProps, KubernetesVersion, NodePool, Zone } from "./props";
import { type PlannedSubnets, planSubnets } from "./subnets";

/** A network of the environment's own, with every default applied. */
export interface NetworkSettings {
  readonly cidr: string;
  readonly subnets: PlannedSubnets;
  readonly natGateways: "per-zone" | "single";
  readonly watcher: { readonly name: string; readonly resourceGroup: string };
  readonly createWatcher: boolean;
}

/** `AzureProps` of an environment with every default applied. */
export interface Settings {
  readonly environment: string;
  readonly location: AzureLocation;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly clusterName: string;
  readonly names: ReturnType<typeof clusterNames>;
  readonly kubernetesVersion: KubernetesVersion;
  /** The network that is made, or the one that somebody else has made. */
  readonly network: MadeOrExisting<NetworkSettings, ExistingVirtualNetwork>;
  /** Zones, at least two. */
  readonly zones: readonly [Zone, ...Zone[]];
  readonly apiServerInNetwork: boolean;
  readonly logRetentionDays: number;
  /** Whether the data plane follows names. */
  readonly knowsNames: boolean;
  readonly system: Required<NodePool>;
  readonly pools: Readonly<Record<string, Required<NodePool>>>;
  readonly hostEncryption: boolean;
  readonly keyGeneration: number;
  readonly protect: boolean;
  readonly locks: boolean;
  /** Services of the environment's applications: the network is told what kinds of other programs need of it. */
  readonly services: readonly Service[];
}

const DEFAULT_KUBERNETES_VERSION: KubernetesVersion = "1.36";

/** The node pool where cluster add-ons run. */
export const SYSTEM_POOL = SYSTEM_NODES.label.value;

/** Addresses of Services and of pods, in no network: a node translates them on the way out. */
export const SERVICE_CIDR = "172.20.0.0/16";
export const CLUSTER_DNS = "172.20.0.10";
export const POD_CIDR = "10.244.0.0/16";

/** What AKS uses itself. https://learn.microsoft.com/en-us/azure/aks/concepts-network-cni-overview#aks-cni-networking-prerequisites */
export const RESERVED_CIDRS = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"] as const;

/** Each node takes a /24 of the pods' addresses. */
export const MAX_NODES = 256;

const DEFAULT_ZONES: Readonly<Record<Profile, readonly [Zone, ...Zone[]]>> = {
  production: ["1", "2", "3"],
  small: ["1", "2"],
};

const DEFAULT_DISK_GIB = 128;

export const DEFAULT_POOLS: Readonly<Record<Profile, { readonly system: NodePool; readonly general: NodePool }>> = {
  production: {
    system: { vmSize: "Standard_D4s_v5", min: 1, max: 3 },
    general: { vmSize: "Standard_D4s_v5", min: 1, max: 4 },
  },
  small: {
    system: { vmSize: "Standard_D2s_v5", min: 1, max: 2 },
    general: { vmSize: "Standard_D2s_v5", min: 0, max: 3 },
  },
};

const complete = (pool: NodePool): Required<NodePool> => withDefaults({ diskGib: DEFAULT_DISK_GIB }, pool);

export function settingsOf(props: AzureProps, environment: CloudEnvironment): Settings {
  const { profile, protect } = environment;
  const { location, subscriptionId, tenantId, network, nodes } = props;
  const { system, general } = DEFAULT_POOLS[profile];
  const cluster = clusterName(environment, props);
  const names = clusterNames(cluster, subscriptionId);
  return {
    environment: environment.name,
    location,
    subscriptionId,
    tenantId,
    clusterName: cluster,
    names,
    kubernetesVersion: props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION,
    network: networkSettings(network, { location, profile, resourceGroup: names.resourceGroup }),
    zones: given(network.zones) ?? DEFAULT_ZONES[profile],
    apiServerInNetwork: props.apiServerInNetwork ?? true,
    logRetentionDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS[profile],
    knowsNames: props.policiesByName !== undefined,
    system: complete(nodes?.system ?? system),
    pools: Object.fromEntries(
      Object.entries(nodes?.pools ?? { general }).map(([name, pool]) => [name, complete(pool)]),
    ),
    hostEncryption: nodes?.hostEncryption ?? true,
    keyGeneration: props.keys ?? 1,
    protect,
    locks: props.locks ?? protect,
    services: environment.applications.flatMap(({ services }) => services.map(({ service }) => service)),
  };
}

function networkSettings(
  network: AzureNetwork,
  of: { readonly location: AzureLocation; readonly profile: Profile; readonly resourceGroup: string },
): Settings["network"] {
  if (!isMade(network)) return { existing: network.existing };
  const createWatcher = network.createWatcher ?? false;
  const watcherGroup = createWatcher ? of.resourceGroup : "NetworkWatcherRG";
  return {
    made: {
      cidr: network.cidr,
      subnets: planSubnets(network.cidr),
      natGateways: network.natGateways ?? (of.profile === "production" ? "per-zone" : "single"),
      watcher: network.watcher ?? { name: `NetworkWatcher_${of.location}`, resourceGroup: watcherGroup },
      createWatcher,
    },
  };
}

function given(zones: readonly Zone[] | undefined): readonly [Zone, ...Zone[]] | undefined {
  const [first, ...others] = zones ?? [];
  return first === undefined ? undefined : [first, ...others];
}
