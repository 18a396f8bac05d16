import type { Backups, Copied, ResolvedBackups } from "./backups";
import type { BucketCors, BucketLifecycle } from "./bucket";
import type { CloudFailureFacts } from "./cloud-failure";
import type { ConnectionContract } from "./connection";
import type { ExporterSetup } from "./exporter";
import type { ExternalForm, ExternalServer, ResolvedExternalServer } from "./external-server";
import type { Imported } from "./imported";
import type { Path, Problem } from "./problem";
import type { Bytes } from "./quantity";
import type { UserSetup } from "./service-users";

/**
 * A data service the application needs. Made by `mysql()`, `redis()`, `rabbitmq()` and `bucket()`, one folder each in
 * `constructs/services/`, or by what `defineService()` returns. How it is provided (RDS, Cloud SQL, …) is the environment's
 * choice.
 */
export interface Service {
  /** `mysql`: a word in small letters. The kinds of this program are the keys of `ServiceKinds`. */
  readonly kind: string;
  readonly contract: ConnectionContract;
  /** How each workload gets a user of its own. @default - a service has no users, or the cloud alone can make them */
  readonly users?: UserSetup;
  /** How it is measured where the environment is and the service is the application's own. @default - it is not */
  readonly exporter?: ExporterSetup;
  /** How the lengths of its queues are read. @default - it has no queues */
  readonly queues?: QueueAccess;
  /** What an environment may say of its size, by who runs it; anything else would be ignored and is refused. */
  readonly sizes: Readonly<Record<OwnPlacement, readonly SizingField[]>> & {
    /** Settings that it may take away where somebody else runs the service. @default - none */
    readonly external?: readonly SettingField[];
  };
  /** Which parameters of its servers an environment may set. @default - none */
  readonly parameters?: ParameterRules;
  /** Whether a workload may have rights to read alone, where it has a sign-in of its own. @default - it has all rights */
  readonly readers?: true;
  /** What an environment may say of its settings in place of the application. @default - nothing */
  readonly override?: ServiceOverride;
  /** What an environment says of one that somebody else runs. @default - nobody else may run it */
  readonly external?: ExternalForm;
  /** What `backups` copies of it in the cluster, where `sizes` has the word. @default - nothing */
  readonly copied?: Copied;
  /**
   * Whether it is one pod in the cluster: an environment that would have a standby by its profile has to say that it does
   * without. @default false
   */
  readonly aloneInCluster?: boolean;
  /**
   * Settings that its data are kept under, by who runs it: a server that is told another value begins empty, or does not start on the files
   * that are there. A plan with another one stops. @default - none: what it is told may change
   */
  readonly heldUnder?: Readonly<Partial<Record<OwnPlacement, readonly string[]>>>;
  /** Failures that only a cloud sees of it, by names that no other kind and no alert has. @default - those of all kinds alone */
  readonly failures?: Readonly<Record<string, CloudFailureFacts>>;
  /** How the data of a service of this name gets from one server to another. */
  readonly moving: (service: string) => DataMove;
  /** What it is to people who look for one, whatever its kind is called. @default - its kind alone says it */
  readonly category?: ServiceCategory;
  /** What provides it, by place: see `constructs/services/provisioner.ts`. @default - the places know the kind themselves */
  readonly provisioners?: object;
  /** What is told of it: see `constructs/observability/kinds/observed-kind.ts`. @default - observability knows the kind itself, or nothing is */
  readonly observability?: object;
  /**
   * Mistakes in what the developer wrote, `path` being the service's own.
   *
   * @param hosts names of the hosts of the application's routes
   */
  problems(path: Path, hosts?: ReadonlySet<string>): Problem[];
  /** What it does by itself where a place runs it, for people who compare: `{ CORS: "GET from *" }`. @default - nothing */
  deeds?(): Readonly<Record<string, string>>;
  /** Settings that count for nothing where somebody else runs it. `path` is the service's own. @default - none */
  problemsElsewhere?(path: Path): Problem[];
}

/** What teams ask for, catalogs list and quotas count. */
export const SERVICE_CATEGORIES = ["database", "cache", "queue", "bucket"] as const;

export type ServiceCategory = (typeof SERVICE_CATEGORIES)[number];

/** How an autoscaler learns how many messages wait. */
export interface QueueAccess {
  /** Name of KEDA's scaler for it. */
  readonly scaler: "rabbitmq";
  /** Variable of the contract with address, virtual host and sign-in. */
  readonly address: string;
}

/** A service whose settings an environment may say in place of the application, each whole. */
export interface ServiceOverride {
  /**
   * The service as the environment has it.
   *
   * @param hosts domains of the application by the names of its hosts
   */
  apply(said: ServiceSizing, hosts: Readonly<Record<string, string>>): Service;
  /** Mistakes in what the environment says, beyond the form of each field. Other parameters are those of `Service.problems`. */
  problems(said: ServiceSizing, path: Path, hosts: ReadonlySet<string>): Problem[];
}

/** The two halves of a move, each as an instruction to people: `dump orders-db to …`. */
export interface DataMove {
  /** Out of the old server. */
  readonly out: string;
  /** Steps into the new one. */
  readonly back: string;
}

export const SERVICE_PLACEMENTS = ["managed", "in-cluster", "external"] as const;

/**
 * `managed`: by the cloud. `in-cluster`: in pods beside the application, on disks of the cluster. There RabbitMQ alone
 * can have a standby, and what is copied `backups` says. `external`: by somebody else, as `external` describes it.
 */
export type ServicePlacement = (typeof SERVICE_PLACEMENTS)[number];

/** Placements in which the service is the application's own. */
export type OwnPlacement = Exclude<ServicePlacement, "external">;

/** What an environment says about one service; what it leaves out follows the environment's profile. */
export interface ServiceSizing {
  /**
   * Who runs it. Another placement is another server, without the data of the one before: a plan that would change it
   * stops with the steps to take, unless `moves` names the service. @default - the cloud, where it offers the service
   */
  readonly placement?: ServicePlacement;
  /** The server that somebody else runs, where `placement` is `"external"`. @default - the service is the application's own */
  readonly external?: ExternalServer;
  /**
   * What it is already, where it was there before this program: it is imported with its data, and nothing of it is made anew.
   * @default - the service is made
   */
  readonly imported?: Imported;
  /** Compute of each node. @default - `"medium"` in profile `production`, `"small"` in profile `small` */
  readonly size?: Size;
  /**
   * Allocated disk of each node, where the service has one. It can grow and not shrink.
   * @default - 100Gi in `production`, 20Gi in `small`
   */
  readonly storage?: Bytes;
  /**
   * Standby in another zone (MySQL, Redis) or a three-node cluster (RabbitMQ). MySQL and Redis in the cluster have none,
   * and in profile `production` say so: `false`. @default - true in `production`
   */
  readonly highAvailability?: boolean;
  /** Days of point-in-time recovery or snapshots, 1 to 35. @default - 14 in `production`, 3 in `small` */
  readonly backupDays?: number;
  /**
   * Copies of a server in the cluster: `{}` is each night, and MySQL's log every quarter of an hour. Of RabbitMQ it is queues, exchanges
   * and policies, and no messages. Taken out, no more are made, and the volume goes with the word.
   * @default - none: what is on its disk is nowhere else
   */
  readonly backups?: Backups;
  /**
   * Generation of the passwords: a higher number gives every user of the service a new one, and pods are replaced to
   * take it. @default 1
   */
  readonly passwords?: number;
  /**
   * Settings of the server by its own names, as texts: `{ innodb_lock_wait_timeout: "20" }`. Those that decide what workloads
   * see are the same everywhere and refused. @default - the server's own
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Hour of the week in which the cloud may restart it for its care. @default - at night before Monday, in UTC */
  readonly maintenance?: MaintenanceWindow;
  /** Machine of each node as the cloud calls it, in place of `size`: `"db.r7g.large"`. @default - that of the size */
  readonly machine?: string;
  /**
   * Version of the server here: another one that the kind has (`"8.4"`), in place of the application's, or one release of it
   * (`"8.4.7"`) where the cloud takes one. @default - the application's
   */
  readonly version?: string;
  /** Days that a bucket keeps old versions here. @default - the application's */
  readonly keepVersionsDays?: number;
  /** What becomes of a bucket's objects here; `false` for nothing. @default - what the application says */
  readonly lifecycle?: BucketLifecycle | false;
  /** Which pages may use a bucket here; `false` for none. @default - those that the application says */
  readonly cors?: readonly BucketCors[] | false;
}

/** What an environment says in place of the application: the service's settings have it, and its size does not. */
export const SETTING_FIELDS = ["keepVersionsDays", "lifecycle", "cors"] as const satisfies (keyof ServiceSizing)[];

export type SettingField = (typeof SETTING_FIELDS)[number];

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

export interface MaintenanceWindow {
  readonly day: (typeof WEEKDAYS)[number];
  /** Hour in UTC in which it begins, 0 to 23. It takes an hour. */
  readonly hour: number;
}

/** What a kind says of the parameters of its servers. */
export interface ParameterRules {
  /** Mistakes in what was given at `path`, of a server that is made or was imported. */
  problems(parameters: Readonly<Record<string, string>>, path: Path, isImported?: boolean): Problem[];
}

/** What an environment may say of a service beside who runs it. */
export type SizingField = keyof Omit<ServiceSizing, "placement" | "external">;

export const SIZES = ["small", "medium", "large", "xlarge"] as const;

/** Relative; each cloud's provisioner maps it to an instance class and documents the mapping. */
export type Size = (typeof SIZES)[number];

/** Fields of a sizing that have no value unless they are given. */
export type OptionalField = "backups" | "external" | "imported" | "machine" | "maintenance" | "parameters" | "version";

/** `ServiceSizing` with every default applied. */
export interface ResolvedSizing extends Required<Omit<ServiceSizing, OptionalField | SettingField>> {
  /** @default - nothing in the cluster copies it */
  readonly backups?: ResolvedBackups;
  /** @default - the server's own, and what this program sets */
  readonly parameters?: Readonly<Record<string, string>>;
  /** @default - that of the size */
  readonly machine?: string;
  /** @default - that of the service's settings, which have its major version in any case */
  readonly version?: string;
  /** @default - the cloud's own of this program */
  readonly maintenance?: MaintenanceWindow;
  /** @default - the service is the application's own */
  readonly external?: ResolvedExternalServer;
  /** @default - the service is made */
  readonly imported?: Imported;
}
