import { parameterRules } from "../../services";

/*
 * What every PostgreSQL server is told, wherever it runs, so that a statement does the same on a laptop and in production. Whether
 * clients may come without TLS is no parameter of PostgreSQL: each place has its own way to refuse them.
 */

interface ServerParameter {
  readonly value: string;
  /** What would differ without it. */
  readonly why: string;
}

export const POSTGRESQL_PARAMETERS = {
  timezone: { value: "UTC", why: "now() and timestamps without a zone are read and written in it" },
  password_encryption: {
    value: "scram-sha-256",
    why: "decides how passwords are kept from then on; md5 is on its way out, and some clouds began with it",
  },
  ssl_min_protocol_version: { value: "TLSv1.2", why: "older ones are broken" },
  log_min_duration_statement: {
    value: "1000",
    why: "milliseconds from which on a statement is slow and logged; none is unless told",
  },
} as const satisfies Readonly<Record<string, ServerParameter>>;

export type PostgresqlParameter = keyof typeof POSTGRESQL_PARAMETERS;

/**
 * The whole table by its names in PostgreSQL.
 *
 * @param untold those that a place is not told, each with the reason why it does as the table says all the same, or where not
 */
export const postgresqlParameters = (
  untold: Readonly<Partial<Record<PostgresqlParameter, string>>> = {},
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(POSTGRESQL_PARAMETERS).flatMap(([name, { value }]) => (name in untold ? [] : [[name, value]])),
  );

const BY_US = "follows from how the server is made";
const TLS = "every place turns away who comes without TLS, by its own means";
const USERS = "users are made by the Job of the release, one for each workload that needs it";
const LOSES_DATA = "without it a crash of the machine damages what was written";

const REFUSED: Readonly<Record<string, string>> = {
  max_connections: "follows from size, which workloads are checked against",
  fsync: LOSES_DATA,
  full_page_writes: LOSES_DATA,
  zero_damaged_pages: "it hides damage by taking rows away",
  log_timezone: POSTGRESQL_PARAMETERS.timezone.why,
  ...Object.fromEntries(
    [
      ...["archive_command", "archive_library", "archive_mode", "config_file", "data_directory", "external_pid_file"],
      ...["hba_file", "ident_file", "include", "include_dir", "include_if_exists", "listen_addresses"],
      ...["log_destination", "logging_collector", "port", "primary_conninfo", "restore_command"],
      ...["unix_socket_directories", "unix_socket_group", "unix_socket_permissions"],
    ].map((name) => [name, BY_US]),
  ),
  // As RDS, Azure and PostgreSQL itself call it. Certificates, ciphers and what else is of TLS begins as the last one does.
  "rds.force_ssl": TLS,
  require_secure_transport: TLS,
  ssl: TLS,
  // Whoever may sign in by them is no user that the Job makes.
  "cloudsql.iam_authentication": USERS,
  "cloudsql.pg_shadow_select_role": "a role that reads hashes of passwords is one more that can lose them",
};

const reasonOf = (name: string): string | undefined =>
  Object.hasOwn(POSTGRESQL_PARAMETERS, name)
    ? `the same everywhere: ${POSTGRESQL_PARAMETERS[name as PostgresqlParameter].why}`
    : Object.hasOwn(REFUSED, name)
      ? REFUSED[name]
      : name.startsWith("ssl_")
        ? BY_US
        : undefined;

/** Parameters of one environment's servers, beside those of the table that every PostgreSQL has. */
export const OWN_PARAMETERS = parameterRules({
  // Those of extensions have a dot: `pg_stat_statements.max`.
  name: /^[a-z][a-z0-9_]{1,62}(?:\.[a-z][a-z0-9_]{1,62})?$/,
  noName: { why: "no name of a parameter", fix: "use small letters, digits and underscores" },
  // What a file, Terraform and the APIs of the clouds carry as it is. Nothing that would end a quoted text.
  value: /^[\w .,:/*+()={}"$@%-]{1,255}$/,
  valueFix: 'use up to 255 letters, digits, spaces and . , : / * + - ( ) { } = _ " $ @ %',
  reason: reasonOf,
  refusedFix: "remove it; a session may set its own",
});
