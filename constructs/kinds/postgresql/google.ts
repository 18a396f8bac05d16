import type { ConnectionLimits } from "../../clouds";
import { cloudSqlProvisioner, type GoogleProvisioner } from "../../clouds/google";
import { type PinnedVersion, releaseProblems } from "../../services";
import { postgresqlParameters } from "./parameters";
import { LINE_PARTS, type Postgresql } from "./spec";

/**
 * Connections that it is told to take: what RDS reckons of as much memory. Cloud SQL's own numbers are 100 to 600, and a size that serves on
 * one cloud would be refused here. https://cloud.google.com/sql/docs/postgres/flags#postgres-m
 */
export const CLOUD_SQL_CONNECTIONS: ConnectionLimits = { small: 450, medium: 901, large: 1802, xlarge: 3604 };

const CALENDAR = {
  product: "Cloud SQL for PostgreSQL",
  source: "https://cloud.google.com/sql/docs/postgres/db-versions",
  read: "2026-11-30",
  arguments: ["google_sql_database_instance.database_version"],
} as const;
const CLOUD_SQL_VERSIONS: readonly PinnedVersion[] = [
  // Extended support, which costs extra, begins on the next day.
  { ...CALENDAR, version: "17", endOfSupport: "2030-01-31" },
  { ...CALENDAR, version: "18", endOfSupport: undefined },
];

const ADMINISTRATOR = "dbadmin";

/** What flags are not told, each as a place of PostgreSQL says it. https://cloud.google.com/sql/docs/postgres/flags */
export const CLOUD_SQL_UNTOLD = {
  timezone: "UTC unless told otherwise",
  password_encryption: "scram-sha-256 unless told otherwise, as PostgreSQL itself",
  ssl_min_protocol_version: "no flag of Cloud SQL; 1.2 as PostgreSQL itself",
} as const;

/**
 * Cloud SQL for PostgreSQL. Its first user has the role `cloudsqlsuperuser`, as every user that the API makes, and is no superuser: it
 * may make roles and databases. The user `postgres` has no password, so that nobody signs in as it.
 */
export const postgresqlOnGoogle: GoogleProvisioner<Postgresql> = cloudSqlProvisioner<Postgresql>({
  product: "Cloud SQL for PostgreSQL",
  title: "PostgreSQL",
  versions: CLOUD_SQL_VERSIONS,
  connections: CLOUD_SQL_CONNECTIONS,
  version: ({ spec }) => spec.version,
  databaseVersion: ({ service }) => `POSTGRES_${service.spec.version}`,
  database: ({ spec }) => ({ name: spec.database, charset: "UTF8", collation: "en_US.UTF8" }),
  // Neither goes while somebody has rights in it or owns something: with the instance both do.
  deletionPolicy: "ABANDON",
  administrator: { username: ADMINISTRATOR },
  pointInTime: { pointInTimeRecoveryEnabled: true },
  log: "the write-ahead log",
  recoverySource: "https://cloud.google.com/sql/docs/postgres/backup-recovery/pitr",
  flags: ({ sizing }) => ({
    ...postgresqlParameters(CLOUD_SQL_UNTOLD),
    // Of a machine that the environment names Cloud SQL has its own number.
    ...(sizing.machine === undefined && { max_connections: String(CLOUD_SQL_CONNECTIONS[sizing.size]) }),
    ...sizing.parameters,
  }),
  problems: (request, path) =>
    releaseProblems(request.sizing, path, "Cloud SQL chooses the release of a version itself", LINE_PARTS),
  exceptions: [
    {
      checks: ["CKV2_GCP_13", "CKV_GCP_111"],
      reason: "statements hold what people have entered: those alone are logged that are slow",
    },
    {
      checks: ["CKV_GCP_51", "CKV_GCP_109"],
      reason: "checkpoints, and statements that fail, PostgreSQL logs by itself in these versions",
    },
    {
      checks: ["CKV_GCP_52", "CKV_GCP_53", "CKV_GCP_108"],
      reason: "pods connect anew all the time, by addresses without a name: a line for each would hide the others",
    },
    {
      checks: ["CKV_GCP_110"],
      reason: "an audit log is an environment's to ask for, by parameters: it holds statements too",
    },
    {
      checks: ["CKV_GCP_79"],
      reason: "which version it is, the application says; the radar says until when it is supported",
    },
  ],
  notes: [`the administrator is ${ADMINISTRATOR}, a member of cloudsqlsuperuser and no superuser`],
});
