import type { InClusterPlace } from "../../in-cluster/provisioner";
import { IN_CLUSTER } from "../../in-cluster/provisioners";
import type { EnvironmentOption } from "../../model/environment";
import { volumeHolding } from "../../model/holdings";
import { managedServices } from "../../model/managed-services";
import { environmentThere } from "../../model/name-there";
import type { ElsewhereOperations, FailureOperations } from "../../model/operations";
import type { Path, Problem } from "../../model/problem";
import type { Recoverable } from "../../model/recovery";
import type { Environment, ResolvedApplication, ResolvedService, ResolvedVolume } from "../../model/resolved";
import type { Service, ServicePlacement } from "../../model/service";
import type { Check } from "../../preflight/check";
import type { WrittenStack } from "../../preflight/stacks";
import { alarmProblems } from "../../services/alarm-problems";
import { inWords } from "../../services/cloud-alarms";
import type { PinnedVersion } from "../../services/pinned-version";
import type { DescribeRequest, Place, Provisioner, ServiceOperations } from "../../services/provisioner";
import type { ProvisionerTable } from "../../services/provisioner-table";
import { diskSnapshot, unrecoverable } from "../../services/recovery";
import type { ResourceTypes } from "../../services/resource-facts";
import type { ServiceTraits } from "../../services/traits";
import { describeExternal } from "./external";
import { importProblems } from "./imports";
import type { CloudKindFacts, OffersAsking, ServiceOwner } from "./provisioner";
import { readerProblems } from "./readers";

/** How a cloud asks for a service that runs in its cluster. */
export type InClusterAsked = (service: ResolvedService) => Omit<InClusterPlace["asked"], "application">;

/** What people do about a service that the cloud runs. `elsewhere` takes the service in an environment that was made there. */
export interface ManagedOperations extends Pick<ServiceOperations<never>, "restore"> {
  failure(name: string): FailureOperations | undefined;
  elsewhere(there: ResolvedApplication, stack: string): ElsewhereOperations | undefined;
}

/** What a cloud says of services before any of them exists. All of it follows from its table of provisioners. */
export interface CloudServices<Asked> {
  /** What the model asks of it. */
  readonly option: Required<Pick<EnvironmentOption, "placements" | "lacks" | "notManaged">>;
  /** What of an application's services is not to be had, wherever they run. `path` is where its placement stands. */
  problems(application: ResolvedApplication, asked: Asked, path: Path): Problem[];
  describe(application: ResolvedApplication, service: ResolvedService, asked: Asked): ServiceTraits;
  /**
   * What people do about it with the cloud's own tools. `undefined`: the cloud does not run it, or its kind says nothing.
   *
   * @param askedThere how services are asked for in the second region. @default - as here
   */
  operations(
    application: ResolvedApplication,
    service: ResolvedService,
    asked: Asked,
    askedThere?: Asked,
  ): ManagedOperations | undefined;
  /** Most connections that the service takes at one time. `undefined`: unknown, or nothing bounds them. */
  connections(service: ResolvedService): number | undefined;
  /** How what holds data comes back, by its name. `undefined`: unknown, as of what objects of the application's own bring. */
  recoverable(application: ResolvedApplication, holding: string): Recoverable | undefined;
  /** What is known of types of resources that the kinds of these services bring. */
  resourceTypes(services: readonly Service[]): ResourceTypes;
  /** Versions of what runs the kinds of this program and those of these services, here and in the cluster. */
  versions(services: readonly Service[]): PinnedVersion[];
}

const versionsOf = (provisioners: readonly { readonly versions?: readonly PinnedVersion[] }[]): PinnedVersion[] =>
  provisioners.flatMap(({ versions }) => versions ?? []);

/** How the data of volumes come back. */
export type VolumesRecovery = (
  application: Pick<ResolvedApplication, "protect">,
  access: ResolvedVolume["access"],
) => Recoverable;

function volumeRecoverable(
  volumes: VolumesRecovery,
  application: ResolvedApplication,
  holding: string,
): Recoverable | undefined {
  const [volume] = application.workloads.flatMap((workload) =>
    workload.volumes.filter(({ name }) => volumeHolding(workload.name, name) === holding),
  );
  if (volume === undefined) return undefined;
  const { clusterBackups } = application;
  return volume.access === "ReadWriteOnce" && clusterBackups !== undefined
    ? diskSnapshot(clusterBackups)
    : volumes(application, volume.access);
}

/** How a cloud and its cluster are asked. */
export interface CloudAsked<P extends Place> {
  readonly managed: (owner: ServiceOwner) => P["asked"];
  readonly inCluster: InClusterAsked;
}

/** The default first. */
const placements = (managed: boolean, service: Service): ServicePlacement[] => [
  ...(managed ? (["managed"] as const) : []),
  ...(IN_CLUSTER.find(service) === undefined ? [] : (["in-cluster"] as const)),
];

const requestOf = ({ name, service, sizing }: ResolvedService) => ({ name, service, sizing });

const ownerOf = (resolved: ResolvedApplication): ServiceOwner => ({
  application: resolved.name,
  environment: environmentThere(resolved),
  resolved,
});

/** What the provisioner says of a service, with its alarms where somebody is told. */
function describeManaged<P extends Place & { readonly described: ServiceTraits }>(
  provisioner: Provisioner<Service, P>,
  { measured }: ResolvedApplication,
  request: DescribeRequest<Service, P>,
): ServiceTraits {
  const alarms = measured === true ? provisioner.alarms?.(request) : undefined;
  return { ...provisioner.describe(request), ...(alarms !== undefined && { alarms: inWords(alarms) }) };
}

/** Services of a cloud with these provisioners; the cluster runs what the cluster's table has. */
export function cloudServices<
  P extends Place & { readonly described: ServiceTraits; readonly facts: { readonly resources?: ResourceTypes } },
>(managed: ProvisionerTable<P>, volumes: VolumesRecovery): CloudServices<CloudAsked<P>> {
  const describe: CloudServices<CloudAsked<P>>["describe"] = (application, given, asked) => {
    switch (given.sizing.placement) {
      case "managed":
        return describeManaged(managed.get(given), application, {
          ...requestOf(given),
          ...asked.managed(ownerOf(application)),
        });
      case "in-cluster":
        return describeInCluster(application, given, asked.inCluster);
      case "external":
        return describeExternal(given);
    }
  };
  return {
    option: {
      placements: (service) => placements(managed.find(service) !== undefined, service),
      lacks: (service) => managed.find(service)?.lacks ?? {},
      notManaged: (service) => managed.whyNot(service),
    },
    problems: (application, asked, path) => [
      ...readerProblems(application, (given) => describe(application, given, asked), path),
      ...application.services.flatMap((given): Problem[] => {
        const at = [...path, "services", given.name];
        if (given.sizing.placement === "external") return given.service.problemsElsewhere?.(at) ?? [];
        if (given.sizing.placement === "in-cluster") return inClusterProblems(application, given, asked.inCluster, at);
        const request = { ...requestOf(given), ...asked.managed(ownerOf(application)) };
        const provisioner = managed.find(given.service);
        return [
          ...importProblems(application, given, provisioner?.imports, at),
          ...(provisioner?.problems?.(request, at) ?? []),
          // Of this program's own kinds tests say it.
          ...(given.service.provisioners === undefined
            ? []
            : alarmProblems(given.service, provisioner?.alarms?.(request) ?? {}, at)),
        ];
      }),
    ],
    describe,
    operations: (application, given, asked, askedThere = asked) => {
      if (given.sizing.placement !== "managed") return undefined;
      const request = (owner: ResolvedApplication, by: CloudAsked<P>): DescribeRequest<Service, P> => ({
        ...requestOf(given),
        ...by.managed(ownerOf(owner)),
      });
      const found = managed.find(given.service)?.operations?.(request(application, asked));
      if (found === undefined) return undefined;
      return {
        ...(found.restore !== undefined && { restore: found.restore }),
        failure: (failure) => found.failure?.(failure),
        elsewhere: (there, stack) => found.elsewhere?.(request(there, askedThere), stack),
      };
    },
    connections: ({ service, sizing }) => {
      if (sizing.placement === "external") return undefined;
      const table = sizing.placement === "managed" ? managed : IN_CLUSTER;
      return table.find(service)?.connections?.(sizing);
    },
    recoverable: (application, holding) => {
      const given = application.services.find(({ name }) => name === holding);
      if (given === undefined) return volumeRecoverable(volumes, application, holding);
      const table = given.sizing.placement === "managed" ? managed : IN_CLUSTER;
      return table.find(given.service)?.recoverable?.(requestOf(given));
    },
    resourceTypes: (services) => kindResources(managed, services),
    versions: (services) => versionsOf([...managed.all(services), ...IN_CLUSTER.all(services)]),
  };
}

/** What the cloud has to offer for the kinds of an environment's services. */
export function kindOffers<P extends Place & { readonly facts: CloudKindFacts }>(
  managed: ProvisionerTable<P>,
  environment: Pick<Environment, "applications">,
  stacks: readonly WrittenStack[],
  asking: OffersAsking,
): Check[] {
  return managed.all(managedServices(environment)).flatMap(({ facts }) => [...(facts?.offers?.(stacks, asking) ?? [])]);
}

/** What the kinds of these services say of their resources, by type. Of a type that two kinds have, the first of them says it. */
export function kindResources<P extends Place & { readonly facts: { readonly resources?: ResourceTypes } }>(
  managed: ProvisionerTable<P>,
  services: readonly Service[],
): NonNullable<P["facts"]["resources"]> {
  const all = managed.all(services).map(({ facts }) => facts?.resources ?? {});
  return Object.assign({}, ...all.reverse()) as NonNullable<P["facts"]["resources"]>;
}

const LOCAL_VOLUMES = "https://github.com/rancher/local-path-provisioner";

/** Directories of one node, as the classes of local clusters make them. */
const localVolumes: VolumesRecovery = () => unrecoverable("nothing backs volumes up here", LOCAL_VOLUMES, undefined);

/** The same of a cluster without a cloud. */
export const clusterServices: CloudServices<InClusterAsked> = {
  option: {
    placements: (service) => placements(false, service),
    lacks: () => ({}),
    notManaged: () => "there is no cloud",
  },
  problems: (application, asked, path) => [
    ...readerProblems(application, (given) => describeHere(application, given, asked), path),
    ...application.services.flatMap((given) => {
      const at = [...path, "services", given.name];
      return given.sizing.placement === "external"
        ? (given.service.problemsElsewhere?.(at) ?? [])
        : inClusterProblems(application, given, asked, at);
    }),
  ],
  describe: describeHere,
  operations: () => undefined,
  connections: ({ service, sizing }) =>
    sizing.placement === "external" ? undefined : IN_CLUSTER.find(service)?.connections?.(sizing),
  recoverable: (application, holding) => {
    const given = application.services.find(({ name }) => name === holding);
    return given === undefined
      ? volumeRecoverable(localVolumes, application, holding)
      : IN_CLUSTER.find(given.service)?.recoverable?.(requestOf(given));
  },
  resourceTypes: () => ({}),
  versions: (services) => versionsOf(IN_CLUSTER.all(services)),
};

function describeHere(application: ResolvedApplication, given: ResolvedService, asked: InClusterAsked): ServiceTraits {
  return given.sizing.placement === "external" ? describeExternal(given) : describeInCluster(application, given, asked);
}

function inClusterProblems(
  application: ResolvedApplication,
  given: ResolvedService,
  asked: InClusterAsked,
  path: Path,
): Problem[] {
  const request = { ...requestOf(given), application, ...asked(given) };
  return IN_CLUSTER.find(given.service)?.problems?.(request, path) ?? [];
}

function describeInCluster(
  application: ResolvedApplication,
  given: ResolvedService,
  asked: InClusterAsked,
): ServiceTraits {
  return IN_CLUSTER.get(given).describe({ ...requestOf(given), application, ...asked(given) });
}
