import type { Autoscaling } from "./autoscaling";
import type { InitContainerSpec, SidecarSpec } from "./containers";
import type { Metrics } from "./metrics";
import type { Objectives } from "./objectives";
import type { Permissions } from "./permissions";
import type { HostAlias, ServiceAccountSpec } from "./pods";
import type { WorkloadPort } from "./ports";
import type { Probe } from "./probes";
import type { Bytes, Resources } from "./quantity";
import type { Scheduling } from "./scheduling";
import type { WorkloadAnswer } from "./team";
import type { Volume } from "./volumes";

export type {
  Autoscaling,
  ExternalMetric,
  MetricsApi,
  ObjectMetric,
  PodsMetric,
  ScalingBehavior,
  ScalingMetric,
  ScalingPolicy,
  ScalingSteps,
} from "./autoscaling";
export type { Metrics } from "./metrics";
export type {
  AwsPermission,
  AzurePermission,
  GooglePermission,
  GoogleResource,
  Permissions,
  PermissionsOverride,
} from "./permissions";
export type * from "./pods";
export type { PortSpec, WorkloadPort } from "./ports";
export type { Probe } from "./probes";
export type { Resources } from "./quantity";
export type * from "./volumes";

/**
 * Made by `phpFpm()`, `http()`, `worker()`, `cron()` and `release()`, so that a workload cannot mix the fields of two
 * kinds.
 */
export type Workload = PhpFpm | Http | Worker | Cron | Release;

/** What every workload has. */
export interface CommonSpec extends WorkloadAnswer {
  /** Image reference with a tag, a digest or both: `registry.example.com/backend:v1.2.3`. */
  readonly image: string;
  /**
   * Replaces the image's entry point. Every word is passed as it is, in a cluster and in Compose: nobody expands `$(NAME)`
   * or `$NAME` in it but a program that does so itself, such as a shell: `["sh", "-c", "serve --port $PORT"]`.
   * @default - the image's own
   */
  readonly command?: readonly string[];
  /** Replaces the image's arguments, word by word like `command`. @default - the image's own */
  readonly args?: readonly string[];
  /** @default - 100m and 128Mi requested, 500m and 256Mi at most */
  readonly resources?: Resources;
  /** Plain environment variables, kept in a ConfigMap of the workload's own. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * Out-of-band secrets by their names in `application.secrets`. Each becomes the environment variable that the
   * secret declares. @default - none
   */
  readonly secrets?: readonly string[];
  /**
   * Services, workloads and outside hosts this workload talks to, by name. An edge injects the variables,
   * opens the network policy and grants the permission; without one there is none of it. @default - none
   */
  readonly needs?: readonly (string | Need)[];
  /** Mounted directories, by volume name. @default - none but the temporary ones its kind needs */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /** What the Pod Security profile `restricted` forbids and this workload cannot do without. @default - restricted */
  readonly security?: Security;
  /**
   * Seconds that work in hand is given to finish when a pod stops. A web workload's pod lives a little longer, for traffic
   * to turn away first. @default 60
   */
  readonly terminationGraceSeconds?: number;
  /**
   * Most connections that one process opens to each service it needs. A database that takes fewer than all pods can
   * open is refused. PHP-FPM has a process for each request at a time, every other workload one process in each pod.
   * @default - 10 for `http()`, as the pools of common drivers have; 1 for every other kind
   */
  readonly connections?: number;
  /**
   * Whether its image has OpenTelemetry in it, so that what it does for a request is a trace. Where the environment takes traces
   * it is told so by variables `OTEL_…`, and may send there; its own `config` counts before these. Nothing is put into the
   * image. @default false
   */
  readonly tracing?: boolean;
  /**
   * Annotations of its Deployment, CronJob or Job and of its pods, for controllers that read them. Those that this program,
   * Helm or the cluster writes are refused. Of a release another one is another run. @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Labels of the same objects, beside `app`, `owner`, `version` and `app.kubernetes.io/…`. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** The service account under which its pods run. @default - one with what the workload's identity needs */
  readonly serviceAccount?: ServiceAccountSpec;
  /**
   * What its identity may do in the cloud beside what its edges bring. It opens no way through the network: that is an edge to
   * an `external()`. @default - nothing
   */
  readonly permissions?: Permissions;
  /** Nodes on which its pods run, and what they go before. @default - on any, spread over zones and nodes */
  readonly scheduling?: Scheduling;
  /**
   * Addresses of names, in `/etc/hosts` of its pods, before those that DNS has. They open no way through the network: that is
   * an edge to an `external()` with the address in its `cidrs`. @default - none
   */
  readonly hostAliases?: readonly HostAlias[];
  /** Containers that run to their end, one after the other, before each start of a pod, by name. @default - none */
  readonly initContainers?: Readonly<Record<string, InitContainerSpec>>;
}

/** An edge with more to say than a name. */
export interface Need {
  /** Name of a service, a workload or an external of the same application. */
  readonly to: string;
  /** Put before each variable of the edge, to tell two apart: `REPORTS_` → `REPORTS_DATABASE_URL`. @default "" */
  readonly prefix?: string;
  /**
   * What the workload may do with the data of a service: `"read"` for nothing but reading, where the place can refuse the rest.
   * All edges of a workload to a service say the same. @default "write"
   */
  readonly access?: Access;
  /**
   * Name of one of the workload's `ports`, in place of that of its requests: the edge opens that one alone and injects
   * `<NAME>_<PORT>_ADDRESS` (`my-app-backend:9090`), or `<NAME>_<PORT>_URL` where HTTP is spoken there.
   * @default - the port of its requests
   */
  readonly port?: string;
}

export const ACCESSES = ["read", "write"] as const;

export type Access = (typeof ACCESSES)[number];

export interface Security {
  /** Numeric user and group of the processes. @default 1000 */
  readonly user?: number;
  /** @default true */
  readonly readOnlyRootFilesystem?: boolean;
  /** Pod Security profile the workload needs; the namespace then enforces the weakest asked for. @default "restricted" */
  readonly profile?: "restricted" | "baseline" | "privileged";
  /** Why `restricted` does not do. Required with any other profile; kept as an annotation. */
  readonly reason?: string;
}

/** What web workloads and workers have: they run as a Deployment. */
export interface ReplicatedSpec extends CommonSpec {
  /** Pods without an autoscaler; with one, the number it starts from, within its bounds. @default 3 */
  readonly replicas?: number;
  /** Horizontal autoscaling. @default - none: `replicas` pods */
  readonly autoscaling?: Autoscaling;
  /** Containers that run beside its own in each pod, by name. What ends by itself has none: it would not end. @default - none */
  readonly sidecars?: Readonly<Record<string, SidecarSpec>>;
  /**
   * More ports on which its own container listens, by names of up to 15 characters. Each is a port of its Service under the
   * same number, and open to those alone that name it in `needs`. @default - none
   */
  readonly ports?: Readonly<Record<string, WorkloadPort>>;
  /**
   * Time that a start may take: liveness and readiness are asked after the first good answer. It asks what liveness asks.
   * @default - none: liveness begins after its own delay. Where it is given, every 5 s from the first on, 30 times
   */
  readonly startup?: Probe;
  /**
   * Where its own container tells what it measures, for an environment with `observability`. PHP-FPM's pool is measured
   * without it. @default - nothing is asked of it
   */
  readonly metrics?: Metrics;
}

/** What workloads that answer requests have. */
export interface WebSpec extends ReplicatedSpec {
  /**
   * Longest time in which a request is answered, and of a stream (WebSocket, server-sent events) the longest silence, in
   * seconds: a client's connection is kept so long by every proxy before the workload, and PHP-FPM ends a request that
   * takes longer. At most `terminationGraceSeconds`, or a deployment would cut off what is still in its time.
   * @default - `terminationGraceSeconds`
   */
  readonly requestSeconds?: number;
  /**
   * What it promises of its requests, which it has to count by `metrics`; not with gRPC. People are called when it is about to
   * be missed. @default - nothing
   */
  readonly objectives?: Objectives;
}

/** A PHP program under PHP-FPM; an nginx container in the same pod serves HTTP in front of it. */
export interface PhpFpmSpec extends WebSpec {
  /** FastCGI port. @default 9000 */
  readonly port?: number;
  /** HTTP port of the nginx container, above 1023; routes and other workloads reach this one. @default 8080 */
  readonly httpPort?: number;
  /** Image of the nginx container, with a shell. @default - the pinned one in `kubernetes/php-fpm.ts` */
  readonly nginxImage?: string;
  /** Directory of the front controller inside the PHP image. @default "/app/public" */
  readonly documentRoot?: string;
  /**
   * Script in the PHP image that exits 0 while PHP-FPM answers its status at `FCGI_CONNECT` and `FCGI_STATUS_PATH`. For
   * readiness it gets `--listen-queue=N` and does not exit 0 while more than N requests wait.
   * @default ["php-fpm-healthcheck"]
   */
  readonly healthCommand?: readonly string[];
  /** PHP's `memory_limit`; the pool has as many processes as fit the container's limit with it. @default "48Mi" */
  readonly processMemory?: Bytes;
  /** Largest request body nginx accepts. @default "16Mi" */
  readonly maxBodySize?: Bytes;
  /** @default - those of `Probe` */
  readonly liveness?: Probe;
  /** @default - those of `Probe` */
  readonly readiness?: Probe;
}

/** A program that speaks HTTP itself, such as Node.js. */
export interface HttpSpec extends WebSpec {
  /**
   * What the program speaks on its port. `grpc` is gRPC over HTTP/2 without TLS, with the health checking protocol of gRPC for
   * the whole server in place of the two paths; workloads that need it get `<NAME>_ADDRESS` (`my-app-rpc:80`) and no URL.
   * @see https://grpc.io/docs/guides/health-checking/
   * @default "http"
   */
  readonly protocol?: "http" | "grpc";
  /** Port the program listens on, above 1023. Injected as `PORT`. @default 3000 */
  readonly port?: number;
  /** Path that answers 2xx while the process is worth keeping. Not with gRPC. @default "/healthz" */
  readonly livenessPath?: string;
  /** Path that answers 2xx while requests are welcome. Not with gRPC. @default "/readyz" */
  readonly readinessPath?: string;
  /** @default - those of `Probe` */
  readonly liveness?: Probe;
  /** @default - those of `Probe` */
  readonly readiness?: Probe;
}

/** A long-running process that answers no requests: a queue consumer. */
export interface WorkerSpec extends ReplicatedSpec {
  /** Command that exits 0 while the worker is alive. @default - none: the process's life is its health */
  readonly healthCommand?: readonly string[];
  /** @default - those of `Probe` */
  readonly liveness?: Probe;
}

/** A process on a schedule. */
export interface CronSpec extends CommonSpec {
  /** Five-field cron expression, in `timeZone`: `"*\/5 * * * *"`. */
  readonly schedule: string;
  /** IANA name. @default "Etc/UTC" */
  readonly timeZone?: string;
  /** What happens when the previous run is still going. @default "Forbid" */
  readonly concurrency?: "Allow" | "Forbid" | "Replace";
  /** Latest start after the scheduled time, in seconds, at least 10. @default 300 */
  readonly startingDeadlineSeconds?: number;
  /** Longest run, in seconds. @default 3600 */
  readonly activeDeadlineSeconds?: number;
  /** Retries of a failed run. @default 1 */
  readonly retries?: number;
}

/**
 * A process that ends before the other workloads of a release are changed, such as the migrations of a schema. If it
 * fails, no Deployment and no CronJob is changed. It runs for each new image or configuration, and again after a failure: it has to find
 * out by itself what is done already.
 */
export interface ReleaseSpec extends CommonSpec {
  /** Longest run with its retries, in seconds. @default 900 */
  readonly activeDeadlineSeconds?: number;
  /** Retries of a failed run within one release. @default 1 */
  readonly retries?: number;
}

export interface PhpFpm extends PhpFpmSpec {
  readonly kind: "php-fpm";
}
export interface Http extends HttpSpec {
  readonly kind: "http";
}
export interface Worker extends WorkerSpec {
  readonly kind: "worker";
}
export interface Cron extends CronSpec {
  readonly kind: "cron";
}
export interface Release extends ReleaseSpec {
  readonly kind: "release";
}

export const phpFpm = (spec: PhpFpmSpec): PhpFpm => ({ ...spec, kind: "php-fpm" });
export const http = (spec: HttpSpec): Http => ({ ...spec, kind: "http" });
export const worker = (spec: WorkerSpec): Worker => ({ ...spec, kind: "worker" });
export const cron = (spec: CronSpec): Cron => ({ ...spec, kind: "cron" });
export const release = (spec: ReleaseSpec): Release => ({ ...spec, kind: "release" });
