import type { ServicePlacement, Size } from "../model/service";
import type { AnyCloudAlarms } from "./cloud-alarms";

/** One service of an application as a place would provide it. A field that does not apply is `undefined`, never left out. */
export interface ServiceTraits {
  readonly placement: ServicePlacement;
  /** What is bought, or installed: `Amazon RDS for MySQL`. */
  readonly product: string;
  /** What answers, as it calls itself: `MySQL 8.4`. */
  readonly version: string | undefined;
  /** TCP port that clients connect to. */
  readonly port: number;
  readonly tls: Tls;
  readonly signIn: SignIn;
  /** Parts that the contract calls optional and this fills: they bring variables of their own. */
  readonly optionalParts: readonly string[];
  readonly compute: Compute | undefined;
  /** Disk of each node. */
  readonly disk: Disk | undefined;
  readonly backups: string | undefined;
  readonly passwords: Passwords | undefined;
  /** Arguments through which a secret of it enters the Terraform state, from the cloud's list of exceptions. */
  readonly inState: readonly string[];
  /** What only its cloud sees fail, and how that is told. @default - nothing: it is not measured, or runs elsewhere */
  readonly alarms?: AnyCloudAlarms;
  /** Name of the main resource, as the cloud's API knows it. */
  readonly name: string;
  /** What no other field says and somebody who moves would trip over. Lower case, a line each. */
  readonly notes: readonly string[];
}

/**
 * `system`: required, and every system bundle knows the server. `bundle`: required, and the authorities are mounted.
 * `none`: inside the cluster's network without.
 */
export type Tls = "system" | "bundle" | "none";

/**
 * `user`: a user and password for each workload. `shared`: one password for all workloads. `identity`: the workload's
 * own identity, without a password. Where the contract would have the identity and the cloud another way, `key`: a pair of
 * access keys for each workload, or `shared-key`: one for all. `none`: it lets everybody in.
 */
export type SignIn = "user" | "shared" | "identity" | "key" | "shared-key" | "none";

export interface Compute {
  /** Servers that run it, standbys included. */
  readonly nodes: number;
  /** What each is, of the size that was asked for. */
  readonly machine: string;
  /** The whole table. */
  readonly sizes: Readonly<Record<Size, string>>;
}

export interface Disk {
  /** `gp3`, or a StorageClass. */
  readonly kind: string;
  /** Size as it was asked for: `20Gi`. */
  readonly size: string;
  /** What the cloud takes: `20Gi to 64Ti`. */
  readonly limits: string;
  /** @default - it stays as large as it is */
  readonly growsTo: string | undefined;
}

export interface Passwords {
  /** Names lead to it in the cloud's store. `<workload>` stands for each workload. */
  readonly place: string;
  /**
   * What becomes of the old one after `passwords` was raised. `kept`: it is valid until the next change, or with the user that it
   * is of until the release is through, where each generation has users of its own (`UserSetup.renewed`). `dropped`: the
   * service refuses it as soon as it has the new one. `fixed`: there is no new one, and a number above 1 is refused or does
   * nothing.
   */
  readonly old: "kept" | "dropped" | "fixed";
}

/** Fields of a description that parts read, and what each is at least. */
export const DESCRIBED = {
  product: "string",
  name: "string",
  optionalParts: "object",
  inState: "object",
  notes: "object",
} as const;
