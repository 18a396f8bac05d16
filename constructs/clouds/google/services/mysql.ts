import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import { Id } from "@cdktf/provider-random/lib/id";
import type { Construct } from "constructs";
import { type ConnectionLimits, connectionProblems } from "../../../kubernetes/connection-problems";
import type { Connection } from "../../../model/connection";
import type { Path, Problem } from "../../../model/problem";
import { gibibytes } from "../../../model/quantity";
import { type ResolvedSizing, type Size, WEEKDAYS } from "../../../model/service";
import type { Mysql } from "../../../services/mysql";
import { MYSQL_PARAMETERS, mysqlParameters, type MysqlPlace } from "../../../services/mysql/parameters";
import type { PinnedVersion } from "../../../services/pinned-version";
import { managedLogs } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { releaseOf, releaseProblems } from "../../../services/version-rules";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { type DiskLimits, diskProblems, growsTo, limitsText } from "../../shared/disk-limits";
import { type MachineForm, machineOf, machineProblems } from "../../shared/machine";
import { ensureRandomProvider } from "../../shared/providers";
import { nameParts } from "../../shared/provisioner";
import { createUsers } from "../../shared/users";
import { createAlarms } from "../alarms/alarm";
import { mysqlAlarms } from "../alarms/mysql";
import { generateLogin } from "../secret-store";
import { createAddress } from "./mysql-address";
import { SERVICE_NAMES, uniqueName } from "./names";
import {
  BACKUP_START,
  type GoogleDescribeRequest,
  type GoogleProvisioner,
  type GoogleRequest,
  MAINTENANCE_HOUR,
  type ProvidedService,
} from "./provisioner";
import { passwords, userSecretPlace } from "./users";

type Request = GoogleRequest<Mysql>;

/*
 * vCPU and GiB: 2/4, 2/8, 4/16, 8/32, of the edition Enterprise: every region has it, and it is what a standby in another
 * zone and a commitment of 99.95 % cost least in. Shared cores have no commitment at all.
 */
const TIERS: Readonly<Record<Size, string>> = {
  small: "db-custom-2-4096",
  medium: "db-custom-2-8192",
  large: "db-custom-4-16384",
  xlarge: "db-custom-8-32768",
};

/** Cloud SQL's own number for each of them. https://cloud.google.com/sql/docs/mysql/quotas */
export const CONNECTIONS: ConnectionLimits = { small: 4000, medium: 4000, large: 4000, xlarge: 4000 };

const VERSIONS: Readonly<Record<Mysql["spec"]["version"], string>> = { "8.4": "MYSQL_8_4", "8.0": "MYSQL_8_0" };

/** Machine of the edition Enterprise: vCPU, and MiB of memory. */
const MACHINE: MachineForm = { form: /^db-custom-[1-9]\d?-[1-9]\d{3,5}$/, example: "db-custom-4-26624" };

/** `MYSQL_8_0_41` of a release. Of 8.4 the API knows the version alone. */
const databaseVersion = ({ service, sizing }: Pick<Request, "service" | "sizing">): string =>
  releaseOf(sizing) === undefined ? VERSIONS[service.spec.version] : `MYSQL_${sizing.version?.replaceAll(".", "_")}`;

const releaseProblemsHere = ({ service, sizing }: Pick<Request, "service" | "sizing">, path: Path): Problem[] =>
  service.spec.version === "8.0"
    ? []
    : releaseProblems(sizing, path, `Cloud SQL chooses the release of MySQL ${service.spec.version} itself`);

const STORAGE_TYPE = "PD_SSD";
const STORAGE: DiskLimits = { of: "a disk of Cloud SQL", min: 10, max: 65_536 };

/** Longest time for which Cloud SQL keeps the binary log of MySQL in this edition, and so for which any second can be had back. */
const LOG_DAYS = 7;

/** Days of which any second can be had back. */
const logDays = ({ backupDays }: ResolvedSizing): number => Math.min(backupDays, LOG_DAYS);

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

const alarmsOf = (sizing: ResolvedSizing) => mysqlAlarms(sizing, growsTo(STORAGE, gibibytes(sizing.storage)));

/**
 * Cloud SQL for MySQL. Its first user is the administrator, whom only the Job that makes the workloads' users signs in as;
 * the provider takes the user `root` away, who would have no password.
 */
export const mysqlOnGoogle: GoogleProvisioner<Mysql> = {
  versions: CLOUD_SQL_VERSIONS,
  recoverable: ({ sizing }) =>
    managedLogs(
      "Cloud SQL",
      logDays(sizing),
      "https://cloud.google.com/sql/docs/mysql/backup-recovery/pitr",
      undefined,
    ),
  connections: ({ size }) => CONNECTIONS[size],
  facts: {
    apis: ["servicenetworking", "sqladmin"],
    logFilters: ({ project, environment }) => [
      [`resource.type="cloudsql_database"`, `resource.labels.database_id=~"^${project}:${environment}-"`],
    ],
  },
  alarms: ({ sizing }) => alarmsOf(sizing),
  problems: (request, path) => [
    ...diskProblems(STORAGE, request.sizing, path),
    ...connectionProblems(request.resolved, request, CONNECTIONS, path),
    ...machineProblems(request.sizing, MACHINE, path),
    ...releaseProblemsHere(request, path),
  ],
  describe,
  provide,
};

/** Days are counted from Monday, which is 1. */
const maintenanceWindow = ({ maintenance }: ResolvedSizing) =>
  maintenance === undefined
    ? { day: 7, hour: MAINTENANCE_HOUR }
    : { day: WEEKDAYS.indexOf(maintenance.day) + 1, hour: maintenance.hour };

const nameOf = (request: Parameters<typeof nameParts>[0], suffix: string): string =>
  uniqueName(nameParts(request), SERVICE_NAMES.sqlInstance, suffix);

function describe(request: GoogleDescribeRequest<Mysql>): ServiceTraits {
  const { service, sizing } = request;
  return {
    placement: "managed",
    product: "Cloud SQL for MySQL",
    version: `MySQL ${sizing.version ?? service.spec.version}`,
    port: service.contract.defaultPort,
    tls: "bundle",
    signIn: "user",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: machineOf(sizing, TIERS), sizes: TIERS },
    disk: {
      kind: STORAGE_TYPE,
      size: sizing.storage,
      limits: limitsText(STORAGE),
      growsTo: `${growsTo(STORAGE, gibibytes(sizing.storage))}Gi`,
    },
    backups: `any second of ${logDays(sizing)} days, daily backups of ${sizing.backupDays} days`,
    passwords: { place: userSecretPlace(request, "<workload>"), old: "kept" },
    inState: [],
    name: nameOf(request, "<random>"),
    notes: [
      "its name is drawn, so that a deleted instance's is never in the way",
      `the binary log goes back ${LOG_DAYS} days at most`,
      "clients find it by the name in its certificate, which the network alone knows",
      `the administrator is ${ADMINISTRATOR}; there is no root`,
    ],
  };
}

function provide(request: Request): ProvidedService {
  const { scope, service, lookup, protect } = request;
  const port = service.contract.defaultPort;
  const instance = createInstance(scope, request);
  createAlarms(request, alarmsOf(request.sizing), {
    type: "cloudsql_database",
    label: ["database_id", `${lookup.project}:${instance.name}`],
  });
  const database = new SqlDatabase(scope, "Database", {
    name: service.spec.database,
    project: lookup.project,
    instance: instance.name,
    charset: MYSQL_PARAMETERS.character_set_server.value,
    collation: MYSQL_PARAMETERS.collation_server.value,
    lifecycle: { preventDestroy: protect },
  });
  const shared: Connection = {
    parts: {
      host: { value: createAddress(scope, request, instance) },
      port: { value: String(port) },
      // By reference: whoever needs it waits until it is there.
      database: { value: database.name },
    },
    tls: true,
    caBundle: instance.serverCaCert.get(0).cert,
    endpoints: [{ cidrs: request.dataCidrs, port }],
  };
  const administrator: Connection = {
    ...shared,
    parts: { ...shared.parts, ...createAdministrator(scope, request, instance) },
  };
  return { ...createUsers(request, { administrator, shared }, passwords(request)), grants: [] };
}

function createInstance(scope: Construct, request: Request): SqlDatabaseInstance {
  const { sizing, lookup, protect, protectedEnvironment, key, labels } = request;
  ensureRandomProvider(scope);
  // Google frees the name of a deleted instance at once, its provider speaks of a week: drawn, it is in nobody's way.
  const suffix = new Id(scope, "Suffix", { byteLength: 4 });
  const diskSize = gibibytes(sizing.storage);
  const instance = new SqlDatabaseInstance(scope, "Default", {
    name: nameOf(request, suffix.hex),
    project: lookup.project,
    region: lookup.region,
    databaseVersion: databaseVersion(request),
    encryptionKeyName: key.id,
    // Against Terraform; the one in `settings` is against everybody else.
    deletionProtection: protect,
    settings: {
      edition: "ENTERPRISE",
      tier: machineOf(sizing, TIERS),
      availabilityType: sizing.highAvailability ? "REGIONAL" : "ZONAL",
      diskType: STORAGE_TYPE,
      diskSize,
      diskAutoresize: true,
      diskAutoresizeLimit: growsTo(STORAGE, diskSize),
      ipConfiguration: {
        ipv4Enabled: false,
        privateNetwork: lookup.networkId,
        sslMode: "ENCRYPTED_ONLY",
        // The only mode in which the certificate of an instance with a private address has a name to compare.
        serverCaMode: "GOOGLE_MANAGED_CAS_CA",
      },
      backupConfiguration: {
        enabled: true,
        // What point-in-time recovery is called for MySQL.
        binaryLogEnabled: true,
        startTime: BACKUP_START,
        location: lookup.region,
        transactionLogRetentionDays: logDays(sizing),
        // One a day.
        backupRetentionSettings: { retainedBackups: sizing.backupDays, retentionUnit: "COUNT" },
      },
      retainBackupsOnDelete: protectedEnvironment,
      deletionProtectionEnabled: protect,
      maintenanceWindow: { ...maintenanceWindow(sizing), updateTrack: "stable" },
      insightsConfig: { queryInsightsEnabled: true, recordApplicationTags: true },
      databaseFlags: Object.entries({ ...mysqlParameters(CLOUD_SQL), ...sizing.parameters }).map(([name, value]) => ({
        name,
        value,
      })),
      userLabels: labels,
    },
    dependsOn: [key.allow("CloudSql")],
    // Cloud SQL makes the disk larger by itself. Terraform would take that for a wish to have a smaller one, and for that
    // it would delete the database.
    lifecycle: { preventDestroy: protect, ignoreChanges: ["settings[0].disk_size"] },
  });
  exceptChecks(instance, {
    checks: ["CKV_GCP_6"],
    reason: "it wants certificates of clients too; TLS is required, and a client is known by its user and password",
  });
  return instance;
}

/** Made by Terraform, so that the Job in the cluster has someone to sign in as. */
function createAdministrator(scope: Construct, request: Request, instance: SqlDatabaseInstance) {
  const { environment, application, name, sizing, key, labels, lookup, protect } = request;
  return generateLogin(
    scope,
    "Administrator",
    {
      name: userSecretPlace(request),
      username: ADMINISTRATOR,
      description: `Administrator of service ${name} of ${application} in ${environment}`,
      generation: sizing.passwords,
      key,
      labels,
      lookup,
      protect,
    },
    (passwordWo, dependsOn) =>
      new SqlUser(scope, "User", {
        name: ADMINISTRATOR,
        host: "%",
        project: lookup.project,
        instance: instance.name,
        passwordWo,
        passwordWoVersion: sizing.passwords,
        dependsOn: [...dependsOn],
      }),
  );
}
