import {
  type ComposeRequest,
  CONFINED,
  containerProvisioner,
  dataVolume,
  HEALTHY,
  NO_NEW_PRIVILEGES,
  onNetwork,
  PASSWORD,
  serverHealth,
  USER,
} from "../../outputs/compose";
import { MEASURING_USER } from "../../services";
import { OWNER, OWNERSHIP_SQL } from "./ownership";
import { postgresqlParameters } from "./parameters";
import type { Postgresql } from "./spec";
import { MEASURING_CONNECTIONS } from "./users";
import { POSTGRES_EXPORTER, POSTGRESQL_VERSIONS } from "./versions";

const PORT = 5432;

/** What servers of local development are not told. */
export const UNTOLD = { ssl_min_protocol_version: "clients on the same machine speak without TLS" } as const;

/**
 * Where the image has its volume: each version refuses what the other has left there, in place of beginning anew beside it.
 * @see https://github.com/docker-library/postgres/pull/1259
 */
const DISKS: Readonly<Record<Postgresql["spec"]["version"], string>> = {
  "17": "/var/lib/postgresql/data",
  "18": "/var/lib/postgresql",
};

/** True when the user can sign in to the database over the network: the server that only makes the first files listens on its socket alone. */
const SIGN_IN = `PGPASSWORD=${PASSWORD} psql --no-psqlrc --quiet --host=127.0.0.1 --username=${USER} --dbname="$POSTGRES_DB" --command="SELECT 1"`;

const folderOf = (folder: ComposeRequest<Postgresql>["folder"]): string => `${folder.service("postgresql")}/init`;

/** The user of the exporter, who may nothing but sign in, as in a cluster: also on a volume that was there before. */
export const measuringUser = (database: string): string =>
  [
    `SELECT 'CREATE ROLE "${MEASURING_USER}"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${MEASURING_USER}') \\gexec`,
    `ALTER ROLE "${MEASURING_USER}" LOGIN PASSWORD '${PASSWORD}' CONNECTION LIMIT ${MEASURING_CONNECTIONS};`,
    `GRANT CONNECT ON DATABASE "${database}" TO "${MEASURING_USER}";`,
  ].join("\n");

/** Read once, when the server makes its first files, in the application's database. */
export const initial =
  (): string => `-- Rendered from the model; what is written here by hand is overwritten. The user of workloads has the rights
-- that those of a cluster have: what needs more fails here, too.
${OWNERSHIP_SQL}CREATE ROLE ${USER} LOGIN PASSWORD '${PASSWORD}' IN ROLE ${OWNER};
ALTER ROLE ${USER} SET role = '${OWNER}';
`;

/** PostgreSQL, whose superuser `postgres` has the same password as the user of workloads. */
export const postgresqlInCompose = containerProvisioner<Postgresql>({
  container: "postgresql",
  versions: [...Object.values(POSTGRESQL_VERSIONS), POSTGRES_EXPORTER],
  service: ({ host, folder, sizing: { parameters = {} }, service: { spec } }) => ({
    image: POSTGRESQL_VERSIONS[spec.version].image,
    mem_limit: "1g",
    restart: "unless-stopped",
    command: [
      "postgres",
      ...Object.entries({ ...postgresqlParameters(UNTOLD), ...parameters }).flatMap(([name, value]) => [
        "-c",
        `${name}=${value}`,
      ]),
    ],
    environment: { POSTGRES_DB: spec.database, POSTGRES_PASSWORD: PASSWORD },
    volumes: [`${dataVolume(host)}:${DISKS[spec.version]}`, `./${folderOf(folder)}:/docker-entrypoint-initdb.d:ro`],
    ...onNetwork(),
    // The first start makes its files.
    healthcheck: serverHealth(["CMD-SHELL", SIGN_IN], 120),
    stop_grace_period: "60s",
    security_opt: NO_NEW_PRIVILEGES,
  }),
  // Of the image's own: a superuser, who may more than the user of workloads.
  bare: ({ service: { spec } }) => ({
    POSTGRES_DB: spec.database,
    POSTGRES_PASSWORD: PASSWORD,
    POSTGRES_USER: USER,
  }),
  files: ({ application, folder }) => ({ [`${folderOf(folder)}/${application}.sql`]: initial() }),
  parts: ({ host, service: { spec } }) => ({ host, port: String(PORT), database: spec.database, username: USER }),
  secrets: { password: PASSWORD },
  client: ({ service: { spec } }) => ["psql", `--username=${USER}`, `--dbname=${spec.database}`],
  user: ({ host, service: { spec } }) => ({
    parts: { username: MEASURING_USER, password: PASSWORD },
    made: {
      image: POSTGRESQL_VERSIONS[spec.version].image,
      init: true,
      entrypoint: [
        "sh",
        "-c",
        'echo "$STATEMENTS" | psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname="$PGDATABASE"',
      ],
      environment: {
        PGHOST: host,
        PGPASSWORD: PASSWORD,
        PGDATABASE: spec.database,
        STATEMENTS: measuringUser(spec.database),
      },
      tmpfs: ["/tmp"],
      ...onNetwork(),
      depends_on: { [host]: HEALTHY },
      healthcheck: { disable: true },
      user: "65534:65534",
      read_only: true,
      ...CONFINED,
    },
  }),
});
