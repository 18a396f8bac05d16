import { DataAzurermMysqlFlexibleServer } from "@cdktf/provider-azurerm/lib/data-azurerm-mysql-flexible-server";
import { MysqlFlexibleDatabase } from "@cdktf/provider-azurerm/lib/mysql-flexible-database";
import { MysqlFlexibleServer } from "@cdktf/provider-azurerm/lib/mysql-flexible-server";
import type { CheckException } from "../../../model/check-exception";
import { gibibytes } from "../../../model/quantity";
import type { Mysql } from "../../../services/mysql";
import { MYSQL_PARAMETERS } from "../../../services/mysql/parameters";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { expression } from "../../../terraform/expression";
import type { DiskLimits } from "../../shared/disk-limits";
import { takeOver } from "../../shared/imports";
import { MYSQL_ENGINE } from "../flexible-server/engine";
import {
  beforeImport,
  type ImportedServer,
  lookAtSubnet,
  SERVER_AS_IT_WAS,
  serverConditions,
} from "../flexible-server/imports";
import { type Condition, importedGroup } from "../imports";
import { type Administrator, maintenanceWindow } from "./administrator";
import { type AzureRequest, identityOf } from "./provisioner";

type Request = AzureRequest<Mysql>;

export const STORAGE: DiskLimits = { of: "a MySQL flexible server", min: 20, max: 16_384 };

const EXCEPTIONS: readonly CheckException[] = [
  {
    checks: ["CKV_AZURE_94"],
    reason: "data stays in its region; losing a region is lost for everything else too",
  },
  {
    checks: ["CKV_AZURE_53"],
    reason: "public access is off: checkov looks for an argument that the servers of the generation before this had",
  },
  {
    checks: ["CKV2_AZURE_56"],
    reason: "it stands in a subnet of the network itself; an endpoint would be for a server outside of it",
  },
];

/** What a server is made with. */
export interface ServerProps {
  readonly name: string;
  /** Version as the API spells it. */
  readonly version: string;
  readonly skuName: string;
  readonly owner: Administrator;
}

/** What is in a server says where it is. */
export const inGroupOf = ({ defaults, sizing }: Request, server: { readonly name: string }) => ({
  resourceGroupName: importedGroup({ sizing }) ?? defaults.resourceGroupName,
  serverName: server.name,
});

/** What a server has from its first day on: one that was there keeps its own. */
function fromTheStart(request: Request) {
  const { key, lookup, sizing } = request;
  if (sizing.imported !== undefined) return {};
  return {
    delegatedSubnetId: lookup.mysqlSubnetId,
    privateDnsZoneId: lookup.mysqlZoneId,
    highAvailability: sizing.highAvailability ? { mode: "ZoneRedundant" } : undefined,
    geoRedundantBackupEnabled: false,
    identity: identityOf(request),
    customerManagedKey: { keyVaultKeyId: key.keyId, primaryUserAssignedIdentityId: key.identityId },
  };
}

/** The disk grows by itself, and to azurerm a smaller number is a request for another, empty server. */
const DISK = "storage[0].size_gb";

const AS_IT_WAS = [
  ...SERVER_AS_IT_WAS,
  // Azure makes a standby in another zone with a server alone, and azurerm would take off the one that there is before it is refused.
  "high_availability",
  // How the disk is paid, and what else is on it.
  "storage[0].io_scaling_enabled",
  "storage[0].log_on_disk_enabled",
];

const lookAtServer = (
  { scope, name: service, application }: Request,
  there: ImportedServer,
  { group, version }: { readonly group: string; readonly version: string },
) =>
  new DataAzurermMysqlFlexibleServer(scope, "Existing", {
    name: there.name,
    resourceGroupName: group,
    lifecycle: { postcondition: [beforeImport({ ...there, service, application }, version)] },
  });

/** Makes a server with its database, or takes both over. */
export function createServer(request: Request, { name, version, skuName, owner }: ServerProps) {
  const { scope, service, sizing, protect, defaults, lookup } = request;
  const { imported } = sizing;
  const there: ImportedServer = {
    ...{ sizing, name, engine: MYSQL_ENGINE },
    ...{ subscriptionId: lookup.subscriptionId, location: lookup.location, subnetId: lookup.mysqlSubnetId },
  };
  const sizeGb = gibibytes(sizing.storage);
  const group = importedGroup(request);
  const looks = group === undefined ? [] : [lookAtServer(request, there, { group, version })];
  const server = new MysqlFlexibleServer(scope, "Default", {
    name,
    ...defaults,
    ...(group !== undefined && { resourceGroupName: group }),
    version,
    skuName,
    ...owner.settings,
    publicNetworkAccess: "Disabled",
    ...fromTheStart(request),
    storage: { sizeGb, autoGrowEnabled: true, ioScalingEnabled: true },
    backupRetentionDays: sizing.backupDays,
    maintenanceWindow: maintenanceWindow(sizing),
    ...(looks.length > 0 && { dependsOn: looks }),
    lifecycle: {
      preventDestroy: protect,
      ignoreChanges: imported === undefined ? [DISK] : [...AS_IT_WAS, DISK],
      postcondition: [
        { condition: expression`self.storage[0].size_gb >= ${sizeGb}`, errorMessage: tooSmall(request, name) },
        ...serverConditions(there),
        ...standbyConditions(request, name),
      ],
    },
  });
  exceptChecks(server, ...EXCEPTIONS);
  takeOver(server, imported?.id);
  lookAtSubnet(scope, there, server);
  const database = new MysqlFlexibleDatabase(scope, "Database", {
    ...inGroupOf(request, server),
    name: service.spec.database,
    charset: MYSQL_PARAMETERS.character_set_server.value,
    collation: MYSQL_PARAMETERS.collation_server.value,
    lifecycle: {
      preventDestroy: protect,
      // Tables have their own, and of another default of the database azurerm makes it anew.
      ...(imported !== undefined && { ignoreChanges: ["charset", "collation"] }),
    },
  });
  takeOver(database, imported && `${imported.id}/databases/${service.spec.database}`);
  return { server, database };
}

/** A standby of a server that was there is people's to make, and to take off. */
function standbyConditions({ sizing }: Request, name: string): Condition[] {
  const { imported, highAvailability } = sizing;
  const group = importedGroup({ sizing });
  if (imported === undefined || group === undefined) return [];
  const update = `az mysql flexible-server update --resource-group ${group} --name ${name} --high-availability`;
  const errorMessage = highAvailability
    ? `MySQL server ${name} has no standby, and the environment says highAvailability: true. Azure makes one in its own zone alone: ${update} SameZone. Or say highAvailability: false.`
    : `MySQL server ${name} has a standby, and the environment says highAvailability: false. Say true; or take it off: ${update} Disabled.`;
  return [{ condition: expression`length(self.high_availability) == ${highAvailability ? 1 : 0}`, errorMessage }];
}

/** Terraform does not change a disk that changes by itself, so it says so instead of passing over the number. */
function tooSmall({ sizing, defaults }: Request, name: string): string {
  const group = importedGroup({ sizing }) ?? defaults.resourceGroupName;
  return [
    `The environment asks for ${sizing.storage} of storage, and MySQL server ${name} has less.`,
    "Its disk is grown outside of Terraform, as Azure grows it by itself too:",
    `  az mysql flexible-server update --resource-group ${group} --name ${name} --storage-size ${gibibytes(sizing.storage)}`,
  ].join("\n");
}
