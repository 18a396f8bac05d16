import { z } from "zod";
import type { ConnectionContract } from "../../model/connection";
import { withDefaults } from "../../model/defaults";
import { check } from "../../model/schema";
import type { Service } from "../../model/service";
import { LOGIN_ADDRESS } from "../login-address";
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
export interface Mysql extends Service {
  readonly kind: "mysql";
  readonly spec: Required<MysqlSpec>;
}

/** Databases that every server has. */
const RESERVED = ["information_schema", "innodb", "mysql", "performance_schema", "sys"];

const SCHEMA = z.strictObject({
  database: z
    .string()
    .regex(/^[A-Za-z]\w{0,63}$/, "use up to 64 letters, digits and underscores, a letter first")
    .refine((name) => !RESERVED.includes(name.toLowerCase()), "use a name that is not the server's own")
    .optional(),
  version: z.enum(["8.4", "8.0"]).optional(),
});

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

export const mysql = (spec: MysqlSpec = {}): Mysql => ({
  kind: "mysql",
  contract: CONTRACT,
  users: MYSQL_USERS,
  sizes: {
    managed: ["size", "storage", "highAvailability", "backupDays", "passwords"],
    "in-cluster": ["size", "storage", "highAvailability", "passwords"],
  },
  aloneInCluster: true,
  spec: withDefaults({ database: "app_db", version: "8.4" }, spec),
  problems: (path) => check(SCHEMA, spec, path),
});
