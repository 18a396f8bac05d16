import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import type { ClusterNetwork } from "./cluster-network";
import { AZURE_NAMES, SUBNETS } from "./names";
import { type Nat, NodeZone } from "./node-zone";
import { neighbours, Peering } from "./peering";
import { PrivateZones } from "./private-zones";
import type { ClusterEndpoint, Zone } from "./props";
import type { ResourceDefaults } from "./resource-group";
import { type Entrance, SecurityGroup, type SecurityGroupProps } from "./security-group";
import { AZURE_PROVISIONERS } from "./services/provisioners";
import { type NetworkSettings, POD_CIDR, type Settings } from "./settings";

const HTTPS = 443;
const MYSQL = 3306;
const NFS = 2049;

/** Ports of the control plane in its subnet. https://learn.microsoft.com/en-us/azure/aks/api-server-vnet-integration#network-security-group-nsg-security-rules */
const API_SERVER = [HTTPS, 4443] as const;
const API_SERVER_HEALTH = 9988;

export interface NetworkProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  readonly made: NetworkSettings;
  readonly endpoint: ClusterEndpoint;
  /** Resources that the network waits for. @default - none */
  readonly after?: readonly ITerraformDependable[];
}

/** Ports of vaults, of volumes, and of the data services that have private endpoints. */
const endpointPorts = ({ services }: Settings): readonly number[] => [
  ...new Set([HTTPS, NFS, ...AZURE_PROVISIONERS.all(services).flatMap(({ facts }) => facts?.endpointPort ?? [])]),
];

/**
 * A virtual network with a subnet for nodes in each zone, one for the control plane, and two for data services: private
 * endpoints and MySQL. What a subnet is not for stays out of it.
 */
export class Network extends Construct implements ClusterNetwork {
  readonly id: string;
  readonly nodeSubnetIds: Readonly<Partial<Record<Zone, string>>>;
  readonly joined: ClusterNetwork["joined"];
  readonly apiServerSubnetId: string | undefined;
  readonly natAddresses: readonly string[];
  readonly outbound = "userAssignedNATGateway";
  readonly endpointSubnetId: string;
  readonly zones: PrivateZones;
  readonly ready: readonly ITerraformDependable[];

  readonly #defaults: ResourceDefaults;
  readonly #settings: Settings;
  readonly #made: NetworkSettings;

  constructor(scope: Construct, id: string, { defaults, settings, made, endpoint, after = [] }: NetworkProps) {
    super(scope, id);
    this.#defaults = defaults;
    this.#settings = settings;
    this.#made = made;
    const network = new VirtualNetwork(this, "Default", {
      ...defaults,
      name: settings.names.network,
      addressSpace: [made.cidr],
      ...(after.length > 0 && { dependsOn: [...after] }),
    });
    this.id = network.id;
    const nodeZones = this.#createNodeZones(network.name);
    this.nodeSubnetIds = Object.fromEntries([...nodeZones].map(([zone, { subnetId }]) => [zone, subnetId]));
    this.natAddresses = [...new Set([...nodeZones.values()].map(({ nat }) => nat.address))];
    this.apiServerSubnetId = settings.apiServerInNetwork ? this.#createApiServerSubnet(network.name) : undefined;
    this.endpointSubnetId = this.#subnet(network.name, "Endpoints", SUBNETS.endpoints, made.subnets.endpoints, {
      // Rules of the security group hold for private endpoints only where this says so.
      privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
      // The driver of shared volumes puts it where it is not, which it has no right to. Nothing here uses it.
      serviceEndpoints: ["Microsoft.Storage"],
    });
    const mysqlSubnetId = this.#subnet(network.name, "Mysql", SUBNETS.mysql, made.subnets.mysql, {
      delegation: [
        {
          name: "mysql",
          serviceDelegation: {
            name: "Microsoft.DBforMySQL/flexibleServers",
            actions: ["Microsoft.Network/virtualNetworks/subnets/join/action"],
          },
        },
      ],
    });
    const groups = this.#guard(endpoint, { mysqlSubnetId });

    const connected = endpoint.access === "private" ? neighbours(endpoint.networks ?? []) : [];
    for (const neighbour of connected) {
      const { resourceGroupName } = defaults;
      const here = { resourceGroupName, name: network.name, id: network.id };
      new Peering(this, `Peering-${neighbour.id}`, { settings, here, neighbour });
    }
    this.zones = new PrivateZones(this, "Dns", {
      defaults,
      settings,
      resolvers: [{ id: "own", networkId: network.id, privateLink: true }, ...connected],
    });
    this.joined = [
      ...Object.entries(this.nodeSubnetIds).map(([zone, id]) => ({ name: `Nodes${zone}`, id })),
      ...(this.apiServerSubnetId === undefined ? [] : [{ name: "ApiServer", id: this.apiServerSubnetId }]),
    ];
    this.ready = [...[...nodeZones.values()].map(({ egress }) => egress), ...groups];
  }

  #createApiServerSubnet(networkName: string): string {
    return this.#subnet(networkName, "ApiServer", SUBNETS.apiServer, this.#made.subnets.apiServer, {
      delegation: [
        {
          name: "aks",
          serviceDelegation: {
            name: "Microsoft.ContainerService/managedClusters",
            actions: ["Microsoft.Network/virtualNetworks/subnets/join/action"],
          },
        },
      ],
    });
  }

  #createNodeZones(networkName: string): ReadonlyMap<Zone, NodeZone> {
    const zones = new Map<Zone, NodeZone>();
    let shared: Nat | undefined;
    for (const zone of this.#settings.zones) {
      const created = new NodeZone(this, `Zone${zone}`, {
        defaults: this.#defaults,
        settings: this.#settings,
        made: this.#made,
        zone,
        networkName,
        nat: shared,
      });
      if (this.#made.natGateways === "single") shared = created.nat;
      zones.set(zone, created);
    }
    return zones;
  }

  #subnet(
    virtualNetworkName: string,
    id: string,
    name: string,
    block: string,
    more: Pick<
      ConstructorParameters<typeof Subnet>[2],
      "delegation" | "privateEndpointNetworkPolicies" | "serviceEndpoints"
    >,
  ): string {
    return new Subnet(this, id, {
      name,
      resourceGroupName: this.#defaults.resourceGroupName,
      virtualNetworkName,
      addressPrefixes: [block],
      defaultOutboundAccessEnabled: false,
      ...more,
    }).id;
  }

  /** What the control plane may reach, where it has addresses in the network. Elsewhere it comes by a tunnel of the nodes. */
  #fromApiServer(entrance: Omit<Entrance, "from">): Entrance[] {
    const { subnets } = this.#made;
    return this.#settings.apiServerInNetwork ? [{ ...entrance, from: [subnets.apiServer] }] : [];
  }

  /** What each subnet lets in. Pods come with their node's address to whatever is not a pod. */
  #guard(endpoint: ClusterEndpoint, { mysqlSubnetId }: { readonly mysqlSubnetId: string }) {
    const defaults = this.#defaults;
    const settings = this.#settings;
    const made = this.#made;
    const { subnets } = made;
    const nodes = settings.zones.map((zone) => subnets.nodes[zone]);
    // Those from outside reach the API server alone, and vaults at their public address.
    const callers = endpoint.access === "private" ? (endpoint.cidrs ?? [made.cidr]) : endpoint.cidrs;
    const name = (of: string): string => fitName([settings.clusterName, of], AZURE_NAMES.networking);
    const group = (id: string, of: string, props: Pick<SecurityGroupProps, "subnets" | "entrances">) =>
      new SecurityGroup(this, id, { defaults, name: name(of), ...props });
    return [
      group("NodeRules", "nodes", {
        subnets: Object.fromEntries(
          Object.entries(this.nodeSubnetIds).map(([zone, subnet]) => [`nodes-${zone}`, subnet]),
        ),
        entrances: [
          // AKS puts rules for its load balancers into a group of its own, never into this one.
          {
            name: "clients",
            description: "Of routes",
            from: "Internet",
            ports: [80, HTTPS],
            exception: {
              checks: ["CKV_AZURE_160"],
              reason:
                "port 80 sends browsers to HTTPS, and proves hosts to the authority that signs their certificates",
            },
          },
          { name: "nodes-and-pods", description: "Among each other", from: [...nodes, POD_CIDR] },
          ...this.#fromApiServer({ name: "api-server", description: "Kubelets and webhooks" }),
          { name: "health", description: "Probes of load balancers", from: "AzureLoadBalancer" },
        ],
      }),
      ...(this.apiServerSubnetId === undefined
        ? []
        : [
            group("ApiServerRules", "api-server", {
              subnets: { apiServer: this.apiServerSubnetId },
              entrances: [
                { name: "nodes", description: "Kubelets and pods", from: nodes, ports: API_SERVER },
                { name: "callers", description: "Of the Kubernetes API", from: callers, ports: [HTTPS] },
                { name: "itself", description: "Between its instances", from: [subnets.apiServer] },
                {
                  name: "health",
                  description: "Probes of its load balancer",
                  from: "AzureLoadBalancer",
                  ports: [API_SERVER_HEALTH],
                },
              ],
            }),
          ]),
      group("EndpointRules", "endpoints", {
        subnets: { endpoints: this.endpointSubnetId },
        entrances: [
          {
            name: "nodes",
            description: "Vaults, volumes and data services",
            from: nodes,
            ports: endpointPorts(settings),
          },
          ...this.#fromApiServer({ name: "api-server", description: "The key of Kubernetes Secrets", ports: [HTTPS] }),
          ...(endpoint.access === "private"
            ? [{ name: "callers", description: "Vaults, for whoever applies", from: callers, ports: [HTTPS] }]
            : []),
        ],
      }),
      group("MysqlRules", "mysql", {
        subnets: { mysql: mysqlSubnetId },
        entrances: [
          { name: "nodes", description: "Pods", from: nodes, ports: [MYSQL] },
          { name: "itself", description: "A server and its standby", from: [subnets.mysql] },
        ],
      }),
    ].flatMap(({ ready }) => ready);
  }
}
