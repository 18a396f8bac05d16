import { DataAzurermPostgresqlFlexibleServer } from "@cdktf/provider-azurerm/lib/data-azurerm-postgresql-flexible-server";
import { PostgresqlFlexibleServer } from "@cdktf/provider-azurerm/lib/postgresql-flexible-server";
import { PostgresqlFlexibleServerDatabase } from "@cdktf/provider-azurerm/lib/postgresql-flexible-server-database";
import { exceptChecks, expression, takeOver } from "../../clouds";
import {
  type Administrator,
  type AzureRequest,
  beforeImport,
  identityOf,
  importedGroup,
  type ImportedServer,
  lookAtSubnet,
  maintenanceWindow,
  SERVER_AS_IT_WAS,
  serverConditions,
} from "../../clouds/azure";
import { diskGib, diskMib, ENGINE, keptDays } from "./azure-server";
import type { Postgresql } from "./spec";

type Request = AzureRequest<Postgresql>;

/** What a server is made with. */
export interface ServerProps {
  readonly name: string;
  readonly skuName: string;
  readonly owner: Administrator;
}

/** What a server has from its first day on: one that was there keeps its own. */
function fromTheStart(request: Request) {
  const { key, sizing } = request;
  if (sizing.imported !== undefined) return {};
  return {
    geoRedundantBackupEnabled: false,
    identity: identityOf(request),
    customerManagedKey: { keyVaultKeyId: key.keyId, primaryUserAssignedIdentityId: key.identityId },
  };
}

const ALWAYS_IGNORED = [
  // The disk grows by itself, and to azurerm a smaller number is a request for another, empty server.
  "storage_mb",
  // Azure chooses the zones, and a failover exchanges them.
  "zone",
  "high_availability[0].standby_availability_zone",
];

/** A standby in the zone of a server that was there stays one: azurerm asks for the other kind by taking neither off first. */
const AS_IT_WAS = [...SERVER_AS_IT_WAS, "high_availability[0].mode"];

/** Azure tells of none where nobody signs in by a password. */
const hasAdministrator = (name: string) => ({
  condition: expression`try(length(self.administrator_login), 0) > 0`,
  errorMessage: `PostgreSQL server ${name} has no administrator who signs in by a password, which the Job that makes users does. Switch its authentication to PostgreSQL and Entra, with an administrator and a password, and plan again.`,
});

const lookAtServer = (
  { scope, name: service, application, ...request }: Request,
  there: ImportedServer,
  group: string,
) =>
  new DataAzurermPostgresqlFlexibleServer(scope, "Existing", {
    name: there.name,
    resourceGroupName: group,
    lifecycle: {
      postcondition: [beforeImport({ ...there, service, application }, request.service.spec.version)],
    },
  });

/** Makes a server with its database, or takes both over. */
export function createServer(request: Request, { name, skuName, owner }: ServerProps) {
  const { scope, service, sizing, protect, defaults, lookup } = request;
  const { imported } = sizing;
  const there: ImportedServer = {
    ...{ sizing, name, engine: ENGINE, subscriptionId: lookup.subscriptionId, location: lookup.location },
  };
  const storageMb = diskMib(sizing.storage);
  const group = importedGroup(request);
  const looks = group === undefined ? [] : [lookAtServer(request, there, group)];
  const server = new PostgresqlFlexibleServer(scope, "Default", {
    name,
    ...defaults,
    ...(group !== undefined && { resourceGroupName: group }),
    version: service.spec.version,
    skuName,
    ...owner.settings,
    authentication: { passwordAuthEnabled: true, activeDirectoryAuthEnabled: false },
    publicNetworkAccessEnabled: false,
    highAvailability: sizing.highAvailability ? { mode: "ZoneRedundant" } : undefined,
    storageMb,
    autoGrowEnabled: true,
    backupRetentionDays: keptDays(sizing),
    ...fromTheStart(request),
    maintenanceWindow: maintenanceWindow(sizing),
    ...(looks.length > 0 && { dependsOn: looks }),
    lifecycle: {
      preventDestroy: protect,
      ignoreChanges: imported === undefined ? ALWAYS_IGNORED : [...AS_IT_WAS, ...ALWAYS_IGNORED],
      postcondition: [
        { condition: expression`self.storage_mb >= ${storageMb}`, errorMessage: tooSmall(request, name) },
        ...serverConditions(there),
        ...(imported === undefined ? [] : [hasAdministrator(name)]),
      ],
    },
  });
  exceptChecks(server, {
    checks: ["CKV_AZURE_136"],
    reason: "data stays in its region; losing a region is lost for everything else too",
  });
  takeOver(server, imported?.id);
  lookAtSubnet(scope, there, server);
  const database = new PostgresqlFlexibleServerDatabase(scope, "Database", {
    serverId: server.id,
    name: service.spec.database,
    charset: "UTF8",
    collation: "en_US.utf8",
    lifecycle: {
      preventDestroy: protect,
      ...(imported !== undefined && {
        // Of another one azurerm makes it anew.
        ignoreChanges: ["charset", "collation"],
        postcondition: [
          {
            condition: expression`upper(self.charset) == "UTF8"`,
            errorMessage: `Database ${service.spec.database} of PostgreSQL server ${name} has another encoding than UTF8, which a database has for good. Dump it, restore that into one that has it, and import the server with it.`,
          },
        ],
      }),
    },
  });
  takeOver(database, imported && `${imported.id}/databases/${service.spec.database}`);
  return { server, database };
}

/** Terraform does not change a disk that changes by itself, so it says so instead of passing over the number. */
function tooSmall({ sizing, defaults }: Request, name: string): string {
  const group = importedGroup({ sizing }) ?? defaults.resourceGroupName;
  return [
    `The environment asks for ${sizing.storage} of storage, and PostgreSQL server ${name} has less.`,
    "Its disk is grown outside of Terraform, as Azure grows it by itself too:",
    `  az postgres flexible-server update --resource-group ${group} --name ${name} --storage-size ${diskGib(sizing.storage)}`,
  ].join("\n");
}
