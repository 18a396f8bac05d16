import type { Mysql } from "../../../services/mysql";
import { MYSQL_VERSIONS } from "../../../services/mysql/versions";
import { NO_NEW_PRIVILEGES, onNetwork } from "../parts";
import { containerProvisioner } from "./provisioner";
import { dataVolume, PASSWORD, serverHealth, USER } from "./server";

const PORT = 3306;

/**
 * True when the user can sign in to the database over the network: the server that only makes the first files listens on
 * its socket alone.
 */
const SIGN_IN =
  'MYSQL_PWD="$MYSQL_PASSWORD" mysql --protocol=tcp --host=127.0.0.1 --user="$MYSQL_USER" ' +
  '--execute="SELECT 1" "$MYSQL_DATABASE"';

export const mysqlInCompose = containerProvisioner<Mysql>({
  container: "mysql",
  versions: Object.values(MYSQL_VERSIONS),
  service: ({ host, folder, sizing: { parameters = {} }, service: { spec } }) => ({
    image: MYSQL_VERSIONS[spec.version].image,
    mem_limit: "1g",
    restart: "unless-stopped",
    // After the file that all servers share, which they win over.
    ...(Object.keys(parameters).length > 0 && {
      command: ["mysqld", ...Object.entries(parameters).map(([name, value]) => `--${name}=${value}`)],
    }),
    environment: {
      MYSQL_DATABASE: spec.database,
      MYSQL_USER: USER,
      MYSQL_PASSWORD: PASSWORD,
      MYSQL_ROOT_PASSWORD: PASSWORD,
    },
    volumes: [`${dataVolume(host)}:/var/lib/mysql`, `./${folder.mysql}:/etc/mysql/conf.d:ro`],
    ...onNetwork(),
    // The first start makes its files.
    healthcheck: serverHealth(["CMD-SHELL", SIGN_IN], 120),
    stop_grace_period: "60s",
    security_opt: NO_NEW_PRIVILEGES,
  }),
  parts: ({ host, service: { spec } }) => ({ host, port: String(PORT), database: spec.database, username: USER }),
  secrets: { password: PASSWORD },
});
