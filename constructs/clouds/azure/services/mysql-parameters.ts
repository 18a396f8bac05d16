import {
  MysqlFlexibleServerConfiguration,
  type MysqlFlexibleServerConfigurationConfig,
} from "@cdktf/provider-azurerm/lib/mysql-flexible-server-configuration";
import { Construct } from "constructs";
import { mysqlParameters, type MysqlPlace } from "../../../services/mysql/parameters";

/**
 * A static one holds after the next restart, which maintenance brings: `tls_version` alone is one, and until then it is 1.2.
 * https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters
 */
export const FLEXIBLE_SERVER: MysqlPlace = {
  switches: ["OFF", "ON"],
  untold: {
    time_zone: "SYSTEM unless told otherwise, which is UTC",
    log_output: "to files unless told otherwise, from which the diagnostic setting takes them",
  },
};

/** One resource each, which azurerm carries out one after another. Ids are the parameters' names. */
export function createParameters(
  scope: Construct,
  server: Pick<MysqlFlexibleServerConfigurationConfig, "resourceGroupName" | "serverName">,
  own: Readonly<Record<string, string>> = {},
): MysqlFlexibleServerConfiguration[] {
  const here = new Construct(scope, "Parameters");
  return Object.entries({ ...mysqlParameters(FLEXIBLE_SERVER), ...own }).map(
    ([name, value]) => new MysqlFlexibleServerConfiguration(here, name, { ...server, name, value }),
  );
}
