import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, ask, type Ask } from "./client";
import { variablesOf } from "./compose-file";
import { type Container, type Image, type Mount, type Result, run, runContainer, startContainer } from "./container";
import { inNetwork } from "./network";
import { startProgram, waitUntil } from "./program";
import {
  composeNginxImage,
  makeNginxFolder,
  METRICS_PORTS,
  NOTIFICATIONS_PORT,
  sampleBackend,
  sampleFrontend,
  sampleNotifications,
} from "./sample-images";
import type { Login, Server } from "./server";
import { type Mariadb, startMariadb } from "./servers/mariadb";
import { type Rabbitmq, startRabbitmq } from "./servers/rabbitmq";
import { startRedis } from "./servers/redis";
import { type S3Server, startS3 } from "./servers/s3";
import { startSmtp } from "./servers/smtp";
import { HOST, type Site } from "./site";

/*
 * The sample services as Compose runs them, against servers that speak TLS only, by the names that containers have in
 * Compose's network.
 */

const USER = 1000;
const DATABASE = "app_db";
const BUCKET = "uploads";
/** Of containers, and of the addresses that they have in a cluster. */
const NAMES = ["backend", "frontend", "notifications", "my-app-backend", "my-app-notifications"];
/** With everything in it that means something in a URL. */
const APP: Login = { username: "app", password: "a@:/%#?&=+ 41%41" };

export interface Samples {
  readonly mariadb: Mariadb;
  readonly redis: Server;
  readonly rabbitmq: Rabbitmq;
  readonly s3: S3Server;
  readonly smtp: Omit<Server, "admin">;
  readonly backend: Container;
  readonly frontend: Container;
  readonly notifications: Container;
  readonly nginx: Container;
  /** To nginx, as a browser asks for a host. */
  readonly http: (host: string, path: string, options?: Ask) => Promise<Answer>;
  /** To a port of a container itself, past nginx. */
  /** What a sample measures, as Prometheus asks it. */
  readonly metrics: (service: keyof typeof METRICS_PORTS) => Promise<Answer>;
  readonly direct: (port: number, path: string, options?: Ask) => Promise<Answer>;
  /** By curl, over TLS, verified with the certificate that was made for this machine. */
  readonly https: (url: string) => Promise<Result>;
  /** A container of the backend's image that runs to its end. */
  readonly console: (...args: readonly string[]) => Promise<Result>;
  /** The suite that is tried against every service, with PHPUnit of this machine. */
  readonly integration: () => Promise<Result>;
  /** One that goes on. */
  readonly startConsole: (...args: readonly string[]) => Promise<Container>;
  /** The same Redis again, which knows nothing of before. */
  readonly restartRedis: () => Promise<void>;
  /** The mail relay again. Returns what it gets from now on. */
  readonly restartSmtp: () => Promise<() => string>;
  readonly sql: (sql: string) => Promise<string>;
  readonly bucket: string;
}

export async function startSamples(site: Site): Promise<Samples> {
  const { folder, network, certificates } = site;
  const at = (name: string): string => join(folder, name);
  const [mariadb, redis, rabbitmq, s3, smtp] = await Promise.all([
    startMariadb(at("mariadb"), { network, certificates, databases: [DATABASE] }).then(site.add),
    startRedis(at("redis"), site).then(site.add),
    startRabbitmq(at("rabbitmq"), site).then(site.add),
    startS3(at("s3"), { network, certificates, buckets: [BUCKET] }).then(site.add),
    startSmtp(at("smtp"), site).then(site.add),
  ]);
  const sql = async (text: string): Promise<string> => {
    const { code, output } = await mariadb.query(mariadb.admin, text);
    if (code !== 0) throw new Error(output);
    return output.trim();
  };
  await sql(
    `CREATE USER '${APP.username}'@'%' IDENTIFIED BY '${APP.password}'; GRANT ALL ON ${DATABASE}.* TO '${APP.username}'@'%'`,
  );
  // The web server's ports are below 1024, and no container here is root.
  await run(inNetwork(network, ["sysctl", "--quiet", "--write", "net.ipv4.ip_unprivileged_port_start=0"]));

  writeFileSync(at("ca.pem"), certificates.bundle);
  writeFileSync(at("sample-hosts"), `127.0.0.1 localhost ${HOST} ${NAMES.join(" ")}\n`);
  makeNginxFolder(at("nginx"));
  chownSync(at("nginx/ssl/tls.key"), USER, USER);
  const uploads = at("uploads");
  mkdirSync(uploads);
  chmodSync(uploads, 0o777);

  const shared = {
    ...{ REDIS_URL: `rediss://${login(redis.admin)}@${HOST}:${redis.port}`, REDIS_SSL_CA: "/tls/ca.pem" },
    ...{ SMTP_HOST: HOST, SMTP_PORT: String(smtp.port) },
  };
  const variables = {
    ...shared,
    ...{ DATABASE_URL: `mysql://${login(APP)}@${HOST}:${mariadb.port}/${DATABASE}`, DATABASE_SSL_CA: "/tls/ca.pem" },
    ...{
      RABBITMQ_URL: `amqps://${login(rabbitmq.admin)}@${HOST}:${rabbitmq.port}/%2F`,
      RABBITMQ_SSL_CA: "/tls/ca.pem",
    },
    ...{ S3_ENDPOINT: `https://${HOST}:${s3.port}`, S3_BUCKET: BUCKET, S3_REGION: s3.region, S3_SSL_CA: "/tls/ca.pem" },
    ...{ S3_ACCESS_KEY_ID: s3.admin.username, S3_SECRET_ACCESS_KEY: s3.admin.password },
  };
  const mounts: readonly Mount[] = [
    { path: "/etc/hosts", source: at("sample-hosts"), readOnly: true },
    { path: "/tls/ca.pem", source: at("ca.pem"), readOnly: true },
    { path: "/tmp", memory: 64 * 2 ** 20 },
  ];
  const options = (image: Image, env: Readonly<Record<string, string>>, more: readonly Mount[] = []) => ({
    image,
    env,
    mounts: [...mounts, ...more],
    user: USER,
    group: USER,
    readOnlyRoot: true,
    network,
  });
  let started = 0;
  const start = async (...args: Parameters<typeof options>): Promise<Container> =>
    site.add(await startContainer({ ...options(...args), log: at(`container-${started++}.log`) }));

  const here = {
    ...{ ...shared, PORT: String(NOTIFICATIONS_PORT.here) },
    METRICS_PORT: String(METRICS_PORTS.notifications),
  };
  const notifications = await start(sampleNotifications, overTls("notifications", here));
  const backend = await start(sampleBackend, overTls("backend", variables));
  const frontend = await start(sampleFrontend, variablesOf("frontend"));
  const nginx = await start(composeNginxImage, {}, [
    { path: "/etc/nginx", source: at("nginx"), readOnly: true },
    { path: "/var/lib/nginx", memory: 64 * 2 ** 20 },
  ]);

  const sockets = new Map<number, string>();
  const direct: Samples["direct"] = (port, path, options) => {
    const socket = sockets.get(port);
    if (socket === undefined) throw new Error(`no relay to port ${port}`);
    return ask(socket, path, options);
  };
  for (const port of [80, 3000, NOTIFICATIONS_PORT.here, ...Object.values(METRICS_PORTS)]) {
    const socket = at(`${port}.sock`);
    const relay = [process.execPath, join(__dirname, "relay.mjs"), socket, String(port)];
    site.add(startProgram(inNetwork(network, relay), { log: at(`relay-${port}.log`) }));
    sockets.set(port, socket);
  }
  const http: Samples["http"] = (host, path, { headers, ...options } = {}) =>
    direct(80, path, { ...options, headers: { ...headers, host } });

  const asConsole = (args: readonly string[]): Image => ({
    ...sampleBackend,
    command: ["php", "bin/console", ...args],
  });
  await waitUntil(
    "nginx and what is behind it answer",
    async () => {
      const paths = [
        http("api.localhost", "/"),
        http("www.localhost", "/healthz"),
        http("my-app-notifications", "/healthz"),
      ];
      return (await Promise.all(paths.map((answer) => answer.catch(() => undefined)))).every(
        (answer) => answer?.status === 200,
      );
    },
    { details: () => [backend, frontend, notifications, nginx].map((container) => container.log()).join("\n") },
  );
  return {
    ...{ mariadb, redis, rabbitmq, s3, smtp, backend, frontend, notifications, nginx },
    ...{ http, direct, sql, bucket: BUCKET },
    metrics: (service) => direct(METRICS_PORTS[service], "/metrics", { headers: { host: `my-app-${service}` } }),
    https: (url) => {
      const curl = ["curl", "--silent", "--show-error", "--cacert", at("nginx/ssl/tls.crt"), url];
      return run(inNetwork(network, curl));
    },
    console: (...args) => runContainer(options(asConsole(args), variables)),
    integration: () =>
      runContainer(options({ ...sampleBackend, command: ["phpunit", "--testsuite", "integration"] }, variables)),
    startConsole: (...args) => start(asConsole(args), variables),
    restartRedis: async () => {
      site.add(await startRedis(at("redis-again"), site));
    },
    restartSmtp: async () => site.add(await startSmtp(at("smtp-again"), site)).log,
  };
}

/**
 * What compose.yaml gives a service, with other values: those of servers that speak TLS. Only the bundles, which such
 * servers need, are variables that it does not have.
 */
function overTls(name: string, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const given = variablesOf(name);
  const unknown = Object.keys(values).filter(
    (variable) => !(variable in given) && !variable.endsWith("_SSL_CA") && variable !== "METRICS_PORT",
  );
  if (unknown.length > 0) throw new Error(`${name} has no ${unknown.join(", ")} in compose.yaml`);
  return { ...given, ...values };
}

const login = ({ username, password }: Login): string =>
  [username, password].map((part) => encodeURIComponent(part)).join(":");
