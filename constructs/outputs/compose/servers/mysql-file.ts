import {
  CONFIGURED_BY_FILE,
  MYSQL_PARAMETERS,
  mysqlParameters,
  type MysqlPlace,
} from "../../../services/mysql/parameters";

/** Place of local development. */
export const COMPOSE: MysqlPlace = {
  ...CONFIGURED_BY_FILE,
  untold: {
    require_secure_transport: "clients on the same machine speak without TLS",
    tls_version: "clients on the same machine speak without TLS",
  },
};

/** A file of `conf.d` for the server's image: what the managed MySQL of every environment is told, too. */
export function composeMysql(): string {
  const settings = Object.entries(mysqlParameters(COMPOSE)).map(([name, value]) => `${name} = ${value}`);
  return `# Rendered from the model; what is written here by hand is overwritten. A query that works here works in every
# environment, and one that fails there fails here.
[mysqld]
${settings.join("\n")}
# A laptop has other things to do with its memory.
innodb_buffer_pool_size = 128M

[client]
default-character-set = ${MYSQL_PARAMETERS.character_set_server.value}
`;
}
