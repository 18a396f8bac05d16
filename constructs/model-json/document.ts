import type { Cloud } from "../clouds/cloud";
import type { PlatformEnvironment } from "../environment";
import { heldUnder, settingsOf } from "../model/held-under";
import { managedServices } from "../model/managed-services";
import { platformSecrets, usedSecrets } from "../model/out-of-band";
import type { ResolvedPatch } from "../model/patch";
import type {
  Edge,
  ExternalEdge,
  ResolvedApplication,
  ResolvedContainer,
  ResolvedObjectGroup,
  ResolvedService,
  ResolvedWorkload,
} from "../model/resolved";
import { losses, remaining, standbyPlacements } from "./offered";
import type { ApplicationDocument, EnvironmentDocument, WorkloadDocument } from "./schema";

const mutable = (list: readonly string[] | undefined): string[] | undefined => list && [...list];

/** An environment as `model.json` has it, from its name on; `stacks` are those that were made for it. */
export function environmentDocument(environment: PlatformEnvironment, stacks: readonly string[]): EnvironmentDocument {
  const { cloud, routing, observability, registries, addons, applications } = environment;
  const { profile, namespaceSuffix, protect, contact, costCenter, images, sealedSecrets, release } = environment;
  const { metricsApis, eventScaling, backups, clusterBackups, previews } = environment;
  return {
    ...{ profile, namespaceSuffix, protect, contact, costCenter, images, sealedSecrets, release },
    metricsApis: metricsApis.length === 0 ? undefined : [...metricsApis],
    eventScaling: eventScaling === "off" ? undefined : eventScaling,
    cloud: {
      title: cloud.title,
      ...cloud.describe(environment),
      ...remaining(cloud),
      networkCidrs: mutable(cloud.networkCidrs),
      dnsZones: mutable(cloud.dnsZones?.()),
    },
    routing: { title: routing.title },
    observability: observability && {
      title: observability.title,
      secrets: named(platformSecrets(environment), ({ description, remoteKey, remoteProperty }) => ({
        ...{ description, remoteKey, remoteProperty },
      })),
    },
    clusterBackups: clusterBackups && { ...clusterBackups, drops: [...clusterBackups.drops] },
    backups: backups && { ...backups, without: [...backups.without], drops: [...backups.drops] },
    previews: previews && { ...previews, open: [...previews.open] },
    registries: registries && {
      byIdentity: [...registries.byIdentity],
      logins: named(registries.logins, ({ registry, username, remoteKey, remoteProperty }) => ({
        ...{ registry, username, remoteKey, remoteProperty },
      })),
      mirrors: { ...registries.mirrors },
    },
    addons:
      addons.length === 0
        ? undefined
        : named(addons, ({ namespace, chart: { repository, name, version } }) => ({
            namespace,
            chart: { repository, name, version },
          })),
    resourceTypes: resourceTypesDocument(environment),
    stacks: [...stacks],
    applications: named(applications, (application) => applicationDocument(cloud, application)),
  };
}

/** What a plan is told by. What a destroy meets the program says itself, which has the stacks. */
function resourceTypesDocument(environment: PlatformEnvironment): EnvironmentDocument["resourceTypes"] {
  const types = Object.entries(environment.cloud.resourceTypes?.(managedServices(environment)) ?? {});
  if (types.length === 0) return undefined;
  return Object.fromEntries(
    types.map(([type, { lost, changes, restarts }]) => [
      type,
      structuredClone({ lost, ...(changes && { changes }), ...(restarts && { restarts }) }),
    ]),
  ) as EnvironmentDocument["resourceTypes"];
}

function applicationDocument(cloud: Cloud, application: ResolvedApplication): ApplicationDocument {
  const {
    owner,
    teams,
    description,
    domain,
    namespace,
    stackName,
    protect,
    drops,
    recovery,
    patches,
    images,
    defaultWorkload,
    mainHost,
    podSecurity,
  } = application;
  return {
    ...{ owner, description, domain, namespace, protect, images, defaultWorkload, mainHost, podSecurity },
    teams: teams.length === 0 ? undefined : teamsDocument(teams),
    stack: stackName,
    drops: [...drops],
    ...promises(recovery),
    ...losses(cloud, application),
    patches: patches.length === 0 ? undefined : patchesDocument(patches),
    objects: application.objects.length === 0 ? undefined : objectsDocument(application.objects),
    workloads: named(application.workloads, workloadDocument),
    services: named(application.services, (service) => serviceDocument(cloud, application, service)),
    externals: externals(application.workloads),
    secrets: named(usedSecrets(application), ({ variable, description, remoteKey, remoteProperty, sealed }) => ({
      ...{ variable, description, remoteKey, remoteProperty },
      sealed: sealed !== undefined,
    })),
    routes: application.routes.map(({ workload, settings, ...route }) =>
      structuredClone({
        ...route,
        ...(settings && { settings: { ...settings, basicAuth: settings.basicAuth?.secret?.name } }),
        workload: workload.name,
      }),
    ) as ApplicationDocument["routes"],
  };
}

function teamsDocument(teams: ResolvedApplication["teams"]): ApplicationDocument["teams"] {
  return named(teams, (team) => structuredClone({ ...team, name: undefined })) as ApplicationDocument["teams"];
}

/** Absent where nothing is promised. */
function promises(recovery: ResolvedApplication["recovery"]): Pick<ApplicationDocument, "recovery"> {
  const all = Object.entries(recovery).map(([name, promise]) => ({ name, ...promise }));
  if (all.length === 0) return {};
  return {
    recovery: named(all, ({ rpoSeconds, rtoSeconds, rehearsed }) => ({
      ...{ rpoSeconds, rtoSeconds },
      ...(rehearsed !== undefined && { rehearsed }),
    })),
  };
}

const containerDocument = <T extends ResolvedContainer>(one: T) => ({
  ...one,
  secrets: one.secrets.map(({ name }) => name),
});

/** What is written as it is resolved is copied, so that a new field is there by itself: the schema has to know it. */
function workloadDocument(workload: ResolvedWorkload): WorkloadDocument {
  const { secrets, edges, volumes } = workload;
  return structuredClone({
    ...workload,
    // It is the key.
    name: undefined,
    secrets: secrets.map(({ name }) => name),
    podVolumes: workload.podVolumes?.map((one) => ({ ...one, secrets: one.secrets?.map(({ name }) => name) })),
    initContainers: workload.initContainers?.map(containerDocument),
    ...("sidecars" in workload && { sidecars: workload.sidecars?.map(containerDocument) }),
    edges: edges.map(edgeDocument),
    volumes: named(volumes, ({ claimName, mountPath, size, access }) => ({ claimName, mountPath, size, access })),
  }) as WorkloadDocument;
}

function patchesDocument(patches: readonly ResolvedPatch[]): ApplicationDocument["patches"] {
  return named(patches, (patch) => structuredClone({ ...patch, name: undefined })) as ApplicationDocument["patches"];
}

function objectsDocument(objects: readonly ResolvedObjectGroup[]): ApplicationDocument["objects"] {
  return named(objects, ({ reason, manifests, pods, edges, computedFields, scales }) => ({
    ...{
      reason,
      manifests: structuredClone([...manifests]),
      computedFields: [...computedFields],
      scales: { ...scales },
    },
    pods: pods && structuredClone({ ...pods, objectName: undefined }),
    edges: edges.map(edgeDocument),
  })) as ApplicationDocument["objects"];
}

function edgeDocument(edge: Edge): WorkloadDocument["edges"][number] {
  switch (edge.to) {
    case "service":
      return {
        ...{ to: "service", name: edge.service.name, prefix: edge.prefix },
        ...(edge.access !== undefined && { access: edge.access }),
      };
    case "workload": {
      const { workload: name, host, port, portName, variable } = edge;
      return { to: "workload", name, host, port, ...(portName !== undefined && { portName }), variable };
    }
    case "external":
      return { to: edge.external.kind === "objects" ? "objects" : "external", name: edge.name, prefix: edge.prefix };
  }
}

function serviceDocument(
  cloud: Cloud,
  application: ResolvedApplication,
  service: ResolvedService,
): ApplicationDocument["services"][string] {
  // Who runs it is part of the sizing.
  const provided = { ...cloud.describeService(application, service), placement: undefined };
  const copy: object = structuredClone({
    kind: service.service.kind,
    isDefault: service.isDefault,
    moves: service.moves ?? false,
    standbyIn: standbyPlacements(cloud, service),
    settings: settingsOf(service),
    heldUnder: heldUnder(service),
    sizing: service.sizing,
    provided,
  });
  return copy as ApplicationDocument["services"][string];
}

const isOutside = (edge: Edge): edge is ExternalEdge => edge.to === "external" && edge.external.kind !== "objects";

/** Those that a workload needs: the model keeps no others. */
function externals(workloads: readonly ResolvedWorkload[]): ApplicationDocument["externals"] {
  const needed = workloads.flatMap(({ edges }) => edges.filter(isOutside));
  return structuredClone(named(needed, ({ external }) => external)) as ApplicationDocument["externals"];
}

function named<T extends { readonly name: string }, R>(list: readonly T[], make: (one: T) => R): Record<string, R> {
  return Object.fromEntries(list.map((one) => [one.name, make(one)]));
}
