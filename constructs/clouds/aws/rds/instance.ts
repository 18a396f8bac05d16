import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { Construct } from "constructs";
import type { CheckException } from "../../../model/check-exception";
import { gibibytes } from "../../../model/quantity";
import type { Service } from "../../../model/service";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { type DiskLimits, growsTo } from "../../shared/disk-limits";
import { takeOver, takeOverWith } from "../../shared/imports";
import { machineOf } from "../../shared/machine";
import { createLogGroup } from "../log-group";
import { databaseClasses } from "../machines";
import { AWS_NAMES } from "../names";
import { maintenanceWindow } from "../services/maintenance";
import {
  type AwsRequest,
  BACKUP_WINDOW,
  createSecurityGroup,
  finalSnapshotName,
  serviceName,
} from "../services/provisioner";
import { type Administrator, administratorOf } from "./administrator";
import { copyBackups } from "./copies";
import { AS_IT_WAS, instanceName, LEFT, logWord } from "./imports";
import { hasInsights, insights, WITHOUT_INSIGHTS } from "./insights";
import type { RdsKind } from "./kind";
import { lookAtInstance } from "./look";
import { createMonitoringRole } from "./monitoring";

export const STORAGE_TYPE = "gp3";
export const STORAGE: DiskLimits = { of: "a gp3 volume of RDS", min: 20, max: 65_536 };

/** An instance that is made, with its first user. */
export interface MadeInstance {
  readonly instance: DbInstance;
  readonly owner: Administrator;
}

const createSubnetGroup = (scope: Construct, request: AwsRequest<Service>): DbSubnetGroup =>
  new DbSubnetGroup(scope, "SubnetGroup", {
    name: serviceName(request, AWS_NAMES.dbSubnetGroup),
    subnetIds: request.lookup.dataSubnetIds,
    tags: request.tags,
  });

/** Makes the instance and all around it. */
export function createInstance<S extends Service>(request: AwsRequest<S>, kind: RdsKind<S>): MadeInstance {
  const { scope, service, sizing, lookup, protect, protectedEnvironment, keyArn, tags } = request;
  const port = service.contract.defaultPort;
  const identifier = instanceName(request);
  const allocatedStorage = gibibytes(sizing.storage);
  const subnetGroup = sizing.imported === undefined ? createSubnetGroup(scope, request) : undefined;
  const logGroups = createLogGroups(scope, request, kind, identifier);
  const instanceClass = machineOf(sizing, databaseClasses(lookup.region));
  const owner = administratorOf(request, kind, identifier);
  const monitoring = createMonitoringRole(scope, request, identifier);
  const { imported } = sizing;
  const version = sizing.version ?? kind.version(service);
  const growsToGib = growsTo(STORAGE, allocatedStorage);
  const looks =
    imported === undefined
      ? []
      : lookAtInstance(request, imported.id, { engine: kind.engine, version, port, growsTo: growsToGib });
  const instance = new DbInstance(scope, "Default", {
    identifier,
    engine: kind.engine,
    engineVersion: version,
    // A release that the environment names stays until it names another.
    autoMinorVersionUpgrade: kind.release(sizing) === undefined,
    // Another version in the application file is the request to upgrade.
    allowMajorVersionUpgrade: true,
    engineLifecycleSupport: kind.isExtended(service)
      ? "open-source-rds-extended-support"
      : "open-source-rds-extended-support-disabled",
    instanceClass,
    multiAz: sizing.highAvailability,
    ...owner.settings,
    parameterGroupName: createParameterGroup(scope, request, kind).name,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    port,
    vpcSecurityGroupIds: [createSecurityGroup(scope, request, port), ...(imported?.keeps ?? [])],
    publiclyAccessible: false,
    allocatedStorage,
    maxAllocatedStorage: growsToGib,
    storageEncrypted: true,
    backupRetentionPeriod: sizing.backupDays,
    backupWindow: BACKUP_WINDOW,
    maintenanceWindow: maintenanceWindow(sizing),
    applyImmediately: !protectedEnvironment,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !protectedEnvironment,
    deletionProtection: protect,
    skipFinalSnapshot: !protectedEnvironment,
    finalSnapshotIdentifier: finalSnapshotName(scope, request, AWS_NAMES.dbSnapshot),
    enabledCloudwatchLogsExports: [...kind.logs],
    ...insights(request, instanceClass),
    ...(subnetGroup === undefined
      ? AS_IT_WAS
      : {
          dbName: kind.database(service),
          dbSubnetGroupName: subnetGroup.name,
          kmsKeyId: keyArn,
          storageType: STORAGE_TYPE,
        }),
    monitoringInterval: 60,
    monitoringRoleArn: monitoring.arn,
    tags,
    // RDS tries the role out when the instance is created.
    dependsOn: [...logGroups, ...monitoring.permissions, ...owner.kept, ...looks],
    // RDS decides this when the instance is created and drops a change of it without an error, so that every plan
    // would show one. An instance created with extended support stays enrolled after its upgrade until someone opts it out.
    // https://github.com/hashicorp/terraform-provider-aws/issues/40870
    lifecycle: {
      preventDestroy: protect,
      ignoreChanges: ["engine_lifecycle_support", ...(imported === undefined ? [] : LEFT)],
    },
  });
  takeOver(instance, imported?.id);
  exceptChecks(instance, ...exceptions(request, kind, instanceClass));
  copyBackups(request, instance.arn);
  return { instance, owner };
}

/** RDS would create them itself, unencrypted and kept for ever. */
function createLogGroups(
  scope: Construct,
  request: AwsRequest<Service>,
  { logs }: Pick<RdsKind<never>, "logs">,
  identifier: string,
): CloudwatchLogGroup[] {
  const { logRetentionDays: retentionDays, keyArn, sizing, tags } = request;
  return logs.map((log) => {
    const name = `/aws/rds/instance/${identifier}/${log}`;
    const group = createLogGroup(scope, `Log-${log}`, { name, retentionDays, keyArn, tags });
    takeOverWith(group, sizing, logWord(log), name);
    return group;
  });
}

function createParameterGroup<S extends Service>(
  scope: Construct,
  request: AwsRequest<S>,
  kind: RdsKind<S>,
): DbParameterGroup {
  return new DbParameterGroup(scope, "ParameterGroup", {
    // Drawn: an upgrade needs the new group while the instance still uses the old one, and a group that was left behind
    // keeps its name from nobody.
    namePrefix: `${serviceName(request, AWS_NAMES.dbParameterGroup)}-`,
    description: `Service ${request.name} of ${request.application} in ${request.environment}`,
    family: kind.family(request.service),
    parameter: kind.parameters(request).map(({ name, value, isStatic = false }) => ({
      name,
      value,
      // RDS refuses a static one that is to hold at once.
      ...(isStatic && { applyMethod: "pending-reboot" }),
    })),
    tags: request.tags,
    // In a protected environment the instance changes over in its maintenance window, long after this run, and RDS
    // deletes no group in use: the old one is left behind.
    skipDestroy: request.protect,
    // Groups from before this release have a name of their own, and stay.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ["name_prefix"] },
  });
}

function exceptions<S extends Service>(
  { sizing, protect }: AwsRequest<S>,
  kind: RdsKind<S>,
  instanceClass: string,
): CheckException[] {
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
    ...(kind.exceptions ?? []),
  ];
}
