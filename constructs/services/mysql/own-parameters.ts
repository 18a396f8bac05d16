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
      ...["bind_address", "datadir", "disable_log_bin", "init_file", "log_bin", "pid_file", "port", "secure_file_priv"],
      ...["skip_name_resolve", "slow_query_log_file", "socket", "ssl_ca", "ssl_cert", "ssl_key", "user"],
    ].map((name) => [name, BY_US]),
  ),
};

const reasonOf = (name: string): string | undefined =>
  Object.hasOwn(MYSQL_PARAMETERS, name)
    ? `the same everywhere: ${MYSQL_PARAMETERS[name as keyof typeof MYSQL_PARAMETERS].why}`
    : Object.hasOwn(REFUSED, name)
      ? REFUSED[name]
      : undefined;

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
