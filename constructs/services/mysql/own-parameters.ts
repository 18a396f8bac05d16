import { parameterRules } from "../parameter-rules";
import { MYSQL_PARAMETERS } from "./parameters";

/* Parameters of one environment's servers, beside those of the table that every MySQL has. */

/** A system variable, as all places spell it. */
const NAME = /^[a-z][a-z0-9_]{1,63}$/;

/** What a file, a command line, Terraform and the APIs of the clouds carry as it is, formulas of RDS included. */
const VALUE = /^[\w.,:/*+(){}=-]{1,255}$/;

const BY_US = "follows from how the server is made";

/** Refused beside the table, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  max_connections: "follows from size, which workloads are checked against",
  default_time_zone: MYSQL_PARAMETERS.time_zone.why,
  lower_case_table_names: "is chosen when a server is made and never again",
  ...Object.fromEntries(
    [
      ...["admin_address", "bind_address", "datadir", "init_file", "log_bin", "pid_file", "port", "secure_file_priv"],
      ...["server_id", "slow_query_log_file", "socket", "user"],
    ].map((name) => [name, BY_US]),
  ),
  // Of each port that a server has. What ciphers there are is an environment's to say.
  ...Object.fromEntries(
    ["", "admin_", "mysqlx_"].flatMap((port) =>
      ["ssl", "ssl_ca", "ssl_capath", "ssl_cert", "ssl_crl", "ssl_crlpath", "ssl_key", "tls_version"].map((name) => [
        port + name,
        BY_US,
      ]),
    ),
  ),
  // Whoever may sign in by it is no user that the Job makes.
  cloudsql_iam_authentication: "users are made by the Job of the release, one for each workload that needs it",
};

/**
 * Options of a file and no system variables: a beginning that turns another one on or off, or hides that there is none of its name
 * (`skip_ssl`, `disable_require_secure_transport`, `loose_…`).
 */
const OPTION = /^(?:disable|enable|loose|maximum|skip)_/;

/** Those of them that are variables, and open nothing. */
const HARMLESS = new Set(["skip_external_locking", "skip_replica_start", "skip_show_database"]);

const reasonOf = (name: string): string | undefined => {
  if (Object.hasOwn(MYSQL_PARAMETERS, name))
    return `the same everywhere: ${MYSQL_PARAMETERS[name as keyof typeof MYSQL_PARAMETERS].why}`;
  if (Object.hasOwn(REFUSED, name)) return REFUSED[name];
  if (OPTION.test(name) && !HARMLESS.has(name)) return "an option of a file, which undoes another one";
  // A server takes the beginning of an option for the whole, where only one begins so.
  const whole = [...Object.keys(MYSQL_PARAMETERS), ...Object.keys(REFUSED)].find((one) => one.startsWith(name));
  return whole === undefined ? undefined : `the beginning of ${whole}, which is refused`;
};

export const OWN_PARAMETERS = parameterRules({
  name: NAME,
  noName: { why: "no name of a system variable", fix: "use small letters, digits and underscores" },
  value: VALUE,
  valueFix: "use up to 255 letters, digits and . , : / * + - ( ) { } = _",
  reason: reasonOf,
  refusedFix: "remove it; a session may set its own",
  // A server does not start with another value than the one of its tables.
  firstDay: ["lower_case_table_names"],
});
