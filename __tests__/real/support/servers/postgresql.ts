import { chownSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "../certificates";
import { type Result, run } from "../container";
import { inNetwork, type Network } from "../network";
import { asServerUser, type Login, type Server, SERVER_USER, startServer } from "../server";

/** Servers of the versions that can be asked for, where `.ci/install-postgresql` puts them. */
const INSTALLED = join(__dirname, "..", "..", "..", "..", ".cache", "postgresql");

const PORT = 5432;

const ADMIN = { username: "dbadmin", password: `"@:/%#\\'+&=$\`ä{{%41 postgresql-admin` };

/** The superuser, which no cloud gives to anybody. */
const SUPERUSER = { username: "superuser", password: "superuser41" };

export interface Postgresql extends Server {
  /** Who may do everything. */
  readonly superuser: Login;
  /** Runs SQL as somebody, over TLS that is verified unless `more` says otherwise. @param database - the first one */
  readonly query: (
    login: Login,
    sql: string,
    database?: string,
    more?: Readonly<Record<string, string>>,
  ) => Promise<Result>;
  /** Runs a file as somebody, in the words of psql. */
  readonly script: (login: Login, file: string, database: string) => Promise<Result>;
}

interface Asked {
  readonly command?: string;
  readonly file?: string;
}

export interface PostgresqlOptions {
  readonly network: Network;
  /** 15 is Debian's, which has the programs beside the server that copy it. */
  readonly version: "15" | "17" | "18";
  /** @default - without TLS */
  readonly certificates?: Certificates;
  readonly databases: readonly [string, ...string[]];
  /** Parameters by name. @default - PostgreSQL's own */
  readonly settings?: Readonly<Record<string, string>>;
  /** What its file of parameters and its file of access say, as they were rendered for another folder. @default - the tests' own */
  readonly rendered?: { readonly config: string; readonly access: string };
}

const filesOf = (certificates: Certificates | undefined) =>
  certificates === undefined ? {} : { ssl_cert_file: certificates.certificate, ssl_key_file: certificates.key };

/**
 * PostgreSQL that accepts TLS only, or none, with these databases and their administrator: as on a cloud no superuser, but one who
 * owns the databases and may make roles.
 */
export async function startPostgresql(
  folder: string,
  { network, version, certificates, databases, settings = {}, rendered }: PostgresqlOptions,
): Promise<Postgresql> {
  const path = (name: string): string => join(folder, name);
  const [first] = databases;
  mkdirSync(path("tmp"), { recursive: true });
  for (const name of [".", "tmp"]) chownSync(path(name), SERVER_USER, SERVER_USER);
  writeFileSync(path("password"), SUPERUSER.password);
  chownSync(path("password"), SERVER_USER, SERVER_USER);
  // Where it is installed another user than this one need not come.
  if (version !== "15" && !existsSync(INSTALLED)) {
    throw new Error(`${INSTALLED}: not there; bash .ci/install-postgresql installs servers of PostgreSQL`);
  }
  if (version !== "15") cpSync(join(INSTALLED, version), path("programs"), { recursive: true, verbatimSymlinks: true });
  const bin = version === "15" ? "/usr/lib/postgresql/15/bin" : path("programs/bin");
  const program = (name: string): string => join(bin, name);
  // It asks what its user is called, which is no user of this machine.
  writeFileSync(path("passwd"), `postgres:x:${SERVER_USER}:${SERVER_USER}::/:/bin/sh\n`);
  const made = await run(
    [
      ...["bwrap", "--dev-bind", "/", "/", "--ro-bind", path("passwd"), "/etc/passwd", "--"],
      ...asServerUser([
        ...["env", "LANG=C.UTF-8", program("initdb"), `--pgdata=${path("data")}`, `--username=${SUPERUSER.username}`],
        ...[`--pwfile=${path("password")}`, "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"],
      ]),
    ],
    60,
  );
  if (made.code !== 0) throw new Error(`no database: ${made.output}`);
  const entry = certificates === undefined ? "hostnossl" : "hostssl";
  writeFileSync(path("data/pg_hba.conf"), `${entry} all all all scram-sha-256\n`);
  if (certificates !== undefined) writeFileSync(path("ca.pem"), certificates.bundle);
  if (rendered !== undefined) {
    writeFileSync(path("access.conf"), rendered.access);
    const moved = Object.entries({ hba_file: path("access.conf"), ...filesOf(certificates) });
    const config = moved.reduce(
      (text, [name, file]) => text.replace(new RegExp(`^${name} = '.*'$`, "m"), `${name} = '${file}'`),
      rendered.config,
    );
    writeFileSync(path("server.conf"), config);
  }
  const all = {
    ...(rendered === undefined
      ? {
          listen_addresses: "127.0.0.1",
          port: String(PORT),
          shared_buffers: "16MB",
          log_statement: "all",
          ...(certificates !== undefined && { ssl: "on", ...filesOf(certificates) }),
        }
      : { config_file: path("server.conf") }),
    unix_socket_directories: "",
    fsync: "off",
    ...settings,
  };
  const server = await startServer({
    network,
    command: [
      ...[program("postgres"), "-D", path("data")],
      ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    env: { TMPDIR: path("tmp") },
    log: path("postgresql.log"),
    ready: "database system is ready to accept connections",
  });
  const ask = (
    { username, password }: Login,
    asked: Asked,
    database: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Result> => {
    const tls =
      certificates === undefined
        ? { PGSSLMODE: "disable" }
        : { PGSSLMODE: "verify-full", PGSSLROOTCERT: path("ca.pem") };
    const env = {
      PGHOST: "localhost",
      PGPORT: String(PORT),
      PGUSER: username,
      PGPASSWORD: password,
      PGOPTIONS: "-c client_min_messages=warning",
      ...tls,
      ...more,
    };
    const client = ["psql", "--no-psqlrc", "--no-align", "--tuples-only", "--quiet", "--set", "ON_ERROR_STOP=1"];
    return run(
      inNetwork(network, [
        ...["env", ...Object.entries(env).map(([name, value]) => `${name}=${value}`)],
        ...[...client, `--dbname=${database}`, ...Object.entries(asked).map(([name, value]) => `--${name}=${value}`)],
      ]),
    );
  };
  const query: Postgresql["query"] = (login, command, database = first, more) =>
    ask(login, { command }, database, more);
  const script: Postgresql["script"] = (login, file, database) => ask(login, { file }, database);
  const quoted = ADMIN.password.replaceAll("'", "''");
  const statements = [
    `CREATE ROLE ${ADMIN.username} LOGIN CREATEROLE CREATEDB PASSWORD '${quoted}'`,
    ...databases.map((name) => `CREATE DATABASE "${name}" OWNER ${ADMIN.username}`),
  ];
  for (const statement of statements) {
    const { code, output } = await query(SUPERUSER, statement, "postgres");
    if (code !== 0) throw new Error(`${statement}: ${output}`);
  }
  return {
    port: PORT,
    admin: ADMIN,
    superuser: SUPERUSER,
    log: server.log,
    stop: () => server.stop("SIGKILL"),
    query,
    script,
  };
}
