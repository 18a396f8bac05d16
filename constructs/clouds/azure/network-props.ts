/** The network of an environment: one that it makes, or one that somebody else has made. It stays the one or the other. */
export type AzureNetwork = MadeAzureNetwork | ExistingAzureNetwork;

/** A virtual network of the environment's own. */
export interface MadeAzureNetwork {
  /**
   * Block of the virtual network, private (RFC 1918), /16 to /22, apart from the cluster's own 10.244.0.0/16 (pods) and
   * 172.20.0.0/16 (Services) and what AKS reserves. Each zone gets an eighth of it for nodes. Cannot be changed later.
   */
  readonly cidr: string;
  /**
   * Availability zones for nodes, two or three of `"1"`, `"2"`, `"3"`. Append-only: the first one has the cluster's own
   * node pool and cannot be changed later. @default - `["1", "2", "3"]` in profile `production`, `["1", "2"]` in `small`
   */
  readonly zones?: readonly Zone[];
  /**
   * `per-zone`: one NAT gateway in each zone, so that losing a zone cuts off only that zone. `single`: one for all,
   * in the first zone, cheaper. @default - `per-zone` in profile `production`, `single` in `small`
   */
  readonly natGateways?: "per-zone" | "single";
  /**
   * The Network Watcher of the location, which the flow logs belong to. A subscription has one for each location.
   * @default - the one that Azure makes with the first network: `NetworkWatcher_<location>` in `NetworkWatcherRG`
   */
  readonly watcher?: { readonly name: string; readonly resourceGroup: string };
  /**
   * Whether the environment makes that Network Watcher, before its network: for a subscription that has opted out of those
   * that Azure makes. One environment of a location can; the others name it in `watcher`, and it goes with its environment.
   * @see https://learn.microsoft.com/en-us/azure/network-watcher/network-watcher-create
   * @default false
   */
  readonly createWatcher?: boolean;
  /** The other form's. @default - the network is made */
  readonly existing?: undefined;
}

/**
 * A virtual network that somebody else has made, in the environment's subscription: `network: { existing: {...} }`. Subnets,
 * their security groups, routes, NAT gateways, peerings and flow logs are its owner's. What the environment has there are
 * roles of the cluster's identity on the subnets of nodes, control plane and private endpoints, and links to its own private zones.
 */
export interface ExistingAzureNetwork {
  readonly existing: ExistingVirtualNetwork;
  /** Availability zones for nodes, append-only as those of a network that is made. @default - `["1", "2", "3"]` in profile `production`, `["1", "2"]` in `small` */
  readonly zones?: readonly Zone[];
}

export interface ExistingVirtualNetwork {
  /** `/subscriptions/…/virtualNetworks/…`, of the environment's subscription and location. */
  readonly id: string;
  /**
   * How nodes get out: by NAT gateways on their subnet, or by a route to a firewall or appliance in its route table. AKS
   * itself makes no way out. @see https://learn.microsoft.com/en-us/azure/aks/egress-outboundtype
   */
  readonly outbound: "userAssignedNATGateway" | "userDefinedRouting";
  /** Nodes of all zones: Azure's subnets span them. Pods have addresses of their own. */
  readonly nodes: AzureSubnet;
  /** The control plane: delegated to `Microsoft.ContainerService/managedClusters`, a /28 at least, and nobody else's. */
  readonly apiServer: AzureSubnet;
  /** Private endpoints of vaults, volumes and data services: with the service endpoint `Microsoft.Storage`. */
  readonly endpoints: AzureSubnet;
  /** Delegated to `Microsoft.DBforMySQL/flexibleServers`. */
  readonly mysql: AzureSubnet;
  /**
   * Ids of the private link zones that the network resolves already: a network can have each of them once. Private
   * endpoints then add their records there, and whoever deploys needs a role on them.
   * @default - zones of the environment's own, linked to the network
   */
  readonly privateLinkZones?: PrivateLinkZoneIds;
}

export interface AzureSubnet {
  /** Name of the subnet in the network. */
  readonly name: string;
  /** Its one block, private (RFC 1918). A plan stops where the subnet has another. */
  readonly cidr: string;
}

/** `/subscriptions/…/privateDnsZones/…`, of any subscription of the tenant. */
export interface PrivateLinkZoneIds {
  /** Private zone `privatelink.vaultcore.azure.net`. */
  readonly vault: string;
  /** Private zone `privatelink.blob.core.windows.net`. */
  readonly blob: string;
  /** Private zone `privatelink.file.core.windows.net`. */
  readonly file: string;
  /** Private zone `privatelink.redis.azure.net`. */
  readonly redis: string;
  /**
   * Those of kinds of services that have one of their own, by the names that Azure gives them.
   * @default - none, and a managed service of such a kind is refused
   */
  readonly kinds?: Readonly<Record<string, string>>;
}

export const ZONES = ["1", "2", "3"] as const;
export type Zone = (typeof ZONES)[number];

/** What stacks that stand on a cluster in such a network are told of it: ids. */
export interface GivenNetwork {
  readonly mysqlSubnet: string;
  readonly endpointSubnet: string;
  /** Private link zones. @default - those beside the cluster */
  readonly redisZone?: string;
  readonly blobZone?: string;
  /** Those of kinds of services, by their names. @default - those beside the cluster */
  readonly kindZones?: Readonly<Record<string, string>>;
}

export const isMade = (network: AzureNetwork): network is MadeAzureNetwork => network.existing === undefined;

/** Parts of the id of a virtual network, or of a subnet in one. */
export function partsOf(id: string) {
  const [, , subscription = "", , resourceGroup = "", , , , network = "", , subnet = ""] = id.split("/");
  return { subscription, resourceGroup, network, subnet };
}

export const subnetIdOf = (networkId: string, name: string): string => `${networkId}/subnets/${name}`;
