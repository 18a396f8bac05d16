import { z } from "zod";
import { defineService, externalPart, USERNAME, versionRules } from "../../services";
import { POSTGRESQL_EXPORTER } from "./exporter";
import { POSTGRESQL_MOVE } from "./moving";
import { POSTGRESQL_OBSERVABILITY } from "./observability";
import { OWN_PARAMETERS } from "./parameters";
import { POSTGRESQL_PROVISIONERS } from "./provisioners";
import { CONTRACT, type PostgresqlSpec, VERSIONS } from "./spec";
import { POSTGRESQL_USERS } from "./users";

/** Databases that a server has from the start, on this cloud or that. */
const RESERVED = ["azure_maintenance", "azure_sys", "cloudsqladmin", "postgres", "rdsadmin"];

/** Name of a database, as a server of somebody else may have it. */
const FOREIGN_DATABASE = externalPart(/^[\w-]{1,63}$/, "use up to 63 letters, digits, underscores and hyphens");

/** A database of the application's own. */
export const postgresql = defineService<"postgresql", Required<PostgresqlSpec>>({
  kind: "postgresql",
  category: "database",
  contract: CONTRACT,
  fields: {
    database: z
      .string()
      // A capital letter would have to be quoted wherever the name is written.
      .regex(/^[a-z][a-z0-9_]{0,62}$/, "use up to 63 small letters, digits and underscores, a letter first")
      .refine(
        (name) => !RESERVED.includes(name) && !/^(?:pg_|template)/.test(name),
        "use a name that is not the server's own",
      ),
    version: z.enum(VERSIONS),
  },
  defaults: { database: "app_db", version: "17" },
  users: POSTGRESQL_USERS,
  exporter: POSTGRESQL_EXPORTER,
  readers: true,
  settings: versionRules(VERSIONS),
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
  heldUnder: { "in-cluster": ["database", "version"] },
  copied: "dump",
  aloneInCluster: true,
  moving: POSTGRESQL_MOVE,
  observability: POSTGRESQL_OBSERVABILITY,
  provisioners: POSTGRESQL_PROVISIONERS,
});
