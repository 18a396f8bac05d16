import type { ServiceSizing } from "../../../../constructs/model/service";
import { composeDocument } from "../../../../constructs/outputs/compose/compose";
import { isStatic } from "../../../../constructs/services/mysql/static-parameters";
import { firstApplication, onAws } from "../../../support/aws-application";
import { onAzure } from "../../../support/azure-application";
import { onGoogle } from "../../../support/google-application";
import { mysqlForm } from "../../../support/in-cluster";
import { draft, problemsOf, production, shop } from "../../../support/input";
import { facts, find } from "../../../support/resolved";

/* Parameters that one environment sets beside the table, in every place that runs a MySQL. */

const AT = "environments.production.applications.shop.services";

const PARAMETERS = { innodb_lock_wait_timeout: "20", innodb_ft_min_token_size: "2" };

function withSizing(service: string, sizing: ServiceSizing) {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = { [service]: sizing as never };
  return environment;
}

const withParameters = (parameters: Record<string, string>) => withSizing("db", { parameters });

interface Told {
  readonly name: string;
  readonly value: string;
  readonly apply_method?: string;
}

const told = (list: unknown): Told[] => (list as Told[]).filter(({ name }) => name in PARAMETERS);

test("RDS is told in the parameter group, and of a static one that it waits for a restart", () => {
  const { parameter } = onAws(withParameters(PARAMETERS)).resource("aws_db_parameter_group");
  expect(told(parameter)).toEqual([
    { name: "innodb_lock_wait_timeout", value: "20" },
    { name: "innodb_ft_min_token_size", value: "2", apply_method: "pending-reboot" },
  ]);
});

test("Cloud SQL is told by flags", () => {
  const { settings } = onGoogle(withParameters(PARAMETERS)).resource("google_sql_database_instance");
  expect(told((settings as { database_flags: unknown }).database_flags)).toHaveLength(2);
});

test("Azure is told by a resource for each", () => {
  const found = onAzure(withParameters(PARAMETERS)).resources("azurerm_mysql_flexible_server_configuration");
  expect(
    told(found)
      .map(({ value }) => value)
      .sort(),
  ).toEqual(["2", "20"]);
});

test("the server in the cluster is told by its file, over what this program sets itself", () => {
  const form = mysqlForm({ sizing: { parameters: { innodb_buffer_pool_size: "268435456" } } });
  const file = find(form.objects(facts), "ConfigMap", "my-app-orders-db").data["server.cnf"] ?? "";
  expect(file.match(/^innodb_buffer_pool_size = .*$/gm)).toEqual(["innodb_buffer_pool_size = 268435456"]);
});

test("Compose's server is told on its command line, and by nothing where nothing was said", () => {
  const mysql = (parameters: Record<string, string>) =>
    composeDocument({ application: firstApplication(withParameters(parameters)) }).services.mysql?.command;
  expect(mysql(PARAMETERS)).toEqual(["mysqld", "--innodb_lock_wait_timeout=20", "--innodb_ft_min_token_size=2"]);
  expect(mysql({})).toBeUndefined();
});

test("nothing is told that nobody said", () => {
  expect(onAws(withParameters({})).text).toBe(onAws(production(shop())).text);
});

// prettier-ignore
test.each<[string, string, ServiceSizing, string]>([
  ["of the table", "db", { parameters: { sql_mode: "ANSI" } }, `${AT}.db.parameters.sql_mode: got "ANSI", the same everywhere: without strict mode a text that is too long is cut and a wrong date becomes zero, without an error; RDS is not strict; remove it; a session may set its own`],
  ["that follows from the size", "db", { parameters: { max_connections: "900" } }, `${AT}.db.parameters.max_connections: got "900", follows from size, which workloads are checked against; remove it; a session may set its own`],
  ["that follows from how the server is made", "db", { parameters: { datadir: "/tmp" } }, `${AT}.db.parameters.datadir: got "/tmp", follows from how the server is made; remove it; a session may set its own`],
  ["of another name", "db", { parameters: { "innodb-lock": "1" } }, `${AT}.db.parameters.innodb-lock: no name of a system variable; use small letters, digits and underscores`],
  ["with a line of its own", "db", { parameters: { innodb_lock_wait_timeout: "1\nskip-grant-tables" } }, `${AT}.db.parameters.innodb_lock_wait_timeout: got "1\\nskip-grant-tables"; use up to 255 letters, digits and . , : / * + - ( ) { } = _`],
  ["that is no text", "db", { parameters: { innodb_lock_wait_timeout: 20 as never } }, `${AT}.db.parameters.innodb_lock_wait_timeout: got 20; use a string`],
  ["a maintenance on no day", "db", { maintenance: { day: "someday" as never, hour: 3 } }, `${AT}.db.maintenance.day: got "someday"; use "monday", "tuesday", "wednesday", "thursday", "friday", "saturday" or "sunday"`],
  ["a maintenance at no hour", "db", { maintenance: { day: "monday", hour: 24 } }, `${AT}.db.maintenance.hour: got 24; use at most 23`],
])("a parameter %s is refused", (_, service, sizing, expected) => {
  expect(problemsOf(withSizing(service, sizing))).toEqual([expected]);
});

test.each([
  ["require_secure_transport", "OFF", "the same everywhere: RDS takes connections without TLS"],
  ["require_sec", "OFF", "the beginning of require_secure_transport, which is refused"],
  ["skip_require_secure_transport", "1", "an option of a file, which undoes another one"],
  ["disable_require_secure_transport", "1", "an option of a file, which undoes another one"],
  ["loose_require_secure_transport", "OFF", "an option of a file, which undoes another one"],
  ["skip_grant_tables", "1", "an option of a file, which undoes another one"],
  ["skip_ssl", "1", "an option of a file, which undoes another one"],
  ["skip_name_resolve", "OFF", "an option of a file, which undoes another one"],
  ["ssl", "0", "follows from how the server is made"],
  ["admin_ssl_key", "/tmp/key", "follows from how the server is made"],
  ["admin_tls_version", "TLSv1.2", "follows from how the server is made"],
  ["cloudsql_iam_authentication", "on", "users are made by the Job of the release"],
])("%s is refused: it would undo what every place is told", (name, value, why) => {
  expect(problemsOf(withParameters({ [name]: value }))).toEqual([
    expect.stringContaining(`${AT}.db.parameters.${name}: got "${value}", ${why}`),
  ]);
});

test("what opens nothing is an environment's to say", () => {
  const parameters = { skip_show_database: "ON", ssl_cipher: "ECDHE-RSA-AES256-GCM-SHA384", wait_timeout: "60" };
  expect(problemsOf(withParameters(parameters))).toEqual([]);
});

test("what a server reads at its start alone is known", () => {
  expect(["innodb_ft_min_token_size", "performance_schema_max_table_instances"].map(isStatic)).toEqual([true, true]);
  expect(["innodb_lock_wait_timeout", "wait_timeout", "performance_schema_show_processlist"].map(isStatic)).toEqual([
    false,
    false,
    false,
  ]);
});
