import { authority } from "../in-cluster/certificates";
import { admitted } from "../kubernetes/admission";
import { basicAuthSecrets } from "../kubernetes/basic-auth";
import { caBundles } from "../kubernetes/ca-bundles";
import { demandOf, type PodDemand, serverDemand, workloadDemand } from "../kubernetes/demand";
import { exporter } from "../kubernetes/exporter";
import type { CloudFacts } from "../kubernetes/facts";
import { namespace } from "../kubernetes/namespace";
import {
  allowDns,
  allowSolver,
  callers,
  defaultDeny,
  workloadPolicy,
  workloadPolicyByList,
  workloadPolicyByName,
} from "../kubernetes/network-policy";
import { groupPods, groupPolicies, groupStorage, type OwnResource, ownResources } from "../kubernetes/object-groups";
import type { KubernetesObject } from "../kubernetes/objects";
import { type ProvidedApplication, wire, type WiredWorkload } from "../kubernetes/provided";
import { queueAccess } from "../kubernetes/queue-scaling";
import { jobPods, limitRange, podsOf, resourceQuota, solverPods } from "../kubernetes/quota";
import { pullSecret, withPullSecret } from "../kubernetes/registries";
import { isRouteHeaders } from "../kubernetes/route-headers";
import { endpointsOf } from "../kubernetes/scraped";
import { sealedSecret } from "../kubernetes/sealed-secret";
import { externalSecret, fromStoreOf } from "../kubernetes/secret";
import { serverPods, serverStorage } from "../kubernetes/server-quota";
import { serviceUsers } from "../kubernetes/service-users";
import type { Problem } from "../model/problem";
import type { ResolvedApplication, ResolvedService, ResolvedWorkload } from "../model/resolved";
import type { Observability } from "../observability/observability";
import type { Routing } from "../routing/routing";
import { ObjectPatches } from "./object-patches";
import { ownProblems } from "./own-problems";
import { pods, preparedObjects, releasedObjects } from "./workload-objects";

export interface ApplicationObjectsInput {
  readonly application: ResolvedApplication;
  readonly facts: CloudFacts;
  readonly routing: Routing;
  /** Who measures it. @default - nobody */
  readonly observability?: Observability | undefined;
  /** What the cloud filled in: connections and identities. */
  readonly provided: ProvidedApplication;
}

/** An application's workloads and its objects in two parts, each in an order in which they can be applied. */
export interface ApplicationParts {
  /** Workloads in their order in the application. */
  readonly workloads: readonly WiredWorkload[];
  /** What a release finds: the namespace with its rules, data services, what workloads are told and may do. Terraform's. */
  readonly prepared: readonly KubernetesObject[];
  /** What a release brings or changes: Terraform's too, or the Helm chart's where the environment says so. */
  readonly released: readonly KubernetesObject[];
  /** Objects of the application's own, made and released as the latter are. */
  readonly own: readonly OwnResource[];
  /** What nodes have to have room for at most. */
  readonly demand: readonly PodDemand[];
  /** Patches of objects that do not do what they say. */
  readonly problems: readonly Problem[];
}

/** Every Kubernetes object of an application, in an order in which they can be applied. */
export function applicationObjects(input: ApplicationObjectsInput): KubernetesObject[] {
  const { prepared, released } = applicationParts(input);
  return [...prepared, ...released];
}

const isGiven = (object: KubernetesObject | undefined): object is KubernetesObject => object !== undefined;

/** The chart has no other kind of route: those of the Gateway API are prepared. */
const isReleasedRoute = (object: KubernetesObject): boolean => object.kind === "Ingress" || isRouteHeaders(object);

export function applicationParts(input: ApplicationObjectsInput): ApplicationParts {
  const { application, facts, routing, provided, observability } = input;
  const workloads = wire(application, provided);
  const patches = new ObjectPatches(application);
  const admit = <T extends KubernetesObject>(object: T): T =>
    admitted(object, facts.admission, facts.undisturbedPodAnnotations);
  const rendered = workloads.map((wired) => ({
    wired,
    workload: wired.workload,
    // Before the quota, which counts them.
    object: patches.apply(admit(pods(application, wired, facts))),
  }));
  const scrape = observability && {
    scraper: observability.scraper,
    portsOf: (workload: ResolvedWorkload) => endpointsOf(workload).map(({ number }) => number),
  };
  const spans = observability?.spans;
  const around = { callers: callers(application), facts, controller: routing.controllerPods, scrape, spans };
  const users = application.services.flatMap((service) => usersOf(input, service)).map(admit);
  const exporters = application.services.flatMap((service) => exporterOf(input, service)).map(admit);
  const servers = application.services.flatMap(({ name }) => provided.objects(name, facts)).map(admit);
  const routes = routing.objects(application, facts);
  const prepared = [
    namespace(application, facts),
    resourceQuota(
      application,
      [
        ...rendered.map(({ workload, object }) => podsOf(workload, object)),
        ...users.flatMap(jobPods),
        ...[...servers, ...exporters].flatMap(serverPods),
        ...application.objects.flatMap(groupPods),
      ],
      [...servers.flatMap(serverStorage), ...application.objects.flatMap(groupStorage)],
    ),
    limitRange(application),
    defaultDeny(application),
    allowDns(application, facts),
    allowSolver(application, routing.controllerPods),
    pullSecret(application),
    caBundles(application, workloads),
    ...(servers.some(({ kind }) => kind === "Certificate") ? authority(application) : []),
    ...servers,
    ...users,
    ...exporters,
    ...workloads.flatMap((wired) => [
      ...preparedObjects(application, wired, facts),
      workloadPolicyByName(application, wired, facts),
      workloadPolicyByList(application, wired, facts),
      workloadPolicy(application, wired, around),
      ...queueAccess(application, wired),
    ]),
    ...application.objects.flatMap((group) => groupPolicies(application, group, around)),
    externalSecret(application, workloads),
    ...basicAuthSecrets(application),
    ...routes.filter((object) => !isReleasedRoute(object)),
  ];
  const released = [
    ...rendered.flatMap(({ wired, object }) => releasedObjects(application, wired, object)),
    sealedSecret(application),
    ...routes.filter(isReleasedRoute),
  ];
  const patched = (object: KubernetesObject): KubernetesObject => patches.apply(object);
  const named = (name: string): string => `${application.name} / ${name}`;
  const made = {
    prepared: prepared
      .filter(isGiven)
      .map((object) => withPullSecret(application, object))
      .map((object) => fromStoreOf(facts, application, object))
      .map(patched),
    released: released.filter(isGiven).map(patched),
  };
  // Of what is there in the end: limits and names that a patch changed too.
  const watching = observability?.applicationObjects(application, [...made.prepared, ...made.released]) ?? [];
  return {
    workloads,
    demand: [
      ...rendered.map(({ workload, object }) => workloadDemand(named(workload.name), workload, object)),
      ...[...servers, ...exporters].flatMap((object) => serverDemand(named(object.metadata.name), object)),
      ...users.flatMap(jobPods).map((pods) => demandOf(named("users of data services"), pods)),
      ...application.objects.flatMap((group) => groupPods(group).map((pods) => demandOf(named(group.name), pods))),
      demandOf(named("proofs for certificates"), solverPods(application)),
    ],
    prepared: [...made.prepared, ...watching.map(patched)],
    released: made.released,
    own: ownResources(application),
    problems: [...patches.problems(), ...ownProblems(application, [...prepared, ...released].filter(isGiven))],
  };
}

function usersOf({ application, facts, provided }: ApplicationObjectsInput, service: ResolvedService) {
  const users = provided.users(service.name);
  const setup = service.service.users;
  if (users === undefined || setup === undefined) return [];
  return serviceUsers({ application, service, setup, provided: users, facts });
}

function exporterOf(
  { application, facts, observability, provided }: ApplicationObjectsInput,
  service: ResolvedService,
): KubernetesObject[] {
  const connection = provided.measuring?.(service.name);
  const setup = service.service.exporter;
  if (observability === undefined || connection === undefined || setup === undefined) return [];
  return exporter({ application, service, setup, connection, facts, scraper: observability.scraper });
}
