import type { ConnectionLimits } from "../../../kubernetes/connection-problems";
import type { Mysql } from "../../../services/mysql";
import { mysqlParameters, type MysqlPlace } from "../../../services/mysql/parameters";
import { isStatic } from "../../../services/mysql/static-parameters";
import type { PinnedVersion } from "../../../services/pinned-version";
import { releaseOf } from "../../../services/version-rules";
import { rdsProvisioner } from "../rds/provisioner";

/** Connections as RDS computes them of all of a class's memory, a bit of which it keeps: said, so that the number is known. */
export const CONNECTIONS: ConnectionLimits = { small: 341, medium: 682, large: 1365, xlarge: 2730 };

/**
 * All of these are dynamic on RDS: a change holds for connections made after it, without a restart.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Parameters.html
 */
export const RDS: MysqlPlace = {
  switches: ["0", "1"],
  untold: {
    time_zone: "UTC unless told otherwise",
    tls_version: "both versions unless told otherwise, and a change would wait for a restart",
    sql_generate_invisible_primary_key: "off unless told otherwise",
  },
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html */
const CALENDAR = {
  product: "Amazon RDS for MySQL",
  source: "https://endoflife.date/amazon-rds-mysql",
  read: "2026-08-22",
  arguments: ["aws_db_instance.engine_version"],
} as const;
const RDS_VERSIONS: readonly PinnedVersion[] = [
  { ...CALENDAR, version: "8.4", endOfSupport: "2029-07-31" },
  { ...CALENDAR, version: "8.0", endOfSupport: "2026-07-31" },
];

/** RDS for MySQL. Workloads have users of their own, which a Job makes as the administrator. */
export const mysqlOnAws = rdsProvisioner<Mysql>({
  engine: "mysql",
  product: "Amazon RDS for MySQL",
  title: "MySQL",
  versions: RDS_VERSIONS,
  connections: CONNECTIONS,
  // It takes 41 characters.
  administrator: { username: "admin", passwordLength: 40 },
  logs: ["error", "slowquery"],
  version: ({ spec }) => spec.version,
  release: releaseOf,
  database: ({ spec }) => spec.database,
  family: ({ spec }) => `mysql${spec.version}`,
  // RDS runs 8.0 so alone.
  isExtended: ({ spec }) => spec.version === "8.0",
  parameters: ({ sizing }) => [
    ...Object.entries({
      ...mysqlParameters(RDS),
      // Of a machine that the environment names RDS computes them.
      ...(sizing.machine === undefined && { max_connections: String(CONNECTIONS[sizing.size]) }),
    }).map(([name, value]) => ({ name, value })),
    ...Object.entries(sizing.parameters ?? {}).map(([name, value]) => ({ name, value, isStatic: isStatic(name) })),
  ],
});
