import { RDS } from "../../../../constructs/clouds/aws/services/mysql";
import { FLEXIBLE_SERVER } from "../../../../constructs/clouds/azure/services/mysql-parameters";
import { CLOUD_SQL } from "../../../../constructs/clouds/google/services/mysql";
import { COMPOSE, composeMysql } from "../../../../constructs/outputs/compose/servers/mysql-file";
import {
  CONFIGURED_BY_FILE,
  MYSQL_PARAMETERS,
  type MysqlPlace,
} from "../../../../constructs/services/mysql/parameters";
import { onAws } from "../../../support/aws-application";
import { onAzure } from "../../../support/azure-application";
import { onGoogle } from "../../../support/google-application";
import { mysqlForm } from "../../../support/in-cluster";
import { production, staging } from "../../../support/input";
import { facts, find } from "../../../support/resolved";

/* One table for every place a MySQL runs in. */

const STRICT =
  "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

const EVERYWHERE = {
  sql_mode: STRICT,
  max_allowed_packet: "67108864",
  character_set_server: "utf8mb4",
  collation_server: "utf8mb4_0900_ai_ci",
  long_query_time: "1",
};

type Told = { readonly name: string; readonly value: string };
const asRecord = (told: readonly Told[]): Record<string, string> =>
  Object.fromEntries(told.map(({ name, value }) => [name, value]));

/** Settings of the server's section of a file. */
const settings = (file: string): Record<string, string> =>
  Object.fromEntries(
    [...(/\[mysqld\]\n([^[]*)/.exec(file)?.[1] ?? "").matchAll(/^(\w+) = (.+)$/gm)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );

test("RDS is told in the parameter group, in every environment", () => {
  for (const [environment, connections] of [
    [production(), "682"],
    [staging(), "341"],
  ] as const) {
    const { parameter } = onAws(environment).resource("aws_db_parameter_group");
    expect(asRecord(parameter as Told[])).toEqual({
      ...EVERYWHERE,
      require_secure_transport: "1",
      local_infile: "0",
      log_bin_trust_function_creators: "1",
      slow_query_log: "1",
      log_output: "FILE",
      // By its size, and so in no table.
      max_connections: connections,
    });
  }
});

test("Cloud SQL is told by flags, and of TLS by its SSL mode", () => {
  const { settings: given } = onGoogle(production()).resource("google_sql_database_instance");
  const { database_flags: flags, ip_configuration: ip } = given as {
    database_flags: Told[];
    ip_configuration: { ssl_mode: string };
  };
  expect(asRecord(flags)).toEqual({
    ...EVERYWHERE,
    local_infile: "off",
    log_bin_trust_function_creators: "on",
    slow_query_log: "on",
    log_output: "FILE",
  });
  expect(ip.ssl_mode).toBe("ENCRYPTED_ONLY");
});

test("Azure is told by a resource for each parameter", () => {
  const found = onAzure(production()).resources("azurerm_mysql_flexible_server_configuration");
  expect(asRecord(found as unknown as Told[])).toEqual({
    ...EVERYWHERE,
    require_secure_transport: "ON",
    tls_version: "TLSv1.2,TLSv1.3",
    local_infile: "OFF",
    log_bin_trust_function_creators: "ON",
    sql_generate_invisible_primary_key: "OFF",
    slow_query_log: "ON",
  });
});

test("the server in the cluster is told by a file, with what it alone needs", () => {
  const file = find(mysqlForm().objects(facts), "ConfigMap", "my-app-orders-db").data["server.cnf"] ?? "";
  expect(settings(file)).toMatchObject({
    ...EVERYWHERE,
    default_time_zone: "+00:00",
    require_secure_transport: "ON",
    tls_version: "TLSv1.2,TLSv1.3",
    local_infile: "OFF",
    log_bin_trust_function_creators: "ON",
    sql_generate_invisible_primary_key: "OFF",
    slow_query_log: "ON",
    log_output: "FILE",
  });
});

test("local development is told by a file, but for TLS, and has less memory", () => {
  expect(settings(composeMysql())).toEqual({
    ...EVERYWHERE,
    default_time_zone: "+00:00",
    local_infile: "OFF",
    log_bin_trust_function_creators: "ON",
    sql_generate_invisible_primary_key: "OFF",
    slow_query_log: "ON",
    log_output: "FILE",
    innodb_buffer_pool_size: "128M",
  });
});

test.each<[string, MysqlPlace, string[]]>([
  ["RDS", RDS, ["time_zone", "tls_version", "sql_generate_invisible_primary_key"]],
  [
    "Cloud SQL",
    CLOUD_SQL,
    ["time_zone", "require_secure_transport", "tls_version", "sql_generate_invisible_primary_key"],
  ],
  ["Azure", FLEXIBLE_SERVER, ["time_zone", "log_output"]],
  ["the cluster", CONFIGURED_BY_FILE, []],
  ["local development", COMPOSE, ["require_secure_transport", "tls_version"]],
])("%s gives a reason for each parameter that it is not told", (_, { untold }, names) => {
  expect(Object.keys(untold)).toEqual(names);
  for (const reason of Object.values(untold)) expect(reason).toMatch(/\w+ \w+/);
});

test("every row says why it is there", () => {
  for (const { why } of Object.values(MYSQL_PARAMETERS)) expect(why.length).toBeGreaterThan(10);
});
