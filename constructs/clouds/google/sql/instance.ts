import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import { Id } from "@cdktf/provider-random/lib/id";
import { gibibytes } from "../../../model/quantity";
import { type ResolvedSizing, type Service, type Size, WEEKDAYS } from "../../../model/service";
import type { ServiceRequest } from "../../../services/provisioner";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { code, expression } from "../../../terraform/expression";
import { type DiskLimits, growsTo } from "../../shared/disk-limits";
import { takeOver, takeOverWith } from "../../shared/imports";
import { machineOf } from "../../shared/machine";
import { ensureRandomProvider } from "../../shared/providers";
import { nameParts, type ServiceNames } from "../../shared/provisioner";
import { generateLogin } from "../secret-store";
import { SERVICE_NAMES, uniqueName } from "../services/names";
import { BACKUP_START, type GoogleRequest, MAINTENANCE_HOUR } from "../services/provisioner";
import { userSecretPlace } from "../services/users";
import { ADMINISTRATOR_WORD, EDITION, importIds, LEFT, SERVER_CA_MODE } from "./imports";
import type { CloudSqlKind } from "./kind";
import { DISK, lookAtInstance } from "./look";

/*
 * vCPU and GiB: 2/4, 2/8, 4/16, 8/32, of the edition Enterprise: every region has it, and it is what a standby in another
 * zone and a commitment of 99.95 % cost least in. Shared cores have no commitment at all.
 */
export const TIERS: Readonly<Record<Size, string>> = {
  small: "db-custom-2-4096",
  medium: "db-custom-2-8192",
  large: "db-custom-4-16384",
  xlarge: "db-custom-8-32768",
};

export const STORAGE_TYPE = "PD_SSD";
export const STORAGE: DiskLimits = { of: "a disk of Cloud SQL", min: 10, max: 65_536 };

/** Longest time for which Cloud SQL keeps the log in this edition, and so for which any second can be had back. */
export const LOG_DAYS = 7;

/** Days of which any second can be had back. */
export const logDays = ({ backupDays }: ResolvedSizing): number => Math.min(backupDays, LOG_DAYS);

/** Days are counted from Monday, which is 1. */
const maintenanceWindow = ({ maintenance }: ResolvedSizing) =>
  maintenance === undefined
    ? { day: 7, hour: MAINTENANCE_HOUR }
    : { day: WEEKDAYS.indexOf(maintenance.day) + 1, hour: maintenance.hour };

/** Name of an instance with what is drawn for it, of one that was there the one that it has. */
export const nameOf = (
  { sizing, ...names }: ServiceNames & Pick<ServiceRequest<Service>, "sizing">,
  suffix: string,
): string => sizing.imported?.id ?? uniqueName(nameParts(names), SERVICE_NAMES.sqlInstance, suffix);

export function createInstance<S extends Service>(
  request: GoogleRequest<S>,
  kind: CloudSqlKind<S>,
): SqlDatabaseInstance {
  const { scope, sizing, lookup, protect, protectedEnvironment, key, labels } = request;
  const { imported } = sizing;
  const databaseVersion = kind.databaseVersion(request);
  const tier = machineOf(sizing, TIERS);
  const diskSize = gibibytes(sizing.storage);
  const diskAutoresizeLimit = growsTo(STORAGE, diskSize);
  const before =
    imported === undefined
      ? key.allow("CloudSql")
      : lookAtInstance(request, imported.id, { databaseVersion, tier, growsTo: diskAutoresizeLimit });
  const instance = new SqlDatabaseInstance(scope, "Default", {
    name: imported?.id ?? drawName(request),
    project: lookup.project,
    region: lookup.region,
    databaseVersion,
    encryptionKeyName: imported === undefined ? key.id : undefined,
    // Against Terraform; the one in `settings` is against everybody else.
    deletionProtection: protect,
    settings: {
      edition: EDITION,
      tier,
      availabilityType: sizing.highAvailability ? "REGIONAL" : "ZONAL",
      diskType: imported === undefined ? STORAGE_TYPE : undefined,
      // One that was there may let in nobody but Google's own connectors.
      connectorEnforcement: imported && "NOT_REQUIRED",
      diskSize,
      diskAutoresize: true,
      diskAutoresizeLimit,
      ipConfiguration: {
        ipv4Enabled: false,
        ...{ privateNetwork: lookup.networkId, allocatedIpRange: lookup.dataRange },
        sslMode: "ENCRYPTED_ONLY",
        serverCaMode: SERVER_CA_MODE,
      },
      backupConfiguration: {
        enabled: true,
        ...kind.pointInTime,
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
      databaseFlags: Object.entries(kind.flags(request)).map(([name, value]) => ({ name, value })),
      userLabels: labels,
    },
    dependsOn: [before],
    lifecycle: {
      preventDestroy: protect,
      // Cloud SQL makes the disk larger by itself. Terraform would take that for a wish to have a smaller one, and for that
      // it would delete the database.
      ignoreChanges: ["settings[0].disk_size", ...(imported === undefined ? [] : LEFT)],
      postcondition: [
        { condition: expression`${code(DISK)} >= ${diskSize}`, errorMessage: tooSmall(request, diskSize) },
      ],
    },
  });
  takeOver(instance, imported && importIds(lookup, imported.id).instance);
  exceptChecks(
    instance,
    {
      checks: ["CKV_GCP_6"],
      reason: "it wants certificates of clients too; TLS is required, and a client is known by its user and password",
    },
    ...(kind.exceptions ?? []),
  );
  return instance;
}

/** Terraform does not change a disk that changes by itself, so it says so instead of passing over the number. */
function tooSmall({ sizing, lookup }: GoogleRequest<Service>, diskSize: number): string {
  const name = expression`self.name`;
  return [
    `The environment asks for ${sizing.storage} of storage, and the disk of Cloud SQL instance ${name} has ${expression`${code(DISK)}`} GiB.`,
    "It is grown outside of Terraform, without an interruption, as Cloud SQL grows it by itself too:",
    `  gcloud sql instances patch ${name} --project ${lookup.project} --storage-size=${diskSize}GB`,
  ].join("\n");
}

/** Google frees the name of a deleted instance at once, its provider speaks of a week: drawn, it is in nobody's way. */
function drawName(request: GoogleRequest<Service>): string {
  ensureRandomProvider(request.scope);
  return nameOf(request, new Id(request.scope, "Suffix", { byteLength: 4 }).hex);
}

/** Made by Terraform, so that the Job in the cluster has someone to sign in as. */
export function createAdministrator<S extends Service>(
  request: GoogleRequest<S>,
  { administrator, deletionPolicy }: CloudSqlKind<S>,
  instance: SqlDatabaseInstance,
) {
  const { environment, application, name, sizing, key, labels, lookup, protect } = request;
  const { username, host } = administrator;
  return generateLogin(
    request.scope,
    "Administrator",
    {
      name: userSecretPlace(request),
      username,
      description: `Administrator of service ${name} of ${application} in ${environment}`,
      generation: sizing.passwords,
      key,
      labels,
      lookup,
      protect,
    },
    (passwordWo, dependsOn) => {
      const user = new SqlUser(request.scope, "User", {
        name: username,
        ...(host !== undefined && { host }),
        project: lookup.project,
        instance: instance.name,
        passwordWo,
        passwordWoVersion: sizing.passwords,
        ...(deletionPolicy !== undefined && { deletionPolicy }),
        dependsOn: [...dependsOn],
      });
      takeOverWith(user, sizing, ADMINISTRATOR_WORD, importIds(lookup, sizing.imported?.id ?? "").user(administrator));
      return user;
    },
  );
}
