import { z } from "zod";
import type { ConnectionContract } from "../../model/connection";
import { serviceBuilder, type ServiceOf } from "../define";
import { externalPart, USERNAME } from "../external-part";
import { LOGIN_ADDRESS } from "../login-address";
import { versionRules } from "../version-rules";
import { MYSQL_EXPORTER } from "./exporter";
import { MYSQL_MOVE } from "./moving";
import { OWN_PARAMETERS } from "./own-parameters";
import { MYSQL_USERS } from "./users";

export interface MysqlSpec {
  /** Name of the database. Letters, digits and underscores. @default "app_db" */
  readonly database?: string;
  /** Major version. 8.0 ended on 2026-04-30 and costs extra on every cloud. @default "8.4" */
  readonly version?: "8.4" | "8.0";
}

/**
 * A relational database that speaks MySQL. Injects `DATABASE_URL`, and `DATABASE_SSL_CA` where its certificate needs a
 * bundle: a server that requires TLS refuses a client that was not told to use it.
 */
export type Mysql = ServiceOf<"mysql", Required<MysqlSpec>>;

/** Databases that every server has. */
const RESERVED = ["information_schema", "innodb", "mysql", "performance_schema", "sys"];

const CONTRACT: ConnectionContract = {
  defaultPort: 3306,
  parts: {
    host: { secret: false },
    port: { secret: false },
    database: { secret: false },
    username: { secret: false },
    password: { secret: true },
  },
  variables: {
    DATABASE_URL: {
      template: ["mysql://", ...LOGIN_ADDRESS, "/", { part: "database", raw: true }],
    },
    DATABASE_SSL_CA: { file: "caBundle" },
  },
};

/** Name of a database, as a server of somebody else may have it. */
const FOREIGN_DATABASE = externalPart(/^[\w-]{1,64}$/, "use up to 64 letters, digits, underscores and hyphens");

/** A database of the application's own. */
export const mysql = serviceBuilder<"mysql", Required<MysqlSpec>>({
  kind: "mysql",
  category: "database",
  contract: CONTRACT,
  fields: {
    database: z
      .string()
      .regex(/^[A-Za-z]\w{0,63}$/, "use up to 64 letters, digits and underscores, a letter first")
      .refine((name) => !RESERVED.includes(name.toLowerCase()), "use a name that is not the server's own"),
    version: z.enum(["8.4", "8.0"]),
  },
  defaults: { database: "app_db", version: "8.4" },
  users: MYSQL_USERS,
  exporter: MYSQL_EXPORTER,
  readers: true,
  settings: versionRules(["8.4", "8.0"]),
  parameters: OWN_PARAMETERS,
  sizes: {
    managed: [
      "size",
      "storage",
      "highAvailability",
      "backupDays",
      "passwords",
      "parameters",
      "maintenance",
      "machine",
      "version",
      "imported",
    ],
    "in-cluster": ["size", "storage", "highAvailability", "backups", "passwords", "parameters", "version"],
  },
  external: ({ database }) => ({ parts: { username: USERNAME, database: { ...FOREIGN_DATABASE, value: database } } }),
  heldUnder: { "in-cluster": ["database"] },
  copied: "log",
  aloneInCluster: true,
  moving: MYSQL_MOVE,
});
