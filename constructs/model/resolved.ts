import type { EventScaling, MetricsApi, ResolvedAutoscaling } from "./autoscaling";
import type { ResolvedClusterBackups } from "./cluster-backups";
import type { Covering } from "./covering";
import type { Edge, ResolvedService } from "./edge";
import type { ResolvedElsewhere } from "./elsewhere";
import type { AddonOption, EnvironmentOption, ImagePolicy, Profile, ReleaseTool } from "./environment";
import type { ResolvedMetrics } from "./metrics";
import type { Manifest, ObjectGroup, ResolvedGroupPods } from "./object-group";
import type { Objectives } from "./objectives";
import type { ResolvedPatch } from "./patch";
import type { Permissions } from "./permissions";
import type { ResolvedPort } from "./ports";
import type { ResolvedPreviews } from "./previews";
import type { Bytes } from "./quantity";
import type { ResolvedRecovery } from "./recovery";
import type { ResolvedRegistries } from "./registries";
import type {
  ResolvedContainer,
  ResolvedPodVolume,
  ResolvedSecret,
  ResolvedSidecar,
  ResolvedVolume,
} from "./resolved-containers";
import type { ResolvedRouteSettings } from "./resolved-route";
import type { Scheduling } from "./scheduling";
import type { AnsweredApplication, AnsweredWorkload } from "./team";
import type {
  Cron,
  HostAlias,
  Http,
  PhpFpm,
  Probe,
  Release,
  Resources,
  Security,
  ServiceAccountSpec,
  Worker,
} from "./workload";

export type { Covering } from "./covering";
export type * from "./edge";
export type * from "./resolved-containers";
export type * from "./resolved-route";

/*
 * The model after validation: complete, every default applied, names computed, edges followed.
 * All renderers read this and nothing else, which is why they cannot disagree.
 */

export interface Environment<
  C extends EnvironmentOption = EnvironmentOption,
  R extends EnvironmentOption = EnvironmentOption,
  A extends AddonOption = AddonOption,
  O extends EnvironmentOption = EnvironmentOption,
> {
  readonly name: string;
  /** What names in the cloud have in place of it. @default - the name itself */
  readonly nameThere?: string;
  readonly cloud: C;
  readonly routing: R;
  /** @default - none: `"off"` */
  readonly observability: O | undefined;
  readonly profile: Profile;
  readonly namespaceSuffix: string;
  readonly protect: boolean;
  readonly contact: string;
  readonly costCenter: string;
  readonly images: ImagePolicy;
  readonly sealedSecrets: boolean;
  readonly metricsApis: readonly MetricsApi[];
  readonly eventScaling: EventScaling;
  readonly release: ReleaseTool;
  /** @default - nothing is promised of all of them */
  readonly recovery: ResolvedRecovery | undefined;
  /** @default - nothing in the cluster is copied */
  readonly clusterBackups: ResolvedClusterBackups | undefined;
  /** @default - no copy of anything leaves the region */
  readonly backups: ResolvedElsewhere | undefined;
  /** @default - none: what everybody may pull, and the cloud's own registries */
  readonly registries: ResolvedRegistries | undefined;
  /** Add-ons of its own, beside the platform's. */
  readonly addons: readonly A[];
  /** @default - it takes none */
  readonly previews: ResolvedPreviews | undefined;
  readonly applications: readonly ResolvedApplication[];
}

export interface ResolvedApplication extends AnsweredApplication {
  readonly name: string;
  readonly namespace: string;
  /** `staging` for the environment's default application, `<app>-staging` for every other. */
  readonly stackName: string;
  readonly environment: string;
  /** What names in the cloud have in place of that. @default - the environment's name */
  readonly environmentThere?: string;
  readonly protect: boolean;
  /** Names of services and volumes that may be deleted all the same, in the application or not any more. */
  readonly drops: readonly string[];
  /** What is promised of its data, by the names of holdings; of others nothing. */
  readonly recovery: Readonly<Record<string, ResolvedRecovery>>;
  /** Changes to what is rendered, in the order in which the environment names them. */
  readonly patches: readonly ResolvedPatch[];
  readonly images: ImagePolicy;
  /** Whether the environment says that something measures it. @default - nothing does */
  readonly measured?: true;
  /** The environment's. @default - nothing of it is copied with the cluster */
  readonly clusterBackups?: ResolvedClusterBackups | undefined;
  /** The environment's. @default - no copy of it leaves the region */
  readonly backups?: ResolvedElsewhere | undefined;
  /** The environment's. @default - none */
  readonly registries: ResolvedRegistries | undefined;
  readonly workloads: readonly ResolvedWorkload[];
  /** Has the plain keys in the application's Secret where workloads have credentials of their own. @default - by name */
  readonly defaultWorkload: string | undefined;
  readonly services: readonly ResolvedService[];
  /** Groups of Kubernetes objects that the model has no word for. */
  readonly objects: readonly ResolvedObjectGroup[];
  /** Every declared secret that a workload uses. */
  readonly secrets: readonly ResolvedSecret[];
  readonly routes: readonly ResolvedRoute[];
  /** Name as the application says it. @default - the host whose name sorts first */
  readonly mainHost: string | false | undefined;
  /** Weakest Pod Security profile that a workload asked for. */
  readonly podSecurity: "restricted" | "baseline" | "privileged";
}

export interface ResolvedRoute {
  /** Domain, e.g. `api.example.com`. */
  readonly host: string;
  /** What the application calls it, the same in every environment: `api`. */
  readonly hostName: string;
  readonly path: string;
  readonly pathType: "Prefix" | "Exact";
  readonly workload: ResolvedWorkload;
  /** What is said of it beside that. @default - nothing: it is as all others of the application */
  readonly settings?: ResolvedRouteSettings;
}

interface Common extends AnsweredWorkload {
  readonly name: string;
  /** `my-app-backend`: name of its Deployment or CronJob and its label `app`. */
  readonly objectName: string;
  readonly image: string;
  /** Value of the label `version`. */
  readonly version: string;
  /** @default - the image's own */
  readonly command: readonly string[] | undefined;
  /** @default - the image's own */
  readonly args: readonly string[] | undefined;
  readonly resources: Resources;
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: readonly ResolvedSecret[];
  readonly edges: readonly Edge[];
  /** Those that outlive their pods. */
  readonly volumes: readonly ResolvedVolume[];
  /** Those that do not, and files. @default - none */
  readonly podVolumes: readonly ResolvedPodVolume[] | undefined;
  readonly security: Required<Omit<Security, "reason">> & { readonly reason?: string };
  readonly terminationGraceSeconds: number;
  /** Connections of one process, to each service. */
  readonly connections: number;
  /** Whether its image has OpenTelemetry in it. */
  readonly instrumented: boolean;
  /** Variables that say where spans go. @default - it sends none, or the environment takes none */
  readonly tracing: Readonly<Record<string, string>> | undefined;
  /** @default - none */
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** @default - none beside ours */
  readonly labels: Readonly<Record<string, string>> | undefined;
  /** @default - what its identity needs */
  readonly serviceAccount: ServiceAccountSpec | undefined;
  /** @default - nothing but what its edges bring */
  readonly permissions: Permissions | undefined;
  /** @default - any node */
  readonly scheduling: Scheduling | undefined;
  /** @default - none */
  readonly hostAliases: readonly HostAlias[] | undefined;
  /** Those that run before its own, in their order. @default - none */
  readonly initContainers: readonly ResolvedContainer[] | undefined;
}

interface Replicated extends Common {
  /** Pods without an autoscaler; with one, the number it starts from, within its bounds. */
  readonly replicas: number;
  /** @default - none: `replicas` pods */
  readonly autoscaling: ResolvedAutoscaling | undefined;
  /** Most pods that objects of the application's own make of it. @default - none do */
  readonly scaledTo?: number;
  /** @default - none */
  readonly sidecars: readonly ResolvedSidecar[] | undefined;
  /** Ports beside that of its requests. @default - none */
  readonly ports: readonly ResolvedPort[] | undefined;
  /** @default - none: liveness begins after its own delay */
  readonly startup: Required<Probe> | undefined;
  /** @default - nothing is asked of its own container */
  readonly metrics: ResolvedMetrics | undefined;
}

export interface ResolvedPhpFpm extends Replicated {
  readonly kind: "php-fpm";
  readonly requestSeconds: number;
  /** @default - it promises nothing */
  readonly objectives: Objectives | undefined;
  readonly port: number;
  readonly httpPort: number;
  /** @default - the one of this program */
  readonly nginxImage: string | undefined;
  readonly documentRoot: string;
  readonly healthCommand: readonly string[];
  readonly processMemory: Bytes;
  readonly maxBodySize: Bytes;
  readonly liveness: Required<Probe>;
  readonly readiness: Required<Probe>;
}

export interface ResolvedHttp extends Replicated {
  readonly kind: "http";
  readonly requestSeconds: number;
  /** @default - it promises nothing */
  readonly objectives: Objectives | undefined;
  readonly port: number;
  readonly protocol: "http" | "grpc";
  /** Absent with gRPC, which has a protocol of its own for that. */
  readonly livenessPath: string | undefined;
  readonly readinessPath: string | undefined;
  readonly liveness: Required<Probe>;
  readonly readiness: Required<Probe>;
}

export interface ResolvedWorker extends Replicated {
  readonly kind: "worker";
  /** @default - none: the process's life is its health */
  readonly healthCommand: readonly string[] | undefined;
  readonly liveness: Required<Probe>;
}

export interface ResolvedCron extends Common {
  readonly kind: "cron";
  readonly schedule: string;
  readonly timeZone: string;
  readonly concurrency: "Allow" | "Forbid" | "Replace";
  readonly startingDeadlineSeconds: number;
  readonly activeDeadlineSeconds: number;
  readonly retries: number;
}

export interface ResolvedRelease extends Common {
  readonly kind: "release";
  readonly activeDeadlineSeconds: number;
  readonly retries: number;
}

export type ResolvedReplicated =
  | Covering<ResolvedPhpFpm, PhpFpm, "needs">
  | Covering<ResolvedHttp, Http, "needs">
  | Covering<ResolvedWorker, Worker, "needs">;
export type ResolvedWorkload =
  ResolvedReplicated | Covering<ResolvedCron, Cron, "needs"> | Covering<ResolvedRelease, Release, "needs">;

/** Objects of the application's own, and what is known of the pods that they bring. */
export type ResolvedObjectGroup = Covering<
  {
    readonly name: string;
    readonly reason: string;
    readonly manifests: readonly Manifest[];
    /** @default - none */
    readonly pods: ResolvedGroupPods | undefined;
    /** Edges of its pods to workloads, externals and other groups. */
    readonly edges: readonly Edge[];
    readonly computedFields: readonly string[];
    readonly scales: Readonly<Record<string, number>>;
  },
  ObjectGroup,
  "needs"
>;

/** The port on which a workload answers HTTP inside the cluster; `undefined` if it does not. */
export function httpPort(workload: { kind: string; httpPort?: number; port?: number }): number | undefined {
  if (workload.kind === "php-fpm") return workload.httpPort;
  return workload.kind === "http" ? workload.port : undefined;
}

/** Whether the workload speaks gRPC, which every proxy before it has to know. */
export const speaksGrpc = (workload: { readonly kind: string; readonly protocol?: string }): boolean =>
  workload.kind === "http" && workload.protocol === "grpc";

/** Most pods that this program makes of the workload, leaving aside a rolling update's surge. */
export const maxReplicas = (workload: ResolvedReplicated): number => workload.autoscaling?.max ?? workload.replicas;

/** Most pods the workload can have at one time, whoever makes them, leaving aside the same. */
export const mostReplicas = (one: ResolvedReplicated): number => Math.max(maxReplicas(one), one.scaledTo ?? 0);

/** Whether the workload is a process that ends, and so has neither replicas nor an autoscaler. */
export function runsToItsEnd<W extends { readonly kind: string }>(
  workload: W,
): workload is Extract<W, { readonly kind: "cron" | "release" }> {
  return workload.kind === "cron" || workload.kind === "release";
}
