/** What tells the engines apart. */
export interface ImportedEngine {
  /** `MySQL` */
  readonly title: string;
  /** Command group of the Azure CLI. */
  readonly cli: "mysql" | "postgres";
  /** Type of its servers: `Microsoft.DBforMySQL/flexibleServers`. */
  readonly type: string;
  /** What names of its private zones end in. */
  readonly domain: string;
  /** Types of Terraform's resources, of a server and of a database in it. */
  readonly resources: { readonly server: string; readonly database: string };
  /** Whether a server that stands in no subnet has a private endpoint here. */
  readonly hasEndpoint: boolean;
  /** Whether Azure makes a standby of a server that is there, in another zone, and takes it off. */
  readonly standbyFollows: boolean;
}

export const MYSQL_ENGINE: ImportedEngine = {
  title: "MySQL",
  cli: "mysql",
  type: "Microsoft.DBforMySQL/flexibleServers",
  domain: "mysql.database.azure.com",
  resources: { server: "azurerm_mysql_flexible_server", database: "azurerm_mysql_flexible_database" },
  hasEndpoint: false,
  standbyFollows: false,
};
