import { chownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { commandOf, composeService, healthCommand, variablesOf } from "./compose-file";
import { type Result, run } from "./container";
import { inNetwork } from "./network";
import { asServerUser, SERVER_USER, startServer } from "./server";
import { type Mariadb, startMariadb } from "./servers/mariadb";
import { BROKER_PATH, startOpenRabbitmq } from "./servers/rabbitmq";
import { startSmtp } from "./servers/smtp";
import type { Site } from "./site";

/** Something that runs in place of a container. */
export interface StandIn {
  readonly log: () => string;
  readonly stop: () => Promise<void>;
  /** Runs its health check. `undefined`: there is none, or none that anything here could run. */
  readonly check?: (variables?: Readonly<Record<string, string>>) => Promise<Result>;
}

export interface DatabaseStandIn extends StandIn {
  readonly sql: (text: string) => Promise<string>;
}

/** MariaDB in place of MySQL, with the database and the user that the image makes of its variables. */
export async function mysqlStandIn(site: Site): Promise<DatabaseStandIn> {
  const { MYSQL_DATABASE = "", MYSQL_USER = "", MYSQL_PASSWORD = "", MYSQL_ROOT_PASSWORD = "" } = variablesOf("mysql");
  const { network } = site;
  const server: Mariadb = await startMariadb(join(site.folder, "mysql"), { network, databases: [MYSQL_DATABASE] });
  const sql = async (text: string): Promise<string> => {
    const { code, output } = await server.query(server.admin, text);
    if (code !== 0) throw new Error(output);
    return output.trim();
  };
  await sql(
    `CREATE USER '${MYSQL_USER}'@'%' IDENTIFIED BY '${MYSQL_PASSWORD}'; GRANT ALL ON ${MYSQL_DATABASE}.* TO '${MYSQL_USER}'@'%'`,
  );
  await sql(`CREATE USER 'root'@'%' IDENTIFIED BY '${MYSQL_ROOT_PASSWORD}'; GRANT CREATE USER ON *.* TO 'root'@'%'`);
  return { log: server.log, stop: server.stop, sql, check: (more) => check(site, "mysql", more) };
}

/** Redis in place of Valkey, by the same arguments. */
export async function redisStandIn(site: Site): Promise<StandIn> {
  const folder = join(site.folder, "redis");
  mkdirSync(folder);
  chownSync(folder, SERVER_USER, SERVER_USER);
  symlinkSync("/usr/bin/redis-cli", join(folder, "valkey-cli"));
  const [program, ...args] = composeService("redis").command ?? [];
  if (program !== "valkey-server") throw new Error(`redis is started by ${program}`);
  const server = await startServer({
    network: site.network,
    command: ["redis-server", ...args, "--bind", "127.0.0.1", "--dir", folder],
    log: join(folder, "redis.log"),
    ready: "Ready to accept connections",
  });
  return {
    log: server.log,
    stop: () => server.stop("SIGKILL"),
    check: () => check(site, "redis", { PATH: `${folder}:/usr/bin:/bin` }),
  };
}

export async function rabbitmqStandIn(site: Site): Promise<StandIn> {
  const { RABBITMQ_DEFAULT_USER = "", RABBITMQ_DEFAULT_PASS = "", RABBITMQ_DEFAULT_VHOST } = variablesOf("rabbitmq");
  if (RABBITMQ_DEFAULT_VHOST !== "/") throw new Error("another virtual host");
  const login = { username: RABBITMQ_DEFAULT_USER, password: RABBITMQ_DEFAULT_PASS };
  const { network } = site;
  const server = await startOpenRabbitmq(join(site.folder, "rabbitmq"), { network, login });
  const variables = { ...server.cli, PATH: `${BROKER_PATH}:/usr/bin:/bin` };
  return { log: server.log, stop: server.stop, check: () => check(site, "rabbitmq", variables, asServerUser) };
}

/** A relay that keeps what it gets: Mailpit's own health check has nothing to ask in it. */
export async function mailStandIn(site: Site): Promise<StandIn> {
  const { log, stop } = await startSmtp(join(site.folder, "mailcatcher"), site);
  return { log, stop };
}

/** The script of the certificate's container, in a copy of its folder. */
export const certificateCommand = (folder: string): string[] =>
  commandOf("certificate").map((word) => word.replace(/^\/nginx\//, `${folder}/`));

async function check(
  { network }: Site,
  name: string,
  variables: Readonly<Record<string, string>> = {},
  as: (command: readonly string[]) => readonly string[] = (command) => command,
): Promise<Result> {
  const command = healthCommand(name);
  if (command === undefined) throw new Error(`${name} has no health check`);
  const all = { PATH: "/usr/bin:/bin", ...variablesOf(name), ...variables };
  const assignments = Object.entries(all).map(([variable, value]) => `${variable}=${value}`);
  return run(inNetwork(network, [...as(["env", "-i", ...assignments, ...command])]), 60);
}
