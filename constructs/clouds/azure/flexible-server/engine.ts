/** What tells the engines of flexible servers apart. A kind says it of its own. */
export interface ImportedEngine {
  /** `MySQL` */
  readonly title: string;
  /** Command group of the Azure CLI: `mysql`. */
  readonly cli: string;
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
  /** How a replica is known: an attribute of Terraform's resource, and the text in small letters that it has, or has not. */
  readonly replica:
    { readonly attribute: string; readonly is: string } | { readonly attribute: string; readonly isNot: string };
  /** Encoding that a database has to have, as Azure calls it. @default - any */
  readonly encoding?: string;
  /** Whether a server may be told to let nobody in by a password. @default false */
  readonly mayRefusePasswords?: boolean;
}

export const MYSQL_ENGINE: ImportedEngine = {
  title: "MySQL",
  cli: "mysql",
  type: "Microsoft.DBforMySQL/flexibleServers",
  domain: "mysql.database.azure.com",
  resources: { server: "azurerm_mysql_flexible_server", database: "azurerm_mysql_flexible_database" },
  hasEndpoint: false,
  standbyFollows: false,
  replica: { attribute: "replication_role", is: "replica" },
};
