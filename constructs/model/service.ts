import type { ConnectionContract } from "./connection";
import type { Path, Problem } from "./problem";
import type { Bytes } from "./quantity";
import type { UserSetup } from "./service-users";

/** Every kind of service. A new one is a name here, a folder in `constructs/services/` and a line in its `kinds.ts`. */
export const SERVICE_KINDS = ["mysql", "redis", "rabbitmq", "bucket"] as const;

export type ServiceKind = (typeof SERVICE_KINDS)[number];

/**
 * A data service the application needs. Made by `mysql()`, `redis()`, `rabbitmq()` and `bucket()`, one file each in
 * `constructs/services/`. How it is provided (RDS, Cloud SQL, …) is the environment's choice.
 */
export interface Service {
  readonly kind: ServiceKind;
  readonly contract: ConnectionContract;
  /** How each workload gets a user of its own. @default - a service has no users, or the cloud alone can make them */
  readonly users?: UserSetup;
  /** What an environment may say of its size, by who runs it; anything else would be ignored and is refused. */
  readonly sizes: Readonly<Record<ServicePlacement, readonly (keyof Omit<ServiceSizing, "placement">)[]>>;
  /**
   * Whether it is one pod in the cluster: an environment that would have a standby by its profile has to say that it does
   * without. @default false
   */
  readonly aloneInCluster?: boolean;
  /** Mistakes in what the developer wrote, `path` being the service's own. */
  problems(path: Path): Problem[];
}

export const SERVICE_PLACEMENTS = ["managed", "in-cluster"] as const;

/**
 * `managed`: by the cloud. `in-cluster`: in pods beside the application, on disks of the cluster. There RabbitMQ alone
 * can have a standby, and nothing is backed up.
 */
export type ServicePlacement = (typeof SERVICE_PLACEMENTS)[number];

/** What an environment says about one service; what it leaves out follows the environment's profile. */
export interface ServiceSizing {
  /**
   * Who runs it. Another placement is another server, without the data of the one before: a plan that would change it
   * stops with the steps to take, unless `moves` names the service. @default - the cloud, where it offers the service
   */
  readonly placement?: ServicePlacement;
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
   * Generation of the passwords: a higher number gives every user of the service a new one, and pods are replaced to
   * take it. @default 1
   */
  readonly passwords?: number;
}

export const SIZES = ["small", "medium", "large", "xlarge"] as const;

/** Relative; each cloud's cell maps it to an instance class and documents the mapping. */
export type Size = (typeof SIZES)[number];

/** `ServiceSizing` with every default applied. */
export type ResolvedSizing = Required<ServiceSizing>;
