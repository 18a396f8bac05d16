import { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway";
import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { AZURE_NAMES, nodeSubnet } from "./names";
import type { Zone } from "./props";
import type { ResourceDefaults } from "./resource-group";
import type { NetworkSettings, Settings } from "./settings";

/** The way out of one zone or of all: its id, its address, and when it has that. */
export interface Nat {
  readonly id: string;
  readonly address: string;
  readonly ready: ITerraformDependable;
}

export interface NodeZoneProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  readonly made: NetworkSettings;
  readonly zone: Zone;
  readonly networkName: string;
  /** Way out that another zone has already. @default - the zone gets its own */
  readonly nat?: Nat;
}

/**
 * Nodes of one availability zone, and their way out. Subnets span zones, but a NAT gateway of the SKU that the pinned
 * provider knows stands in one zone and serves whole subnets: so that losing a zone cuts off nobody else, each zone has a
 * subnet of its own.
 */
export class NodeZone extends Construct {
  readonly subnetId: string;
  readonly nat: Nat;
  readonly egress: ITerraformDependable;

  readonly #zone: Zone;
  readonly #defaults: ResourceDefaults;

  constructor(scope: Construct, id: string, props: NodeZoneProps) {
    super(scope, id);
    const { defaults, settings, zone } = props;
    this.#zone = zone;
    this.#defaults = defaults;
    const subnet = new Subnet(this, "Nodes", {
      name: nodeSubnet(zone),
      resourceGroupName: defaults.resourceGroupName,
      virtualNetworkName: props.networkName,
      addressPrefixes: [props.made.subnets.nodes[zone]],
      // Machines would otherwise have a way out that nobody sees, past the NAT gateway, whenever that is missing.
      defaultOutboundAccessEnabled: false,
    });
    this.nat = props.nat ?? this.#createNat(settings.clusterName);
    this.egress = new SubnetNatGatewayAssociation(this, "NatAssociation", {
      subnetId: subnet.id,
      natGatewayId: this.nat.id,
      dependsOn: [this.nat.ready],
    });
    this.subnetId = subnet.id;
  }

  #createNat(cluster: string): Nat {
    const name = fitName([cluster, "nat", this.#zone], AZURE_NAMES.networking);
    const address = new PublicIp(this, "NatAddress", {
      ...this.#defaults,
      name,
      sku: "Standard",
      allocationMethod: "Static",
      zones: [this.#zone],
    });
    const nat = new NatGateway(this, "Nat", { ...this.#defaults, name, skuName: "Standard", zones: [this.#zone] });
    const ready = new NatGatewayPublicIpAssociation(this, "NatAddressAssociation", {
      natGatewayId: nat.id,
      publicIpAddressId: address.id,
    });
    return { id: nat.id, address: address.ipAddress, ready };
  }
}
