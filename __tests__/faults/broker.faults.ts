import { join } from "node:path";
import { BROKER_ENDPOINTS } from "../../constructs/observability/alerts/measured-services";
import { BROKER_PATHS } from "../../constructs/observability/prometheus/brokers";
import { inNetwork } from "../real/support/network";
import { sleep, startProgram } from "../real/support/program";
import { type Rabbitmq, startRabbitmq } from "../real/support/servers/rabbitmq";
import { useSite } from "../real/support/site";
import { ALERTS, type Faults, rulesOf, startFaults, watched } from "./support/faults";
import { SPEED } from "./support/rows";

/* A RabbitMQ whose nodes are asked at the rendered paths, and what goes wrong with its queues and with itself. */

const BROKER = "events";
const VHOST = "%2F";
const { namespace } = watched.application;

let broker: Rabbitmq;
let faults: Faults;
/** Somebody who takes messages of a queue and never says that they are done. */
let stuck: (queue: string) => void;
useSite(async (site) => {
  const { folder, network, certificates } = site;
  broker = site.add(await startRabbitmq(join(folder, "rabbitmq"), { network, certificates, measured: true }));
  const groups = rulesOf(ALERTS, (expression) => expression.includes(`"${BROKER}"`) && !expression.includes("kube_"));
  stuck = (queue) => {
    const url = `amqps://localhost:${broker.port}`;
    const program = [process.execPath, join(__dirname, "support", "stuck-consumer.mjs"), url, queue];
    const env = {
      PATH: "/usr/bin:/bin",
      AMQP_USER: broker.admin.username,
      AMQP_PASSWORD: broker.admin.password,
      NODE_EXTRA_CA_CERTS: join(folder, "tls", "root.pem"),
    };
    site.add(startProgram(inNetwork(network, program), { env, log: join(folder, "stuck.log") }));
  };
  faults = await startFaults(
    site,
    groups,
    BROKER_PATHS.map((path, index) => ({
      ...{ address: "localhost:15691", path },
      labels: { namespace, service: BROKER, pod: "events-server-0", endpoint: BROKER_ENDPOINTS[index] ?? "" },
      tls: { ca: join(folder, "tls", "root.pem"), serverName: "localhost" },
    })),
  );
  for (const queue of ["left", "stuck", "refused"]) {
    await api("PUT", `queues/${VHOST}/${queue}`, { durable: true, arguments: { "x-queue-type": "quorum" } });
  }
});
// Rates need samples of before.
beforeAll(() => sleep(90 / SPEED));

const api = (method: "POST" | "PUT", path: string, body: object) => broker.api(broker.admin, method, path, body);
const publish = (queue: string) =>
  api("POST", `exchanges/${VHOST}/amq.default/publish`, {
    ...{ properties: {}, routing_key: queue, payload: "one", payload_encoding: "string" },
  });

test("what goes wrong with queues", async () => {
  await Promise.all([
    faults.measure(
      "Nobody takes messages from a queue",
      { alert: "QueueWithoutConsumers", labels: { queue: "left" }, within: 720 },
      () => publish("left"),
    ),
    faults.measure(
      "A worker is stuck, and its queue grows",
      { alert: "QueueNotDraining", labels: { queue: "stuck" }, within: 2880 },
      async () => {
        stuck("stuck");
        for (let count = 0; count < 20; count++) await publish("stuck");
      },
    ),
    faults.measure("Messages are rejected", { alert: "MessagesDeadLettered", within: 240 }, async () => {
      for (let count = 0; count < 5; count++) {
        await publish("refused");
        await api("POST", `queues/${VHOST}/refused/get`, {
          ...{ count: 1, ackmode: "reject_requeue_false", encoding: "auto" },
        });
        await sleep(Math.max(1.1, 30 / SPEED));
      }
    }),
  ]);
});

test("a broker that takes no messages", async () => {
  await faults.measure(
    "A broker has too little memory",
    { alert: "BrokerBlocksPublishers", labels: { alarm: "memory" }, within: 180 },
    () => broker.control("set_vm_memory_high_watermark", "absolute", "1000000"),
  );
});

test("a broker that is gone", async () => {
  await faults.measure(
    "A broker is killed",
    { alert: "DataServiceMetricsMissing", labels: { endpoint: "metrics" }, within: 720 },
    () => broker.stop(),
  );
});
