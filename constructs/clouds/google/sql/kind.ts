import type { SqlDatabaseInstanceSettingsBackupConfiguration } from "@cdktf/provider-google/lib/sql-database-instance";
import type { ConnectionLimits } from "../../../kubernetes/connection-problems";
import type { CheckException } from "../../../model/check-exception";
import type { Path, Problem } from "../../../model/problem";
import type { Service } from "../../../model/service";
import type { PinnedVersion } from "../../../services/pinned-version";
import type { ServiceRequest } from "../../../services/provisioner";
import type { GoogleDescribeRequest } from "../services/provisioner";

/** What a kind of service says of itself, so that Cloud SQL runs it. */
export interface CloudSqlKind<S extends Service> {
  /** What is bought: `Cloud SQL for MySQL`. */
  readonly product: string;
  /** What answers, as it calls itself, without its version: `MySQL`. */
  readonly title: string;
  readonly versions: readonly PinnedVersion[];
  /** Connections that workloads have together, on the machine of each size. */
  readonly connections: ConnectionLimits;
  /** Whether it takes as many on a machine that the environment names. @default false */
  readonly isSameOnAll?: true;
  /** The version that a service asks for: `8.4`. */
  version(service: S): string;
  /** The same in the API's words: `MYSQL_8_4`. */
  databaseVersion(request: ServiceRequest<S>): string;
  /** Its database. Whoever needs it waits until it is there. */
  database(service: S): { readonly name: string; readonly charset: string; readonly collation: string };
  /**
   * What becomes of users and the database when they leave the state before the instance does. `ABANDON` where the engine deletes
   * none that somebody has rights in, or owns something. @default - they are deleted
   */
  readonly deletionPolicy?: "ABANDON";
  /** The first user, whom workloads are never given. `host` where the engine knows users by where they come from. */
  readonly administrator: { readonly username: string; readonly host?: string };
  /** Argument by which any second can be had back. */
  readonly pointInTime: Pick<
    SqlDatabaseInstanceSettingsBackupConfiguration,
    "binaryLogEnabled" | "pointInTimeRecoveryEnabled"
  >;
  /** What that goes by: `the binary log`. */
  readonly log: string;
  /** Page on how any second is had back. */
  readonly recoverySource: string;
  /** What the server is told, in this order. */
  flags(request: ServiceRequest<S>): Readonly<Record<string, string>>;
  /** What of a valid service is not to be had here, beside what is so for every kind. @default - everything is */
  problems?(request: GoogleDescribeRequest<S>, path: Path): Problem[];
  /** What somebody who moves would trip over, beside what is so for every kind. @default - nothing */
  readonly notes?: readonly string[];
  /** What checkov finds of the instance beside what it finds of every one. @default - nothing */
  readonly exceptions?: readonly CheckException[];
}
