import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { rabbitmqForm, redisForm } from "../support/in-cluster";
import { facts, find } from "../support/resolved";
import { run } from "./support/container";
import { inNetwork } from "./support/network";
import { asServerUser, startServer } from "./support/server";
import { BROKER_PATH, type Rabbitmq, startOpenRabbitmq } from "./support/servers/rabbitmq";
import { useSite } from "./support/site";

/* Parameters of an environment, as they are rendered for the cluster, by a Redis and a RabbitMQ that read them. */

const CACHE = { timeout: "300", "notify-keyspace-events": "Ex" };
const BROKER = { consumer_timeout: "3600000", heartbeat: "30" };

/** Lines of a rendered file that are an environment's own. */
const own = (text: string, names: readonly string[]): string[] =>
  text.split("\n").filter((line) => names.includes(line.split(" ")[0] ?? ""));

const cacheLines = own(
  find(redisForm({ sizing: { parameters: CACHE } }).objects(facts), "ConfigMap", "my-app-cache").data["valkey.conf"] ??
    "",
  Object.keys(CACHE),
);
const brokerLines = own(
  find(rabbitmqForm({ sizing: { parameters: BROKER } }).objects(facts), "RabbitmqCluster", "my-app-events").spec
    .rabbitmq.additionalConfig,
  Object.keys(BROKER),
);

let broker: Rabbitmq;
const site = useSite(async ({ folder, network, add }) => {
  const login = { username: "app", password: "secret" };
  broker = add(await startOpenRabbitmq(join(folder, "rabbitmq"), { network, login, lines: brokerLines }));
  mkdirSync(join(folder, "redis"));
  const server = await startServer({
    network,
    command: [
      "redis-server",
      ...cacheLines.flatMap((line) => [`--${line.split(" ")[0]}`, ...line.split(" ").slice(1)]),
    ],
    log: join(folder, "redis", "log"),
    ready: "Ready to accept connections",
  });
  add({ stop: () => server.stop("SIGKILL") });
});

test("Redis has them", async () => {
  const { output } = await run(inNetwork(site().network, ["redis-cli", "config", "get", "timeout"]));
  expect(output.trim().split("\n")).toEqual(["timeout", "300"]);
  const events = await run(inNetwork(site().network, ["redis-cli", "config", "get", "notify-keyspace-events"]));
  expect(events.output).toMatch(/\n(Ex|xE)\n/);
});

test("RabbitMQ has them", async () => {
  const variables = Object.entries({ ...broker.cli, PATH: `${BROKER_PATH}:/usr/bin:/bin` });
  const ask = (what: string) =>
    run(
      inNetwork(
        site().network,
        asServerUser([
          ...["env", "-i", ...variables.map(([name, value]) => `${name}=${value}`)],
          ...["rabbitmqctl", "eval", `application:get_env(rabbit, ${what}).`],
        ]),
      ),
    );
  expect((await ask("consumer_timeout")).output).toContain("{ok,3600000}");
  expect((await ask("heartbeat")).output).toContain("{ok,30}");
});
