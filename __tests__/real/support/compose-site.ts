import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Answer, ask, type Ask } from "./client";
import { commandOf, COMPOSE, composeService, healthCommand, startOrder, variablesOf } from "./compose-file";
import {
  certificateCommand,
  type DatabaseStandIn,
  mailStandIn,
  mysqlStandIn,
  rabbitmqStandIn,
  redisStandIn,
  type StandIn,
} from "./compose-servers";
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
import { s3Binary } from "./servers/s3";
import type { Site } from "./site";

/*
 * The services of compose.yaml, started in its order and waited for as it says, each by its own command, variables, user,
 * volumes and health check. In place of images are programs of this machine, and all containers have one address: so the
 * S3 server gets another port than PHP-FPM, and one of two Node services another than the other one.
 */

const USER = 1000;
const S3_PORTS = { given: ":9000", here: ":9090" };

/** A variable's value as it is where a port is another one. */
function movedValue(name: string, variable: string, value: string): string {
  if (value === S3_PORTS.given || value === `http://minio${S3_PORTS.given}`) {
    return value.replace(S3_PORTS.given, S3_PORTS.here);
  }
  return name === "notifications" && variable === "PORT" ? String(NOTIFICATIONS_PORT.here) : value;
}

/** A word of a health check there. */
function movedWord(name: string, word: string): string {
  if (name === "minio") return word.replace(S3_PORTS.given, S3_PORTS.here);
  const { given, here } = NOTIFICATIONS_PORT;
  return name === "notifications" ? word.replace(`:${given}/`, `:${here}/`) : word;
}

export interface ComposeSite {
  /** Names in the order in which they were healthy, or had ended. */
  readonly started: readonly string[];
  readonly container: (name: string) => Container;
  readonly standIn: (name: string) => StandIn;
  readonly sql: DatabaseStandIn["sql"];
  /** `docker compose run --rm`: to its end. */
  readonly run: (name: string) => Promise<Result>;
  /** To nginx, as a browser asks for a host. */
  readonly http: (host: string, path: string, options?: Ask) => Promise<Answer>;
  /** By curl, over TLS, verified with the certificate that was made. */
  readonly https: (url: string) => Promise<Result>;
  /** An object's content, or `undefined`. */
  readonly object: (bucket: string, key: string) => string | undefined;
}

const s3Image = (): Image => ({
  ...{ command: [], stopSignal: "SIGTERM", userland: "alpine" },
  files: { "/usr/local/bin/versitygw": s3Binary() },
  links: { "/bin/mkdir": "/usr/bin/busybox", "/bin/wget": "/usr/bin/busybox" },
});

function imageOf(name: string): Image {
  const { build } = composeService(name);
  if (name === "minio") return s3Image();
  if (name === "nginx")
    return { ...composeNginxImage, links: { ...composeNginxImage.links, "/bin/wget": "/usr/bin/busybox" } };
  if (build?.context === "./docker/samples/backend") return sampleBackend;
  if (build?.context === "./docker/samples/frontend") return sampleFrontend;
  if (build?.context === "./docker/samples/notifications") return sampleNotifications;
  throw new Error(`nothing here is the image of ${name}`);
}

/** By root of Docker alone. */
const LEFT_OUT = ["permissions"];

export async function startCompose(site: Site): Promise<ComposeSite> {
  const { folder, network } = site;
  const at = (name: string): string => join(folder, name);
  await run(inNetwork(network, ["sysctl", "--quiet", "--write", "net.ipv4.ip_unprivileged_port_start=0"]));
  const aliases = Object.values(COMPOSE.services).flatMap(({ networks = [] }) =>
    Array.isArray(networks)
      ? []
      : Object.values(networks).flatMap(({ aliases: names }: { aliases: readonly string[] }) => names),
  );
  writeFileSync(
    at("compose-hosts"),
    `127.0.0.1 localhost ${[...Object.keys(COMPOSE.services), ...aliases].join(" ")}\n`,
  );

  const options = (name: string) => {
    const service = composeService(name);
    const image = imageOf(name);
    const env = Object.entries(variablesOf(name)).map(([variable, value]) => [
      variable,
      movedValue(name, variable, value),
    ]);
    const [user = USER, group = USER] = service.user?.split(":").map(Number) ?? [];
    return {
      image,
      ...(service.entrypoint !== undefined && { command: commandOf(name) }),
      // Containers share a network here: two would tell what they measure at one port.
      env: {
        ...(Object.fromEntries(env) as Readonly<Record<string, string>>),
        ...(name === "notifications" && { METRICS_PORT: String(METRICS_PORTS.notifications) }),
      },
      mounts: [{ path: "/etc/hosts", source: at("compose-hosts"), readOnly: true }, ...mountsOf(name)],
      user,
      group,
      readOnlyRoot: service.read_only === true,
      network,
    };
  };
  const mountsOf = (name: string): Mount[] => {
    const { tmpfs = [], volumes = [] } = composeService(name);
    const memory = tmpfs.filter((path) => path !== "/run").map((path) => ({ path, memory: 64 * 2 ** 20 }));
    if (name === "nginx") {
      return [
        { path: "/etc/nginx", source: at("nginx"), readOnly: true },
        { path: "/var/lib/nginx", memory: 2 ** 26 },
        ...memory,
      ];
    }
    const data = volumes
      .flatMap((volume) => (typeof volume === "string" ? [volume.split(":")] : []))
      // Code and packages are in the image here.
      .filter(([source = "", path = ""]) => !source.startsWith(".") && !/^\/app\/(vendor|node_modules)$/.test(path))
      .map(([source = "", path = ""]) => ({ path, source: at(`volume-${source}`), readOnly: false }));
    for (const { source } of data) {
      mkdirSync(source, { recursive: true });
      chownSync(source, USER, USER);
    }
    return [...memory, ...data];
  };

  const containers = new Map<string, Container>();
  const standIns = new Map<string, StandIn>();
  let database: DatabaseStandIn | undefined;
  const servers: Readonly<Record<string, () => Promise<StandIn>>> = {
    mysql: async () => (database = await mysqlStandIn(site)),
    redis: () => redisStandIn(site),
    rabbitmq: () => rabbitmqStandIn(site),
    mailcatcher: () => mailStandIn(site),
  };
  const start = async (name: string): Promise<void> => {
    const server = servers[name];
    if (server !== undefined) {
      standIns.set(name, site.add(await server()));
    } else if (name === "certificate") {
      const copy = at("docker-nginx");
      cpSync(resolve(__dirname, "../../../docker/nginx"), copy, {
        recursive: true,
        filter: (path) => !/tls\.\w+$/.test(path),
      });
      const { code, output } = await run(certificateCommand(copy));
      if (code !== 0) throw new Error(output);
      makeNginxFolder(at("nginx"), join(copy, "ssl"));
    } else if (composeService(name).restart === undefined) {
      const { code, output } = await runContainer(options(name));
      if (code !== 0) throw new Error(`${name} ended with ${code}: ${output}`);
    } else {
      const container = site.add(await startContainer({ ...options(name), log: at(`${name}.log`) }));
      containers.set(name, container);
      const command = healthCommand(name)?.map((word) => movedWord(name, word));
      standIns.set(name, { ...container, ...(command !== undefined && { check: () => container.exec(command) }) });
    }
  };

  const started: string[] = [];
  for (const name of startOrder().filter((each) => !LEFT_OUT.includes(each))) {
    await start(name);
    const standIn = standIns.get(name);
    if (standIn?.check !== undefined) {
      const { check } = standIn;
      await waitUntil(`${name} is healthy`, async () => (await check()).code === 0, {
        seconds: 60,
        details: standIn.log,
      });
    }
    started.push(name);
  }

  const socket = at("80.sock");
  const relay = [process.execPath, join(__dirname, "relay.mjs"), socket, "80"];
  site.add(startProgram(inNetwork(network, relay), { log: at("relay.log") }));
  await waitUntil("the relay listens", () => existsSync(socket));
  const known = <T>(name: string, found: T | undefined): T => {
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  return {
    started,
    container: (name) => known(name, containers.get(name)),
    standIn: (name) => known(name, standIns.get(name)),
    sql: (text) => known("database", database).sql(text),
    run: (name) => runContainer(options(name)),
    http: (host, path, { headers, ...more } = {}) => ask(socket, path, { ...more, headers: { ...headers, host } }),
    https: (url) =>
      run(inNetwork(network, ["curl", "--silent", "--show-error", "--cacert", at("nginx/ssl/tls.crt"), url])),
    object: (bucket, key) => {
      const path = join(at("volume-minio-data"), bucket, key);
      return existsSync(path) ? readFileSync(path, "utf8") : undefined;
    },
  };
}
