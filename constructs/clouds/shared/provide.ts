import { Construct } from "constructs";
import type { Identity, ProvidedApplication } from "../../kubernetes/provided";
import type { Connection } from "../../model/connection";
import { isKept } from "../../model/holdings";
import { environmentThere } from "../../model/name-there";
import { refuseTogether } from "../../model/problem";
import {
  type ResolvedApplication,
  type ResolvedService,
  type ResolvedWorkload,
  runsToItsEnd,
} from "../../model/resolved";
import type { Service } from "../../model/service";
import { recordData } from "./data-record";
import { provideExternal } from "./external";
import { provideInCluster } from "./in-cluster";
import { recordPlacement } from "./placement-record";
import type { CloudRequest, ProvidedService } from "./provisioner";
import type { PasswordGenerator } from "./users";

/** What a cloud does for one application. */
export interface ServiceProvider<Grant> {
  /**
   * Creates what all services of the application share, such as a key, and returns how each is created under a scope of
   * its own. Asked once, and only where there are services.
   */
  services(scope: Construct): ServiceCreator<Grant>;
  /** Grants that the workload itself says. @default - nobody could give any */
  permissions?(workload: ResolvedWorkload): readonly Grant[];
  /** Creates the identity of a workload with these permissions; `undefined` where it needs none. */
  identity(scope: Construct, workload: ResolvedWorkload, grants: readonly Grant[]): Identity | undefined;
}

/** How a cloud provides the services of one application. */
export interface ServiceCreator<Grant> {
  /** Creates a managed service under the request's scope. */
  provide(request: CloudRequest<Service>): ProvidedService<Grant>;
  /** Makes passwords for users of the service, wherever it runs. */
  passwords(request: CloudRequest<Service>): PasswordGenerator;
}

/** Whether a workload may only read of a service: all of its edges say the same. */
const reads = ({ edges }: ResolvedWorkload, service: string): boolean =>
  edges.some((edge) => edge.to === "service" && edge.service.name === service && edge.access === "read");

/** Label of the pods of a workload whose identity comes with its first permission and goes with its last. */
const IDENTITY_LABEL = "goldenpath/identity";

/**
 * The identity with something in the pods that changes when it comes: EKS gives a pod its variables as it starts, and a client
 * library that has found no credentials may not look again. An edge brings variables, which change the pods themselves.
 */
const replacingPods = (identity: Identity | undefined): Identity | undefined =>
  identity && { ...identity, podLabels: identity.podLabels ?? { [IDENTITY_LABEL]: "permissions" } };

/** Creates the application's data services under `Services` and its workloads' identities under `Identities`. */
export function provideApplication<Grant>(
  scope: Construct,
  application: ResolvedApplication,
  provider: ServiceProvider<Grant>,
): ProvidedApplication {
  const provided = provideServices(scope, application, provider);
  const find = (service: string): ProvidedService<Grant> => {
    const found = provided.get(service);
    if (found === undefined) throw new Error(`application ${application.name} has no service ${service}`);
    return found;
  };
  const identities = new Construct(scope, "Identities");
  const identity = new Map(
    application.workloads.map((workload) => {
      const ofEdges = neededServices(workload).flatMap((service) => {
        const { grants: all, readerGrants = all } = find(service);
        return reads(workload, service) ? readerGrants : all;
      });
      const grants = [...ofEdges, ...(provider.permissions?.(workload) ?? [])];
      const identity = provider.identity(identities, workload, grants);
      return [workload.name, ofEdges.length === 0 && !runsToItsEnd(workload) ? replacingPods(identity) : identity];
    }),
  );
  return {
    connection: (workload, service) => find(service).connection(workload),
    users: (service) => find(service).users,
    measuring: (service) => find(service).measuring,
    objects: (service, facts) => find(service).objects?.(facts) ?? [],
    identity: (workload) => identity.get(workload),
  };
}

/** Each once, though two edges with two prefixes may lead to it. */
function neededServices(workload: ResolvedWorkload): string[] {
  return [...new Set(workload.edges.flatMap((edge) => (edge.to === "service" ? [edge.service.name] : [])))];
}

function requestOf(
  scope: Construct,
  application: ResolvedApplication,
  { name, service, sizing }: Pick<ResolvedService, "name" | "service" | "sizing">,
): CloudRequest<Service> {
  const needing = application.workloads.filter((workload) => neededServices(workload).includes(name));
  return {
    scope,
    service,
    sizing,
    name,
    workloads: needing.map((workload) => workload.name),
    readers: needing.filter((workload) => reads(workload, name)).map((workload) => workload.name),
    application: application.name,
    resolved: application,
    environment: environmentThere(application),
    protect: isKept(application, name),
    protectedEnvironment: application.protect,
  };
}

function provideServices<Grant>(
  scope: Construct,
  application: ResolvedApplication,
  provider: ServiceProvider<Grant>,
): ReadonlyMap<string, ProvidedService<Grant>> {
  if (application.services.length === 0) return new Map();
  // What somebody else runs needs no key of the application's.
  const isOwn = application.services.some(({ sizing }) => sizing.placement !== "external");
  const creator = isOwn ? provider.services(scope) : undefined;
  const services = new Construct(scope, "Services");
  return new Map(
    refuseTogether(application.services, ({ name, service, sizing, moves = false }) => {
      const request = requestOf(new Construct(services, name), application, { name, service, sizing });
      recordPlacement(request.scope, { ...request, moves });
      recordData(request.scope, request);
      return [name, creator === undefined ? provideExternal(request) : provideService(request, creator)] as const;
    }),
  );
}

/**
 * Creates the one managed service of an application without workloads under `Services`. What services of an application
 * share, such as a key, is its own: `services` is told of an owner whose name is that of both.
 *
 * @returns how its first user connects, or everybody
 */
export function provideAlone<Grant>(
  scope: Construct,
  application: ResolvedApplication,
  services: (scope: Construct, owner: ResolvedApplication) => ServiceCreator<Grant>,
): Connection {
  const [only] = application.services;
  if (only === undefined) throw new Error(`application ${application.name} has no service`);
  const creator = services(scope, { ...application, name: `${application.name}-${only.name}` });
  const here = new Construct(new Construct(scope, "Services"), only.name);
  const provided = creator.provide({ ...requestOf(here, application, only), alone: true });
  return provided.owner ?? provided.connection(only.name);
}

function provideService<Grant>(request: CloudRequest<Service>, creator: ServiceCreator<Grant>): ProvidedService<Grant> {
  switch (request.sizing.placement) {
    case "managed":
      return creator.provide(request);
    case "in-cluster":
      return provideInCluster(request, creator.passwords(request));
    case "external":
      return provideExternal(request);
  }
}
