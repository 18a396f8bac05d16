import { MYSQL_IMAGES } from "../../../in-cluster/images";
import type { Mysql } from "../../../services/mysql";
import { NO_NEW_PRIVILEGES, onNetwork } from "../parts";
import {
  dataVolume,
  type LocalServer,
  type LocalServerRequest,
  PASSWORD,
  secretPart,
  serverHealth,
  USER,
} from "./server";

const PORT = 3306;

/**
 * True when the user can sign in to the database over the network: the server that only makes the first files listens on
 * its socket alone.
 */
const SIGN_IN =
  'MYSQL_PWD="$MYSQL_PASSWORD" mysql --protocol=tcp --host=127.0.0.1 --user="$MYSQL_USER" ' +
  '--execute="SELECT 1" "$MYSQL_DATABASE"';

export const mysqlContainer = ({ host, spec, folder }: LocalServerRequest<Mysql["spec"]>): LocalServer => ({
  service: {
    image: MYSQL_IMAGES[spec.version],
    mem_limit: "1g",
    restart: "unless-stopped",
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
  },
  connection: {
    parts: {
      host: { value: host },
      port: { value: String(PORT) },
      database: { value: spec.database },
      username: { value: USER },
      password: secretPart(host, "password"),
    },
    tls: false,
    endpoints: [],
  },
  secrets: { password: PASSWORD },
});
