import { RDS } from "../../constructs/clouds/aws/services/mysql";
import { FLEXIBLE_SERVER } from "../../constructs/clouds/azure/services/mysql-parameters";
import { CLOUD_SQL } from "../../constructs/clouds/google/services/mysql";
import { COMPOSE } from "../../constructs/outputs/compose/servers/mysql-file";
import { line, tableHead } from "../../constructs/portability/markdown";
import {
  CONFIGURED_BY_FILE,
  MYSQL_PARAMETERS,
  type MysqlParameter,
  mysqlParameters,
  type MysqlPlace,
} from "../../constructs/services/mysql/parameters";

const PLACES: Readonly<Record<string, MysqlPlace>> = {
  RDS,
  "Cloud SQL": CLOUD_SQL,
  Azure: FLEXIBLE_SERVER,
  "in the cluster": CONFIGURED_BY_FILE,
  Compose: COMPOSE,
};

/** Commas with a place to break the line after them. */
const said = (value: boolean | number | string): string =>
  typeof value === "boolean" ? (value ? "on" : "off") : String(value).replaceAll(",", ", ");

/** What MySQL is told, and where it is not told, as a table in Markdown. */
export function mysqlTable(): string {
  const rows = Object.entries(MYSQL_PARAMETERS).map(([name, { value, why }]) =>
    line(`\`${name}\``, `\`${said(value)}\``, why, ...Object.values(PLACES).map((place) => cell(place, name))),
  );
  return [...tableHead("parameter", "value", "why", ...Object.keys(PLACES)), ...rows].join("\n");
}

function cell(place: MysqlPlace, name: string): string {
  const parameter = name as MysqlParameter;
  const reason = place.untold[parameter];
  if (reason !== undefined) return `not told: ${reason}`;
  const called = place.names?.[parameter] ?? name;
  return called in mysqlParameters(place) ? (called === name ? "told" : `told, as \`${called}\``) : "";
}
