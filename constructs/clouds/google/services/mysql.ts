import type { ConnectionLimits } from "../../../kubernetes/connection-problems";
import type { Path, Problem } from "../../../model/problem";
import type { Mysql } from "../../../services/mysql";
import { MYSQL_PARAMETERS, mysqlParameters, type MysqlPlace } from "../../../services/mysql/parameters";
import type { PinnedVersion } from "../../../services/pinned-version";
import { releaseOf, releaseProblems } from "../../../services/version-rules";
import { cloudSqlProvisioner } from "../sql/provisioner";
import type { GoogleRequest } from "./provisioner";

type Request = GoogleRequest<Mysql>;

/** Cloud SQL's own number for each of them. https://cloud.google.com/sql/docs/mysql/quotas */
export const CONNECTIONS: ConnectionLimits = { small: 4000, medium: 4000, large: 4000, xlarge: 4000 };

const VERSIONS: Readonly<Record<Mysql["spec"]["version"], string>> = { "8.4": "MYSQL_8_4", "8.0": "MYSQL_8_0" };

/** `MYSQL_8_0_41` of a release. Of 8.4 the API knows the version alone. */
const databaseVersion = ({ service, sizing }: Pick<Request, "service" | "sizing">): string =>
  releaseOf(sizing) === undefined ? VERSIONS[service.spec.version] : `MYSQL_${sizing.version?.replaceAll(".", "_")}`;

const releaseProblemsHere = ({ service, sizing }: Pick<Request, "service" | "sizing">, path: Path): Problem[] =>
  service.spec.version === "8.0"
    ? []
    : releaseProblems(sizing, path, `Cloud SQL chooses the release of MySQL ${service.spec.version} itself`);

/**
 * Cloud SQL restarts the server by itself for a flag that needs it; none of these does.
 * https://cloud.google.com/sql/docs/mysql/flags
 */
export const CLOUD_SQL: MysqlPlace = {
  switches: ["off", "on"],
  untold: {
    time_zone: "UTC unless told otherwise, and a change restarts the server",
    require_secure_transport: "by sslMode",
    tls_version: "both versions unless told otherwise",
    sql_generate_invisible_primary_key: "off unless told otherwise",
  },
};

const CALENDAR = {
  product: "Cloud SQL for MySQL",
  source: "https://cloud.google.com/sql/docs/mysql/db-versions",
  read: "2026-11-28",
  arguments: ["google_sql_database_instance.database_version"],
} as const;
const CLOUD_SQL_VERSIONS: readonly PinnedVersion[] = [
  { ...CALENDAR, version: "8.4", endOfSupport: undefined },
  // Extended support, which costs extra, began on the next day.
  { ...CALENDAR, version: "8.0", endOfSupport: "2026-06-30" },
];

const ADMINISTRATOR = "admin";

/** Cloud SQL for MySQL. The provider takes the user `root` away, who would have no password. */
export const mysqlOnGoogle = cloudSqlProvisioner<Mysql>({
  product: "Cloud SQL for MySQL",
  title: "MySQL",
  versions: CLOUD_SQL_VERSIONS,
  connections: CONNECTIONS,
  isSameOnAll: true,
  version: ({ spec }) => spec.version,
  databaseVersion,
  database: ({ spec }) => ({
    name: spec.database,
    charset: MYSQL_PARAMETERS.character_set_server.value,
    collation: MYSQL_PARAMETERS.collation_server.value,
  }),
  administrator: { username: ADMINISTRATOR, host: "%" },
  // What point-in-time recovery is called for MySQL.
  pointInTime: { binaryLogEnabled: true },
  log: "the binary log",
  recoverySource: "https://cloud.google.com/sql/docs/mysql/backup-recovery/pitr",
  flags: ({ sizing }) => ({ ...mysqlParameters(CLOUD_SQL), ...sizing.parameters }),
  problems: releaseProblemsHere,
  notes: [`the administrator is ${ADMINISTRATOR}; there is no root`],
});
