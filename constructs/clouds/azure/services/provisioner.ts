import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { CloudFacts } from "../../../kubernetes/facts";
import type { Service } from "../../../model/service";
import type { DescribeRequest, Provisioner, ProvisionRequest } from "../../../services/provisioner";
import type { ResourceFacts, ResourceTypes } from "../../../services/resource-facts";
import { dottedName } from "../../shared/dotted-name";
import { type CloudKindFacts, type CloudPlace, nameParts, type ServiceNames } from "../../shared/provisioner";
import type { AlarmGroup } from "../alarms/group";
import type { DataKey } from "../data-key";
import { lockDeletion } from "../deletion-lock";
import type { ImportedEngine } from "../flexible-server/engine";
import type { Grant } from "../identity";
import type { ServiceLookup } from "../lookup";
import type { DataCidrs } from "../place";
import { createPrivateEndpoint, type PrivateEndpointProps } from "../private-endpoint";
import type { ResourceDefaults } from "../resource-group";
import { SERVICE_NAMES } from "./names";

/** What Azure is asked by, before anything exists. */
export interface AzureLiterals {
  readonly location: string;
  readonly subscriptionId: string;
  /** Asked for what stands in the cluster in front of a service. */
  readonly facts: () => CloudFacts;
}

/** What Azure creates a service with. */
export interface AzureGiven {
  readonly lookup: ServiceLookup;
  /** Blocks for the network policy. */
  readonly dataCidrs: DataCidrs;
  /** Arguments in the application's own resource group, with the service's tags. */
  readonly defaults: ResourceDefaults;
  /** Id of the group that the service itself is in: that one, or where it was before this program. */
  readonly groupId: string;
  /** The application's key. */
  readonly key: DataKey;
  /** Makes, with the first alarm, where alarms of the application go. @default - nobody is told */
  readonly alarmGroup?: () => AlarmGroup;
}

/** What is known of a type of resource on Azure. */
export interface AzureResourceFacts extends ResourceFacts {
  /** Operations by which it is made and read: `Microsoft.DBforMySQL/flexibleServers`. Who applies may do all that is below. */
  readonly operations: readonly string[];
}

/** What an environment has to have for services of a kind. */
export interface AzureKindFacts extends CloudKindFacts {
  readonly resources?: ResourceTypes<AzureResourceFacts>;
  /** TCP port at which its private endpoints answer, in their subnet. @default - it has none there */
  readonly endpointPort?: number;
  /**
   * Private zone in which their names are looked up, as Azure gives it: `privatelink.documents.azure.com`. The environment's
   * `<env>-cluster` makes it, and the cluster is in `lookup.privateZoneId`. @default - one that every environment has, or none
   */
  readonly privateLinkZone?: string;
  /** Engine of a flexible server, which is looked at before it is imported. @default - it is none, or none is imported */
  readonly flexibleServer?: ImportedEngine;
}

/** Azure as a place of services. Grants are roles for the identities of workloads. */
export interface AzurePlace extends CloudPlace<AzureLiterals, AzureGiven, Grant> {
  readonly facts: AzureKindFacts;
}

declare module "../../../services/provisioner" {
  interface Places {
    readonly azure: AzurePlace;
  }
}

/** How Azure provides one kind of service. One file each beside this one; `provisioners.ts` is the table. */
export type AzureProvisioner<S extends Service> = Provisioner<S, AzurePlace>;

export type AzureDescribeRequest<S extends Service> = DescribeRequest<S, AzurePlace>;

export type AzureRequest<S extends Service> = ProvisionRequest<S, AzurePlace>;

export type ProvidedService = AzurePlace["provided"];

/** How people call it. */
export const titleOf = ({ environment, application, name }: ServiceNames): string =>
  `Service ${name} of ${application} in ${environment}`;

/** Identity block: the service's own, to use the application's key. */
export const identityOf = ({ key }: AzureRequest<Service>) => ({
  type: "UserAssigned",
  identityIds: [key.identityId],
});

/** Name of a service's private endpoint: `staging.my-app.orders-db`. */
export const endpointName = (names: ServiceNames): string =>
  dottedName(nameParts(names), SERVICE_NAMES.privateEndpoint);

/** The service's address in the network, and its name there. */
export function createEndpoint(
  scope: Construct,
  request: AzureRequest<Service>,
  { zoneId, ...target }: PrivateEndpointProps["target"] & Pick<PrivateEndpointProps, "zoneId">,
): PrivateEndpoint {
  return createPrivateEndpoint(scope, request.defaults, {
    name: endpointName(request),
    connection: target.subresource,
    target,
    subnetId: request.lookup.endpointSubnetId,
    zoneId,
  });
}

/** Keeps everybody from deleting a service that Azure itself would let go; `after` is all that belongs to it. */
export function lockService(
  scope: Construct,
  request: AzureRequest<Service>,
  id: string,
  after: readonly ITerraformDependable[],
): void {
  if (!request.protect) return;
  const notes = `${titleOf(request)}: take protection off in the environment's file first`;
  lockDeletion(scope, { id, notes, after });
}
