import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "../certificates";
import { type Result, run } from "../container";
import { inNetwork, type Network } from "../network";
import { asServerUser, type Login, type Server, SERVER_USER, startServer } from "../server";

const PORT = 5671;
const MANAGEMENT_PORT = 15671;
const METRICS_PORT = 15691;

/** Not the programs in the path, which insist on being root or a certain user. */
export const BROKER_PATH = "/usr/lib/rabbitmq/bin";

const ADMIN = { username: "admin", password: `"@:/%#\\'+&=$\`ä{{%41 rabbitmq-admin` };

export interface Rabbitmq extends Server {
  readonly managementPort: number;
  /** Variables by which its own tools find it. */
  readonly cli: Readonly<Record<string, string>>;
  /** What it tells of itself at a path, over TLS: the plugin is on where `measured` is. */
  readonly metrics: (path: string) => Promise<string>;
  /** Runs `rabbitmqctl`. */
  readonly control: (...command: readonly string[]) => Promise<Result>;
  /** Asks the management API as somebody. The output is the body, and the status in a last line of its own. */
  readonly api: (
    login: Login,
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body?: object,
  ) => Promise<Result>;
}

/** RabbitMQ that speaks TLS only, with its management API, and nobody but its administrator. */
export async function startRabbitmq(
  folder: string,
  {
    network,
    certificates,
    measured = false,
    nodes = 1,
  }: {
    readonly network: Network;
    readonly certificates: Certificates;
    readonly measured?: boolean;
    /** How many it waits for, as the operator tells it. */
    readonly nodes?: number;
  },
): Promise<Rabbitmq> {
  const { certificate, key } = certificates;
  // As the operator writes them into its file.
  const measures = [
    `prometheus.ssl.certfile = ${certificate}`,
    `prometheus.ssl.keyfile = ${key}`,
    `prometheus.ssl.port = ${METRICS_PORT}`,
    "prometheus.ssl.ip = 127.0.0.1",
  ];
  return startBroker(folder, {
    network,
    configuration: configuration(certificates),
    ca: certificates.bundle,
    lines: [`cluster_formation.target_cluster_size_hint = ${nodes}`, ...(measured ? measures : [])],
    ...(measured && { plugins: ["rabbitmq_management", "rabbitmq_prometheus"] }),
  });
}

/** One that speaks no TLS, for somebody. It has no management API, and tells what it measures. */
export const startOpenRabbitmq = (
  folder: string,
  {
    network,
    login: { username, password },
    lines,
  }: { readonly network: Network; readonly login: Login; readonly lines?: readonly string[] },
): Promise<Rabbitmq> =>
  startBroker(folder, {
    network,
    lines,
    configuration: `[{rabbit, [
      {tcp_listeners, [{"127.0.0.1", 5672}]},
      {default_user, <<"${username}">>},
      {default_pass, <<"${password}">>}
    ]}].\n`,
    plugins: ["rabbitmq_prometheus"],
    ca: "",
  });

interface BrokerOptions {
  readonly network: Network;
  readonly configuration: string;
  /** Lines of `rabbitmq.conf`. @default - none */
  readonly lines?: readonly string[];
  /** @default - the management API alone */
  readonly plugins?: readonly string[];
  readonly ca: string;
}

async function startBroker(
  folder: string,
  { network, configuration, lines = [], plugins = ["rabbitmq_management"], ca }: BrokerOptions,
): Promise<Rabbitmq> {
  const path = (name: string): string => join(folder, name);
  mkdirSync(path("home"), { recursive: true });
  chownSync(path("home"), SERVER_USER, SERVER_USER);
  writeFileSync(path("advanced.config"), configuration);
  writeFileSync(path("enabled_plugins"), `[${plugins.join()}].\n`);
  writeFileSync(path("rabbitmq.conf"), lines.map((line) => `${line}\n`).join(""));
  writeFileSync(path("environment"), "");
  writeFileSync(path("ca.pem"), ca);
  const cli = {
    HOME: path("home"),
    RABBITMQ_NODENAME: "rabbit@localhost",
    RABBITMQ_CONF_ENV_FILE: path("environment"),
  };
  const server = await startServer({
    network,
    command: [`${BROKER_PATH}/rabbitmq-server`],
    env: {
      ...cli,
      RABBITMQ_CONFIG_FILE: path("rabbitmq.conf"),
      RABBITMQ_ADVANCED_CONFIG_FILE: path("advanced.config"),
      RABBITMQ_ENABLED_PLUGINS_FILE: path("enabled_plugins"),
      RABBITMQ_MNESIA_BASE: path("home/mnesia"),
      RABBITMQ_LOG_BASE: path("home/log"),
      RABBITMQ_LOGS: "-",
      // Two cores are for the tests too: no thread waits by spinning.
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none",
    },
    log: path("rabbitmq.log"),
    ready: "Server startup complete",
  });
  return {
    port: PORT,
    managementPort: MANAGEMENT_PORT,
    cli,
    admin: ADMIN,
    log: server.log,
    stop: () => server.stop("SIGKILL"),
    control: (...command) =>
      run(
        inNetwork(network, [
          ...["env", ...Object.entries(cli).map(([name, value]) => `${name}=${value}`)],
          ...asServerUser([`${BROKER_PATH}/rabbitmqctl`, ...command]),
        ]),
        60,
      ),
    metrics: async (resource) => {
      const url = `https://localhost:${METRICS_PORT}${resource}`;
      return (await run(inNetwork(network, ["curl", "--silent", "--globoff", "--cacert", path("ca.pem"), url]))).output;
    },
    api: ({ username, password }, method, resource, body) => {
      const curl = ["curl", "--silent", "--show-error", "--globoff", "--cacert", path("ca.pem")];
      const login = ["--user", `${username}:${password}`, "--write-out", "\\n%{http_code}"];
      const json =
        body === undefined ? [] : ["--header", "content-type: application/json", "--data", JSON.stringify(body)];
      const url = `https://localhost:${MANAGEMENT_PORT}/api/${resource}`;
      return run(inNetwork(network, [...curl, ...login, "--request", method, ...json, url]));
    },
  };
}

/** As Erlang reads it. Of the password it gets the bytes, so that nothing in it means anything. */
function configuration({ certificate, key }: Certificates): string {
  const tls = `[{certfile, "${certificate}"}, {keyfile, "${key}"}, {verify, verify_none}]`;
  return `[
    {rabbit, [
      {tcp_listeners, []},
      {ssl_listeners, [{"127.0.0.1", ${PORT}}]},
      {ssl_options, ${tls}},
      {default_user, <<"${ADMIN.username}">>},
      {default_pass, <<${[...Buffer.from(ADMIN.password)].join(",")}>>}
    ]},
    {rabbitmq_management, [{listener, [{ip, "127.0.0.1"}, {port, ${MANAGEMENT_PORT}}, {ssl, true}, {ssl_opts, ${tls}}]}]}
  ].\n`;
}
