import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { ResourceDefaults } from "./resource-group";

export interface PrivateEndpointProps {
  readonly name: string;
  /** Name of the connection behind it, within the endpoint. @default - the endpoint's own name */
  readonly connection?: string;
  /** What is outside of the network, and which of its services. */
  readonly target: { readonly id: string; readonly subresource: string };
  readonly subnetId: string;
  /** Where the service's name is looked up inside. */
  readonly zoneId: string;
  /** What it waits for. @default - nothing */
  readonly after?: readonly ITerraformDependable[];
}

/** An address in the network for a service that is outside of it, and the service's name there. */
export function createPrivateEndpoint(
  scope: Construct,
  defaults: ResourceDefaults,
  props: PrivateEndpointProps,
): PrivateEndpoint {
  const { name, connection = name, target, subnetId, zoneId, after } = props;
  return new PrivateEndpoint(scope, "Endpoint", {
    ...defaults,
    name,
    subnetId,
    privateServiceConnection: {
      name: connection,
      privateConnectionResourceId: target.id,
      subresourceNames: [target.subresource],
      isManualConnection: false,
    },
    privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [zoneId] },
    dependsOn: after && [...after],
  });
}
