import { MEASURING_USER } from "../../../model/exporter";
import type { Mysql } from "../../../services/mysql";
import { MEASURING_CONNECTIONS } from "../../../services/mysql/users";
import { MYSQL_VERSIONS } from "../../../services/mysql/versions";
import { CONFINED, HEALTHY, NO_NEW_PRIVILEGES, onNetwork } from "../parts";
import { composeMysql } from "./mysql-file";
import { type ComposeRequest, containerProvisioner } from "./provisioner";
import { dataVolume, PASSWORD, serverHealth, USER } from "./server";

const PORT = 3306;

/**
 * True when the user can sign in to the database over the network: the server that only makes the first files listens on
 * its socket alone.
 */
const SIGN_IN =
  'MYSQL_PWD="$MYSQL_PASSWORD" mysql --protocol=tcp --host=127.0.0.1 --user="$MYSQL_USER" ' +
  '--execute="SELECT 1" "$MYSQL_DATABASE"';

/** The user of the exporter, without any right, as in a cluster: also on a volume that was there before. */
const measuringUser =
  `CREATE USER IF NOT EXISTS '${MEASURING_USER}'@'%' IDENTIFIED BY '${PASSWORD}'; ` +
  `ALTER USER '${MEASURING_USER}'@'%' IDENTIFIED BY '${PASSWORD}' WITH MAX_USER_CONNECTIONS ${MEASURING_CONNECTIONS}`;

const configuration = (folder: ComposeRequest<Mysql>["folder"]): string => `${folder.service("mysql")}/conf.d`;

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
    volumes: [`${dataVolume(host)}:/var/lib/mysql`, `./${configuration(folder)}:/etc/mysql/conf.d:ro`],
    ...onNetwork(),
    // The first start makes its files.
    healthcheck: serverHealth(["CMD-SHELL", SIGN_IN], 120),
    stop_grace_period: "60s",
    security_opt: NO_NEW_PRIVILEGES,
  }),
  parts: ({ host, service: { spec } }) => ({ host, port: String(PORT), database: spec.database, username: USER }),
  files: ({ application, folder }) => ({ [`${configuration(folder)}/${application}.cnf`]: composeMysql() }),
  secrets: { password: PASSWORD },
  client: ({ service: { spec } }) => ["mysql", `--user=${USER}`, `--password=${PASSWORD}`, spec.database],
  user: ({ host, service: { spec } }) => ({
    parts: { username: MEASURING_USER, password: PASSWORD },
    made: {
      image: MYSQL_VERSIONS[spec.version].image,
      init: true,
      entrypoint: [
        "sh",
        "-c",
        'MYSQL_PWD="$PASSWORD" mysql --protocol=tcp --host="$HOST" --user=root --execute="$STATEMENTS"',
      ],
      environment: { HOST: host, PASSWORD, STATEMENTS: measuringUser },
      tmpfs: ["/tmp"],
      ...onNetwork(),
      depends_on: { [host]: HEALTHY },
      healthcheck: { disable: true },
      user: "65534:65534",
      read_only: true,
      ...CONFINED,
    },
  }),
});
