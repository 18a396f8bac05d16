import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { CloudFacts } from "../../../kubernetes/facts";
import type { Path, Problem } from "../../../model/problem";
import type { ResolvedSizing, Service } from "../../../model/service";
import type { ProvidedService as Provided, ServiceWish } from "../../shared/service";
import type { ServiceTraits } from "../../traits";
import type { DataKey } from "../data-key";
import { lockDeletion } from "../deletion-lock";
import type { ResourceDefaults } from "../resource-group";
import type { Grant } from "../identity";
import type { AzureLookup } from "../lookup";
import type { DataCidrs } from "../place";
import { createPrivateEndpoint, type PrivateEndpointProps } from "../private-endpoint";
import { dottedName } from "../../shared/dotted-name";
import { SERVICE_NAMES } from "./names";

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

export interface Asked<S extends Service>
  extends Wanted<S>, Omit<ServiceWish<S>, "workloads" | "protect" | "protectedEnvironment"> {
  readonly subscriptionId: string;
  readonly facts: CloudFacts;
}

/** What the name of a service's resource is made of. */
export type ServiceNames = Pick<ServiceWish<Service>, "environment" | "application" | "name">;

export interface ServiceRequest<S extends Service> extends ServiceWish<S> {
  readonly lookup: AzureLookup;
  /** For the network policy. */
  readonly dataCidrs: DataCidrs;
  /** In the application's own resource group, with the service's tags. */
  readonly defaults: ResourceDefaults;
  /** Of that group. */
  readonly groupId: string;
  /** The application's key. */
  readonly key: DataKey;
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

/** The service's address in the network, and its name there. */
export function createEndpoint(
  scope: Construct,
  request: ServiceRequest<Service>,
  { zoneId, ...target }: PrivateEndpointProps["target"] & Pick<PrivateEndpointProps, "zoneId">,
): PrivateEndpoint {
  return createPrivateEndpoint(scope, request.defaults, {
    name: dottedName(partsOf(request), SERVICE_NAMES.privateEndpoint),
    connection: target.subresource,
    target,
    subnetId: request.lookup.endpointSubnetId,
    zoneId,
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
