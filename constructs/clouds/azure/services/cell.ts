import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { CloudFacts } from "../../../kubernetes/facts";
import type { Path, Problem } from "../../../model/problem";
import type { ResolvedSizing, Service } from "../../../model/service";
import type { ProvidedService as Provided, ServiceWish } from "../../shared/service";
import type { ServiceTraits } from "../../traits";
import type { DataKey } from "../data-key";
import { lockDeletion } from "../deletion-lock";
import type { Grant } from "../identity";
import type { AzureLookup } from "../lookup";
import type { DataCidrs } from "../place";
import type { ApplicationGroup } from "../resource-group";
import { dottedName, SERVICE_NAMES } from "./names";

/** How Azure provides one kind of service. One file each beside this one; `cells.ts` is the table. */
export interface Cell<S extends Service> {
  /** What of a valid service Azure does not offer. `path` is the service's own. @default - it offers everything */
  problems?(wanted: Wanted<S>, path: Path): Problem[];
  /** What `provide` would create, in facts that people compare. */
  describe(asked: Asked<S>): ServiceTraits;
  /** Creates it under `scope`, which is the service's alone. */
  provide(scope: Construct, request: ServiceRequest<S>): ProvidedService;
}

export interface Wanted<S extends Service> {
  readonly service: S;
  readonly sizing: ResolvedSizing;
  readonly location: string;
}

export interface Asked<S extends Service> extends Wanted<S>, Omit<ServiceWish<S>, "workloads"> {
  readonly subscriptionId: string;
  readonly facts: CloudFacts;
}

/** What the name of a service's resource is made of. */
export type ServiceNames = Pick<ServiceWish<Service>, "environment" | "application" | "name">;

export interface ServiceRequest<S extends Service> extends ServiceWish<S> {
  readonly lookup: AzureLookup;
  /** For the network policy. */
  readonly dataCidrs: DataCidrs;
  /** The application's own. */
  readonly group: ApplicationGroup;
  /** The application's key. */
  readonly key: DataKey;
  readonly tags: Record<string, string>;
}

/** Its grants are roles for the identities of workloads. */
export type ProvidedService = Provided<Grant>;

/** `staging.my-app.orders-db`, for names that one resource group or subscription holds. */
export const partsOf = ({ environment, application, name }: ServiceNames): readonly string[] => [
  environment,
  application,
  name,
];

/** How people call it. */
export const titleOf = ({ environment, application, name }: ServiceNames): string =>
  `Service ${name} of ${application} in ${environment}`;

/** As the service's own identity, to use the application's key. */
export const identityOf = ({ key }: ServiceRequest<Service>) => ({
  type: "UserAssigned",
  identityIds: [key.identityId],
});

/** An address in the network for a service that is outside of it, and the service's name there. */
export function createPrivateEndpoint(
  scope: Construct,
  request: ServiceRequest<Service>,
  target: { readonly id: string; readonly subresource: string; readonly zoneId: string },
): PrivateEndpoint {
  const { group, lookup, tags } = request;
  return new PrivateEndpoint(scope, "Endpoint", {
    name: dottedName(partsOf(request), SERVICE_NAMES.privateEndpoint),
    resourceGroupName: group.name,
    location: group.location,
    subnetId: lookup.endpointSubnetId,
    privateServiceConnection: {
      name: target.subresource,
      privateConnectionResourceId: target.id,
      subresourceNames: [target.subresource],
      isManualConnection: false,
    },
    privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [target.zoneId] },
    tags,
  });
}

/** Keeps everybody from deleting a service that Azure itself would let go; `after` is all that belongs to it. */
export function lockService(
  scope: Construct,
  request: ServiceRequest<Service>,
  id: string,
  after: readonly ITerraformDependable[],
): void {
  if (!request.protect) return;
  const notes = `${titleOf(request)}: take protection off in the environment's file first`;
  lockDeletion(scope, { id, notes, after });
}
