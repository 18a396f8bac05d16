import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "../certificates";
import { type Result, run } from "../container";
import { inNetwork, type Network } from "../network";
import { asServerUser, type Login, type Server, SERVER_USER, startServer } from "../server";

const PORT = 3306;

const ADMIN = { username: "admin", password: `"@:/%#\\'+&=$\`ä{{%41 mariadb-admin` };

/**
 * What the master user of RDS may do, which is not everything. The last one is MariaDB's, and part of what a user with
 * all rights to a database has there.
 */
const ADMIN_RIGHTS = [
  ...["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "RELOAD", "PROCESS", "REFERENCES", "INDEX", "ALTER"],
  ...["SHOW DATABASES", "CREATE TEMPORARY TABLES", "LOCK TABLES", "EXECUTE", "REPLICATION SLAVE", "REPLICATION CLIENT"],
  ...["CREATE VIEW", "SHOW VIEW", "CREATE ROUTINE", "ALTER ROUTINE", "CREATE USER", "EVENT", "TRIGGER"],
  "DELETE HISTORY",
].join(", ");

export interface Mariadb extends Server {
  /** Runs SQL as somebody. @param tls - options of the client; without them its TLS is verified. @param seconds - at most, else 30 */
  readonly query: (login: Login, sql: string, tls?: readonly string[], seconds?: number) => Promise<Result>;
}

/** MariaDB that accepts TLS only, or none, with these databases and nobody but its administrator. */
export async function startMariadb(
  folder: string,
  { network, certificates, databases, settings = {}, rights = ADMIN_RIGHTS }: MariadbOptions,
): Promise<Mariadb> {
  const path = (name: string): string => join(folder, name);
  // Files in /tmp have the process id in their name, which is the same for servers with process ids of their own.
  for (const name of ["data", "tmp"]) {
    mkdirSync(path(name), { recursive: true });
    chownSync(path(name), SERVER_USER, SERVER_USER);
  }
  const env = { TMPDIR: path("tmp") };
  if (certificates !== undefined) writeFileSync(path("ca.pem"), certificates.bundle);
  writeFileSync(path("init.sql"), initialSql(databases, rights));
  const small = ["--innodb-buffer-pool-size=16M", "--innodb-log-file-size=4M"];
  const install = [
    "env",
    `TMPDIR=${env.TMPDIR}`,
    "mariadb-install-db",
    "--no-defaults",
    `--datadir=${path("data")}`,
    "--skip-test-db",
    ...small,
  ];
  const installed = await run(asServerUser([...install, "--auth-root-authentication-method=normal"]), 60);
  if (installed.code !== 0) throw new Error(`no database: ${installed.output}`);
  const server = await startServer({
    network,
    env,
    command: [
      ...["mariadbd", "--no-defaults", `--datadir=${path("data")}`, `--socket=${path("data/socket")}`, ...small],
      ...["--bind-address=127.0.0.1", `--port=${PORT}`, "--skip-name-resolve", `--init-file=${path("init.sql")}`],
      ...(certificates === undefined
        ? ["--skip-ssl"]
        : ["--require-secure-transport=ON", `--ssl-cert=${certificates.certificate}`, `--ssl-key=${certificates.key}`]),
      "--character-set-server=utf8mb4",
      ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
    ],
    log: path("mariadb.log"),
    ready: "ready for connections",
  });
  return {
    port: PORT,
    admin: ADMIN,
    log: server.log,
    stop: () => server.stop("SIGKILL"),
    query: ({ username, password }, sql, tls = certificates === undefined ? [] : verified(path("ca.pem")), seconds) => {
      const client = ["mariadb", "--no-defaults", "--protocol=tcp", "--host=localhost", `--port=${PORT}`, ...tls];
      const query = [`--user=${username}`, "--batch", "--skip-column-names", `--execute=${sql}`];
      const command = [...client, "--default-character-set=utf8mb4", ...query];
      return run(inNetwork(network, ["env", `MYSQL_PWD=${password}`, ...command]), seconds);
    },
  };
}

const verified = (ca: string): string[] => [`--ssl-ca=${ca}`, "--ssl-verify-server-cert"];

export interface MariadbOptions {
  readonly network: Network;
  /** @default - without TLS */
  readonly certificates?: Certificates;
  readonly databases: readonly string[];
  /** What the administrator may do. @default - what the master user of RDS may */
  readonly rights?: string;
  /** Server variables by name. @default - MariaDB's own */
  readonly settings?: Readonly<Record<string, string>>;
}

function initialSql(databases: readonly string[], rights: string): string {
  const quoted = ADMIN.password.replace(/['\\]/g, "\\$&");
  return [
    `CREATE USER '${ADMIN.username}'@'%' IDENTIFIED BY '${quoted}'`,
    `GRANT ${rights} ON *.* TO '${ADMIN.username}'@'%' WITH GRANT OPTION`,
    "DELETE FROM mysql.global_priv WHERE User IN ('', 'root')",
    "FLUSH PRIVILEGES",
    ...databases.map((name) => `CREATE DATABASE ${name}`),
  ]
    .map((statement) => `${statement};\n`)
    .join("");
}
