import type { AzureResourceFacts } from "../../clouds/azure";
import type { ResourceTypes } from "../../services";

/*
 * What azurerm does for another value of an argument, read in its source at v4.55.0: internal/services/postgres.
 */

const SERVERS = "Microsoft.DBforPostgreSQL/flexibleServers";
const SCALE = "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-scaling-resources";
const PARAMETERS = "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-server-parameters";

export const AZURE_RESOURCES: ResourceTypes<AzureResourceFacts> = {
  azurerm_postgresql_flexible_server: {
    operations: [SERVERS],
    lost: { holds: "its databases, and copies that it made by itself", serves: "whoever uses it" },
    destroyed: {
      taken: {
        name: "{name}.postgres.database.azure.com",
        says: "free again, to everybody on Azure",
        source: "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules",
      },
      leaves: [
        {
          what: "backups of {name}",
          says: "for 5 days, in which Azure's API restores a server from them: no other tool does",
          billed: false,
          source: "https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-restore-dropped-server",
        },
      ],
    },
    changes: {
      anew: [
        ...["administrator_login", "customer_managed_key", "delegated_subnet_id", "geo_redundant_backup_enabled"],
        ...["location", "name", "point_in_time_restore_time_in_utc", "resource_group_name", "source_server_id"],
      ],
      inPlace: [
        ...["administrator_password_wo", "administrator_password_wo_version", "authentication", "auto_grow_enabled"],
        ...["backup_retention_days", "high_availability", "maintenance_window", "public_network_access_enabled"],
        ...["sku_name", "storage_tier"],
      ],
      grows: ["storage_mb", "version"],
      stays: [
        ...["administrator_login", "authentication", "backup_retention_days", "sku_name", "storage_mb"],
        ...["storage_tier", "version"],
      ],
    },
    restarts: [
      { fields: ["sku_name"], says: "the server changes over to another machine, and connections end", source: SCALE },
      {
        fields: ["version"],
        says: "the server is away while it is upgraded",
        source: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-major-version-upgrade",
      },
    ],
  },
  azurerm_postgresql_flexible_server_database: {
    operations: [SERVERS],
    lost: { holds: "its tables" },
    destroyed: {},
    changes: { anew: ["charset", "collation", "name", "server_id"], isWhole: true },
  },
  azurerm_postgresql_flexible_server_configuration: {
    operations: [SERVERS],
    lost: {},
    destroyed: {},
    changes: { anew: ["name", "server_id"], inPlace: ["value"], isWhole: true },
    restarts: [
      {
        fields: ["value"],
        says: "the server restarts at once, if it reads this parameter at its start alone",
        source: PARAMETERS,
      },
    ],
  },
};
