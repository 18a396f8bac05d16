import { VirtualNetworkPeering } from "@cdktf/provider-azurerm/lib/virtual-network-peering";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { sha256 } from "../../model/sha256";
import { connected } from "./connected";
import { AZURE_NAMES } from "./names";
import type { ConnectedNetwork } from "./props";
import type { Settings } from "./settings";

/** A network that is given by its id, and a short name for it that no other one of the list has. */
export interface Neighbour {
  readonly id: string;
  readonly networkId: string;
  /** Whether it is to find private endpoints by the names in this environment's zones. */
  readonly privateLink: boolean;
}

export const neighbours = (networks: readonly (string | ConnectedNetwork)[]): Neighbour[] =>
  networks.map(connected).map(({ id, names }) => ({
    id: sha256(id.toLowerCase()).slice(0, 8),
    networkId: id,
    privateLink: names,
  }));

export interface PeeringProps {
  readonly settings: Settings;
  /** The environment's own network. */
  readonly here: { readonly resourceGroupName: string; readonly name: string; readonly id: string };
  readonly neighbour: Neighbour;
}

/**
 * Ways between the environment's network and another one. Both ends have to be made: that of a network in another
 * subscription, which this provider does not manage, is its owner's.
 */
export class Peering extends Construct {
  constructor(scope: Construct, id: string, { settings, here, neighbour }: PeeringProps) {
    super(scope, id);
    const { networkId } = neighbour;
    const [, , subscription = "", , group = "", , , , name = ""] = networkId.split("/");
    const there = new VirtualNetworkPeering(this, "There", {
      name: fitName([name, neighbour.id], AZURE_NAMES.networking),
      resourceGroupName: here.resourceGroupName,
      virtualNetworkName: here.name,
      remoteVirtualNetworkId: networkId,
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
    });
    if (subscription.toLowerCase() !== settings.subscriptionId.toLowerCase()) return;
    new VirtualNetworkPeering(this, "Back", {
      name: fitName([settings.names.network, neighbour.id], AZURE_NAMES.networking),
      resourceGroupName: group,
      virtualNetworkName: name,
      remoteVirtualNetworkId: here.id,
      allowVirtualNetworkAccess: true,
      // Azure refuses to change one network twice at a time.
      dependsOn: [there],
    });
  }
}
