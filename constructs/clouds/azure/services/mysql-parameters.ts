import {
  MysqlFlexibleServerConfiguration,
  type MysqlFlexibleServerConfigurationConfig,
} from "@cdktf/provider-azurerm/lib/mysql-flexible-server-configuration";
import { Construct } from "constructs";

/** What differs from Azure's own values, or must never become another one. */
const PARAMETERS = {
  require_secure_transport: "ON",
  // After the next restart, which maintenance brings; until then it is 1.2 alone.
  tls_version: "TLSv1.2,TLSv1.3",
  character_set_server: "utf8mb4",
  collation_server: "utf8mb4_0900_ai_ci",
  slow_query_log: "ON",
  long_query_time: "1",
  // The binary log is always on, with which only SUPER could define triggers and functions, and Azure gives it to nobody.
  log_bin_trust_function_creators: "ON",
  // Azure adds a column `my_row_id` to tables without a primary key; no other cloud does, and dumps would carry it.
  sql_generate_invisible_primary_key: "OFF",
} as const;

/** One resource each, which azurerm carries out one after another. Ids are the parameters' names. */
export function createParameters(
  scope: Construct,
  server: Pick<MysqlFlexibleServerConfigurationConfig, "resourceGroupName" | "serverName">,
): MysqlFlexibleServerConfiguration[] {
  const here = new Construct(scope, "Parameters");
  return Object.entries(PARAMETERS).map(
    ([name, value]) => new MysqlFlexibleServerConfiguration(here, name, { ...server, name, value }),
  );
}
