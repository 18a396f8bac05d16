import type { ApplicationSpec } from "./application";
import { resolveAutoscaling } from "./autoscaling";
import { byName } from "./by-name";
import { closedHost } from "./closed-host";
import { withDefaults } from "./defaults";
import { externalPrefix, workloadVariable } from "./edge-names";
import type { WorkloadOverride } from "./environment";
import { imageVersion } from "./image";
import { resolveMetrics } from "./metrics";
import type { WorkloadNaming } from "./names";
import { needOf } from "./need";
import type { GroupService, ObjectGroup } from "./object-group";
import { resolvePort, schemeOf } from "./ports";
import { PROBE, READINESS, STARTUP } from "./probes";
import type { Bytes } from "./quantity";
import { resolveContainers, resolveSidecars } from "./resolve-containers";
import { resolveVolumes } from "./resolve-volumes";
import {
  type Edge,
  type ResolvedSecret,
  type ResolvedService,
  type ResolvedWorkload,
  runsToItsEnd,
  speaksGrpc,
} from "./resolved";
import { ownerName } from "./team";
import { withPermissions } from "./with-permissions";
import type { Autoscaling, Need, PhpFpmSpec, Resources, Workload } from "./workload";

/** Port of every Service that speaks HTTP, whatever port its pods listen on. */
export const SERVICE_HTTP_PORT = 80;

/** Pods of a workload that says nothing. */
export const REPLICAS = 3;

/** What the pools of mysql2 and its like open at most, where nobody says otherwise. */
const HTTP_CONNECTIONS = 10;

/** Seconds that the pods of such a workload are given to stop. */
export const GRACE_SECONDS = 60;

/** Where PHP-FPM and the nginx before it listen. */
export const FPM_PORTS: Required<Pick<PhpFpmSpec, "port" | "httpPort">> = { port: 9000, httpPort: 8080 };

/** PHP's `memory_limit`. */
export const PROCESS_MEMORY: Bytes = "48Mi";

/** Largest request body that nginx of PHP-FPM takes. */
export const MAX_BODY_SIZE: Bytes = "16Mi";

export const RESOURCES: Resources = {
  requests: { cpu: "100m", memory: "128Mi" },
  limits: { cpu: "500m", memory: "256Mi" },
};

export interface EdgeContext {
  readonly application: ApplicationSpec;
  readonly namespace: string;
  /** Groups of objects as the environment has them. */
  readonly objects: Readonly<Record<string, ObjectGroup>>;
  readonly services: readonly ResolvedService[];
  /** Names of externals that nothing here reaches. */
  readonly closed: readonly string[];
  readonly secretKeys: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly naming: WorkloadNaming;
}

interface Context extends EdgeContext {
  readonly secrets: readonly ResolvedSecret[];
  /** What a workload is told of spans, by the name of its objects. @default - nobody takes any */
  readonly spans?: ((objectName: string) => Texts) | undefined;
}

type Texts = Readonly<Record<string, string>>;

const merged = (base: Texts | undefined, over: Texts | undefined): Texts | undefined =>
  over === undefined ? base : { ...base, ...over };

/** What the environment says replaces what the application says; what has names is merged by them. */
export function withOverride(workload: Workload, override: WorkloadOverride = {}): Workload {
  const { autoscaling, config, schedule, replicas, image, resources, ...more } = override;
  const { annotations, labels, serviceAccount, scheduling, hostAliases, ...inPods } = more;
  const { initContainers, sidecars, volumes, startup, liveness, readiness, requestSeconds, objectives, ...program } =
    inPods;
  const { command, args, secrets, needs, terminationGraceSeconds, connections, permissions, tracing, ...others } =
    program;
  // A field that is added to the type and not applied here is an error in this line.
  others satisfies Record<string, never>;
  const changed = {
    ...workload,
    image: image ?? workload.image,
    resources: resources ?? workload.resources,
    config: { ...workload.config, ...config },
    annotations: merged(workload.annotations, annotations),
    labels: merged(workload.labels, labels),
    serviceAccount: serviceAccount ?? workload.serviceAccount,
    permissions: withPermissions(workload.permissions, permissions),
    scheduling: scheduling ?? workload.scheduling,
    hostAliases: hostAliases ?? workload.hostAliases,
    initContainers: byName(workload.initContainers, initContainers),
    volumes: byName(workload.volumes, volumes),
    command: command ?? workload.command,
    args: args ?? workload.args,
    secrets: secrets ?? workload.secrets,
    needs: needs ?? workload.needs,
    terminationGraceSeconds: terminationGraceSeconds ?? workload.terminationGraceSeconds,
    connections: connections ?? workload.connections,
    tracing: tracing ?? workload.tracing,
  };
  if (changed.kind === "cron") return { ...changed, schedule: schedule ?? changed.schedule };
  if (changed.kind === "release") return changed;
  const replicated = {
    ...changed,
    replicas: replicas ?? changed.replicas,
    autoscaling: autoscaling === false ? undefined : (autoscaling ?? changed.autoscaling),
    sidecars: byName(changed.sidecars, sidecars),
    startup: startup ?? changed.startup,
    liveness: liveness ?? changed.liveness,
  };
  if (replicated.kind === "worker") return replicated;
  return {
    ...replicated,
    readiness: readiness ?? replicated.readiness,
    requestSeconds: requestSeconds ?? replicated.requestSeconds,
    objectives: objectives === false ? undefined : (objectives ?? replicated.objectives),
  };
}

/** A map or list without anything in it is none. */
const unlessEmpty = <T extends object>(given: T | undefined): T | undefined =>
  given === undefined || Object.keys(given).length === 0 ? undefined : given;

export function resolveWorkload(name: string, workload: Workload, context: Context): ResolvedWorkload {
  const objectName = context.naming(context.application.name, name);
  const common = {
    name,
    objectName,
    description: workload.description,
    owner: workload.owner && ownerName(workload.owner),
    image: workload.image,
    version: imageVersion(workload.image),
    command: workload.command,
    args: workload.args,
    resources: workload.resources ?? RESOURCES,
    config: workload.config ?? {},
    secrets: context.secrets.filter((secret) => workload.secrets?.includes(secret.name)),
    edges: (workload.needs ?? []).flatMap((need) => resolveEdge(need, context)),
    ...resolveVolumes(objectName, workload.volumes, context.secrets),
    security: withDefaults(
      { user: 1000, readOnlyRootFilesystem: true, profile: "restricted" as const },
      workload.security,
    ),
    terminationGraceSeconds: workload.terminationGraceSeconds ?? GRACE_SECONDS,
    connections: workload.connections ?? (workload.kind === "http" ? HTTP_CONNECTIONS : 1),
    instrumented: workload.tracing === true,
    tracing: workload.tracing === true ? context.spans?.(objectName) : undefined,
    annotations: unlessEmpty(workload.annotations),
    labels: unlessEmpty(workload.labels),
    serviceAccount: workload.serviceAccount,
    permissions: unlessEmpty(workload.permissions),
    scheduling: workload.scheduling,
    hostAliases: unlessEmpty(workload.hostAliases),
    initContainers: unlessEmpty(resolveContainers(workload, workload.initContainers, context.secrets)),
  };
  if (workload.kind === "cron") {
    return {
      ...common,
      kind: "cron",
      schedule: workload.schedule,
      timeZone: workload.timeZone ?? "Etc/UTC",
      concurrency: workload.concurrency ?? "Forbid",
      startingDeadlineSeconds: workload.startingDeadlineSeconds ?? 300,
      activeDeadlineSeconds: workload.activeDeadlineSeconds ?? 3600,
      retries: workload.retries ?? 1,
    };
  }
  if (workload.kind === "release") {
    return {
      ...common,
      kind: "release",
      activeDeadlineSeconds: workload.activeDeadlineSeconds ?? 900,
      retries: workload.retries ?? 1,
    };
  }
  const replicated = {
    ...common,
    replicas: within(workload.replicas ?? REPLICAS, workload.autoscaling),
    autoscaling: workload.autoscaling && resolveAutoscaling(workload.autoscaling),
    ...scaledTo(name, context.objects),
    sidecars: unlessEmpty(resolveSidecars(workload, context.secrets)),
    ports: unlessEmpty(Object.entries(workload.ports ?? {}).map(([port, given]) => resolvePort(port, given))),
    startup: workload.startup && withDefaults(STARTUP, workload.startup),
    metrics: workload.metrics && resolveMetrics(workload.metrics),
    liveness: withDefaults(
      workload.kind === "php-fpm" ? { ...PROBE, initialDelaySeconds: 30 } : PROBE,
      workload.liveness,
    ),
  };
  switch (workload.kind) {
    case "worker":
      return { ...replicated, kind: "worker", healthCommand: workload.healthCommand };
    case "http":
      return {
        ...replicated,
        kind: "http",
        requestSeconds: workload.requestSeconds ?? common.terminationGraceSeconds,
        objectives: workload.objectives,
        port: workload.port ?? 3000,
        protocol: workload.protocol ?? "http",
        livenessPath: speaksGrpc(workload) ? undefined : (workload.livenessPath ?? "/healthz"),
        readinessPath: speaksGrpc(workload) ? undefined : (workload.readinessPath ?? "/readyz"),
        readiness: withDefaults(READINESS, workload.readiness),
      };
    case "php-fpm":
      return {
        ...replicated,
        kind: "php-fpm",
        requestSeconds: workload.requestSeconds ?? common.terminationGraceSeconds,
        objectives: workload.objectives,
        port: workload.port ?? FPM_PORTS.port,
        httpPort: workload.httpPort ?? FPM_PORTS.httpPort,
        nginxImage: workload.nginxImage,
        documentRoot: workload.documentRoot ?? "/app/public",
        healthCommand: workload.healthCommand ?? ["php-fpm-healthcheck"],
        processMemory: workload.processMemory ?? PROCESS_MEMORY,
        maxBodySize: workload.maxBodySize ?? MAX_BODY_SIZE,
        readiness: withDefaults(READINESS, workload.readiness),
      };
  }
}

/** A group's Service, complete. */
export const groupService = ({ name, port, podPort = port }: GroupService): Required<GroupService> => ({
  ...{ name, port, podPort },
});

/** Most pods that a group of objects makes of a workload, where one does. */
function scaledTo(workload: string, groups: EdgeContext["objects"]): { readonly scaledTo?: number } {
  const most = Object.values(groups).flatMap(({ scales = {} }) =>
    Object.hasOwn(scales, workload) ? [scales[workload] ?? 0] : [],
  );
  return most.length === 0 ? {} : { scaledTo: Math.max(...most) };
}

/** The autoscaler would take pods above its maximum away at once, and the quota refuse them before. */
function within(replicas: number, autoscaling: Autoscaling | undefined): number {
  return autoscaling === undefined ? replicas : Math.min(Math.max(replicas, autoscaling.min), autoscaling.max);
}

/** The edge that a need stands for. None where it has no such target, which is refused in another place. */
export function resolveEdge(given: string | Need, context: EdgeContext): Edge[] {
  const need = needOf(given);
  const service = context.services.find(({ name }) => name === need.to);
  if (service !== undefined) {
    const secretKeys = context.secretKeys.get(service.name) ?? {};
    const reads = need.access === "read" && { access: need.access };
    return [{ to: "service", service, prefix: need.prefix ?? "", ...reads, secretKeys }];
  }
  const external = context.application.externals?.[need.to];
  if (external !== undefined) {
    const reached = context.closed.includes(need.to) ? closedHost(need.to, external) : external;
    return [{ to: "external", name: need.to, external: reached, prefix: externalPrefix(need, external.kind) }];
  }
  const pods = context.objects[need.to]?.pods;
  if (pods?.service !== undefined) {
    const { namespace } = context;
    const own = { kind: "objects", namespace, labels: pods.labels, ...groupService(pods.service) } as const;
    return [{ to: "external", name: need.to, external: own, prefix: externalPrefix(need, own.kind) }];
  }
  const target = context.application.workloads[need.to];
  return target === undefined ? [] : workloadEdge(need, target, context);
}

function workloadEdge(need: Need, target: Workload, { application, naming }: EdgeContext): Edge[] {
  if (runsToItsEnd(target)) return [];
  const edge = {
    to: "workload",
    workload: need.to,
    host: naming(application.name, need.to),
    variable: workloadVariable(need, target),
  } as const;
  if (need.port === undefined) {
    return target.kind === "worker"
      ? []
      : [{ ...edge, port: SERVICE_HTTP_PORT, ...(speaksGrpc(target) && { scheme: "" as const }) }];
  }
  const given = target.ports?.[need.port];
  if (given === undefined) return [];
  const { name: portName, port, appProtocol } = resolvePort(need.port, given);
  const scheme = schemeOf(appProtocol);
  return [{ ...edge, port, portName, ...(scheme !== "http://" && { scheme }) }];
}
