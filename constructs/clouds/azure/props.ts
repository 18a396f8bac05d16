import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type {
  AllowListedEndpoint,
  ClusterAccess as SharedAccess,
  PrivateEndpoint as SharedPrivateEndpoint,
} from "../shared/access";
import type { RegionInNames } from "../shared/region-in-names";
import type { AzureLocation } from "./locations";
import type { AzureNetwork } from "./network-props";

export type {
  AzureNetwork,
  AzureSubnet,
  ExistingAzureNetwork,
  ExistingVirtualNetwork,
  MadeAzureNetwork,
  PrivateLinkZoneIds,
  Zone,
} from "./network-props";
export { ZONES } from "./network-props";
export type { RegionInNames } from "../shared/region-in-names";
export type { AllowListedEndpoint } from "../shared/access";

/** An environment on AKS: `cloud: azure({...})`. */
export interface AzureProps extends RegionInNames {
  /** A location with three availability zones: `germanywestcentral`. */
  readonly location: AzureLocation;
  /** Id of the subscription that everything is made in. */
  readonly subscriptionId: string;
  /** Id of the Entra tenant that the subscription trusts, and that people and pipelines sign in to. */
  readonly tenantId: string;
  /** A network of its own, or one that is there: `{ existing: {...} }`. */
  readonly network: AzureNetwork;
  /**
   * Who reaches the Kubernetes API. Blocks of an allow-list change in place. Between `private` and `allow-list` the provider makes
   * another cluster and deletes the one there is, with the disks of its volumes: chosen when the cluster is made. Where
   * the environment is protected such a plan is refused.
   */
  readonly endpoint: ClusterEndpoint;
  /**
   * Whether the control plane has its addresses in a subnet of the network (API Server VNet Integration). AKS takes that
   * back from no cluster, so it is chosen when the cluster is made; and busy locations refuse new ones for a while
   * (`AKSCapacityHeavyUsage`). With `false` a private endpoint leads to it by Private Link, in the nodes' subnet; an
   * allow-listed one is called by nodes at its public address, from their NAT gateways, which are on the list. The vault with
   * the keys of Secrets, disks and volumes then has to be open to all networks, guarded by Entra's roles alone.
   * @see https://learn.microsoft.com/en-us/azure/aks/api-server-vnet-integration
   * @default true
   */
  readonly apiServerInNetwork?: boolean;
  readonly access: ClusterAccess;
  /** @default - a node pool for add-ons and one for everything else, both of which grow and shrink with their pods */
  readonly nodes?: AzureNodes;
  /** @default - external-dns may edit no zone */
  readonly dns?: AzureDns;
  /**
   * Minor version of AKS in community support; one step up at a time. It carries the nodes along. AKS installs the
   * patches of it by itself, in the maintenance window.
   * @see https://learn.microsoft.com/en-us/azure/aks/supported-kubernetes-versions
   * @default "1.36"
   */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * Days that logs of control plane, network, vaults and data services are kept, 30 to 730.
   * @default 365 in profile `production`, 90 in `small`
   */
  readonly logRetentionDays?: number;
  /**
   * Whether hosts outside and Entra's sign-in are opened by their names (`CiliumNetworkPolicy`): `"beside"` what their port
   * to every public address opens, or `"instead"` of it. Switches on the security features of Advanced Container
   * Networking Services, which are billed by the hour of each node. A new cluster takes `"instead"` at once, one that exists
   * `"beside"` first: see "Edges to the outside" in docs/operations/azure.md.
   * @see https://learn.microsoft.com/en-us/azure/aks/container-network-security-fqdn-filtering-concepts
   * @default - by addresses alone
   */
  readonly policiesByName?: PoliciesByNameStage;
  /**
   * Name of the storage account with the Terraform state, unique on all of Azure.
   * @default - the environment's name, `tfstate` and a hash of both and the subscription
   */
  readonly stateAccount?: string;
  /**
   * Where the stack `state-<environment>`, which makes that storage account, keeps its own state: the file
   * `terraform.state-<environment>.tfstate` of whoever deploys it, or the storage account once it is there.
   * @see docs/operations/state.md @default "file"
   */
  readonly stateIn?: "file" | "account";
  /**
   * Ids of subnets with the service endpoint `Microsoft.Storage` from which the state may be read and written, beside
   * the blocks of an allow-listed `endpoint`: those of a runner in Azure, which reaches an account of its own location
   * from private addresses. @default - none; with a private endpoint the state is then guarded by Entra roles alone
   */
  readonly stateSubnets?: readonly string[];
  /**
   * AKS cluster to create, or to find where another program made it. Names everything around it, so it has to differ
   * from those of other environments in the subscription. @default - the environment's name
   */
  readonly clusterName?: string;
  /**
   * Generation of the keys of Kubernetes Secrets, disks and volumes: a higher number makes new ones, the old ones stay in
   * their vault. What was encrypted before is encrypted anew when it is written: see AKS on updating a key.
   * @see https://learn.microsoft.com/en-us/azure/aks/update-kms-key-vault @default 1
   */
  readonly keys?: number;
  /**
   * Management locks on what has no deletion protection of its own: the cluster and its volumes. A lock holds
   * for what belongs to a resource too: to take out or rebuild a node pool, say `false` in a run before.
   * @default - the environment's `protect`
   */
  readonly locks?: boolean;
}

/**
 * Who reaches the Kubernetes API and the key vaults of applications. Authentication comes on top of it: see
 * `ClusterAccess`.
 */
export type ClusterEndpoint = PrivateEndpoint | AllowListedEndpoint;

/**
 * Access only from inside the virtual network and networks connected to it: the runner that applies `<env>-platform` and
 * applications must be there. `<env>-cluster` can be applied from anywhere.
 */
export interface PrivateEndpoint extends SharedPrivateEndpoint {
  /**
   * Ids of virtual networks, that of the runner for instance, which are peered with the environment's and resolve its
   * private names. A network of another subscription needs the way back made by its owner. A network can have each
   * private link zone once, be it this environment's, another's or its owner's: see `ConnectedNetwork`.
   * @default - none: peering and private DNS are arranged elsewhere
   */
  readonly networks?: readonly (string | ConnectedNetwork)[];
}

/** A network that has private link zones already, so that Azure refuses to link it to the environment's. */
export interface ConnectedNetwork {
  readonly id: string;
  /**
   * Whether it is linked to the environment's private link zones. With `false` it is peered and resolves what has a zone
   * of its own, MySQL and the Kubernetes API; records of vaults are for its owner to add to the zones it has.
   */
  readonly names: boolean;
}

/**
 * Object ids of Entra users, groups and service principals that may use the Kubernetes API. Nobody else can, the
 * cluster's creator included: AKS has no local accounts. Of a service principal, the id of the object under "Enterprise
 * applications", not that of its registration. Deployers and administrators also write the state, secrets and keys.
 */
export type ClusterAccess = SharedAccess;

/** Machines with Azure Linux, at their newest image once a week in the maintenance window. */
export interface AzureNodes {
  /**
   * Where cluster add-ons run, tainted `CriticalAddonsOnly=true:NoSchedule`.
   * @default - one to three `Standard_D4s_v5` in each zone in profile `production`, one to two `Standard_D2s_v5` in `small`
   */
  readonly system?: NodePool;
  /**
   * Pools for applications, by name: up to 11 lower-case letters and digits, a letter first.
   * @default - `general`: one to four `Standard_D4s_v5` in each zone in profile `production`, none to three
   * `Standard_D2s_v5` in `small`
   */
  readonly pools?: Readonly<Record<string, NodePool>>;
  /**
   * Whether machines encrypt their caches and temporary disks too. The subscription has to have the feature: `az feature
   * register --namespace Microsoft.Compute --name EncryptionAtHost`, then `az provider register --namespace
   * Microsoft.Compute`. @see https://learn.microsoft.com/en-us/azure/aks/enable-host-encryption @default true
   */
  readonly hostEncryption?: boolean;
}

/** Made once in each zone, so that the autoscaler can put a node where a pod's disk is. */
export interface NodePool {
  /** Size of its machines: `Standard_D4s_v5`. Those with a `p` among the small letters are ARM. */
  readonly vmSize: string;
  /** The fewest nodes in each zone: 1 at least in `system`, 0 at least in others. */
  readonly min: number;
  /** The most nodes in each zone. During an update another third comes on top for a while. */
  readonly max: number;
  /** Disk of images, logs and temporary files, in GiB, 30 to 2048. @default 128 */
  readonly diskGib?: number;
}

export interface AzureDns {
  /** Public zones of Azure DNS that external-dns may edit; it leaves all others alone. All in one resource group. */
  readonly zones: readonly DnsZone[];
}

export interface DnsZone {
  /** Domain of the zone: `example.com`. */
  readonly name: string;
  /** Resource group that the zone is in, of the environment's subscription. */
  readonly resourceGroup: string;
}

export const KUBERNETES_VERSIONS = ["1.36", "1.35"] as const;
export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number];
