import type { ConnectionLimits } from "../../clouds";
import { type AwsProvisioner, rdsProvisioner } from "../../clouds/aws";
import { type PinnedVersion, releaseOf } from "../../services";
import { postgresqlParameters } from "./parameters";
import { LINE_PARTS, type Postgresql } from "./spec";
import { isStatic } from "./static-parameters";

/**
 * Connections as RDS computes them of all of a class's memory, a bit of which it keeps: said, so that the number is known.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export const RDS_CONNECTIONS: ConnectionLimits = { small: 450, medium: 901, large: 1802, xlarge: 3604 };

/** RDS counts from its own first release on, and says ends later than the community: not read, so not said. */
const CALENDAR = {
  product: "Amazon RDS for PostgreSQL",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
  read: "2026-11-30",
  endOfSupport: undefined,
  arguments: ["aws_db_instance.engine_version"],
} as const;
const RDS_VERSIONS: readonly PinnedVersion[] = [
  { ...CALENDAR, version: "17" },
  { ...CALENDAR, version: "18" },
];

/**
 * Parameters that RDS has so by itself. It registers no other time to hold for a value that it has, and calls all of its own
 * `pending-reboot`: told otherwise, each plan would find a difference.
 * https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/resources/db_parameter_group#problematic-plan-changes
 */
const OWN = new Set(["timezone", "password_encryption", "ssl_min_protocol_version"]);

/**
 * RDS for PostgreSQL. Its first user is a member of `rds_superuser`, and no superuser: it may make roles and databases, and is who the
 * Job that makes the workloads' roles signs in as.
 */
export const postgresqlOnAws: AwsProvisioner<Postgresql> = rdsProvisioner<Postgresql>({
  engine: "postgres",
  product: "Amazon RDS for PostgreSQL",
  title: "PostgreSQL",
  versions: RDS_VERSIONS,
  connections: RDS_CONNECTIONS,
  // `admin` is the engine's own on RDS.
  administrator: { username: "dbadmin", passwordLength: 40 },
  logs: ["postgresql", "upgrade"],
  version: ({ spec }) => spec.version,
  release: (sizing) => releaseOf(sizing, LINE_PARTS),
  database: ({ spec }) => spec.database,
  family: ({ spec }) => `postgres${spec.version}`,
  isExtended: () => false,
  parameters: ({ sizing }) => [
    // RDS turns away whoever comes without TLS.
    { name: "rds.force_ssl", value: "1", isStatic: true },
    ...Object.entries(postgresqlParameters()).map(([name, value]) => ({ name, value, isStatic: OWN.has(name) })),
    // Of a machine that the environment names RDS computes it.
    ...(sizing.machine === undefined
      ? [{ name: "max_connections", value: String(RDS_CONNECTIONS[sizing.size]), isStatic: true }]
      : []),
    ...Object.entries(sizing.parameters ?? {}).map(([name, value]) => ({ name, value, isStatic: isStatic(name) })),
  ],
});
