import { join } from "node:path";
import { RABBITMQ } from "../../constructs/observability/metrics/rabbitmq";
import { BROKER_PATHS } from "../../constructs/observability/prometheus/brokers";
import { valueOf } from "./support/exporter";
import { missing } from "./support/families";
import { waitUntil } from "./support/program";
import { type Rabbitmq, startRabbitmq } from "./support/servers/rabbitmq";
import { useSite } from "./support/site";

/* What RabbitMQ tells Prometheus of itself, at the paths that the rendered monitor asks, over TLS. */

const VHOST = "%2F";

let broker: Rabbitmq;
useSite(async (site) => {
  broker = site.add(await startRabbitmq(join(site.folder, "rabbitmq"), { ...site, measured: true }));
});

const put = (path: string, body: object) => broker.api(broker.admin, "PUT", path, body);
const all = async (): Promise<string> => (await Promise.all(BROKER_PATHS.map(broker.metrics))).join("\n");

/** Value of a family of one queue. */
const ofQueue = (text: string, family: string, queue: string): number =>
  valueOf(
    text
      .split("\n")
      .filter((line) => line.includes(`queue="${queue}"`))
      .join("\n"),
    family,
  );

const publish = () =>
  broker.api(broker.admin, "POST", `exchanges/${VHOST}/amq.default/publish`, {
    ...{ properties: {}, routing_key: "events", payload: "one", payload_encoding: "string" },
  });

test("tells what the catalogue says, by queue too", async () => {
  await put(`queues/${VHOST}/events`, { durable: true, arguments: { "x-queue-type": "quorum" } });
  for (let count = 0; count < 3; count++) await publish();
  await waitUntil(
    "three messages are told",
    async () => ofQueue(await all(), "rabbitmq_detailed_queue_messages_ready", "events") === 3,
    { seconds: 30, details: broker.log },
  );
  const text = await all();
  expect(missing(RABBITMQ, text)).toEqual([]);
  expect(ofQueue(text, "rabbitmq_detailed_queue_consumers", "events")).toBe(0);
});

test("counts messages that are rejected, where no exchange takes them too", async () => {
  const rejected = "rabbitmq_global_messages_dead_lettered_rejected_total";
  expect(valueOf(await all(), rejected)).toBe(0);
  await broker.api(broker.admin, "POST", `queues/${VHOST}/events/get`, {
    ...{ count: 2, ackmode: "reject_requeue_false", encoding: "auto" },
  });
  await waitUntil("two are told", async () => valueOf(await all(), rejected) === 2, {
    seconds: 30,
    details: broker.log,
  });
});

test("says so when it has too little memory to take more messages", async () => {
  const alarm = "rabbitmq_alarms_memory_used_watermark";
  expect(valueOf(await all(), alarm)).toBe(0);
  await broker.control("set_vm_memory_high_watermark", "absolute", "1000000");
  await waitUntil("it is told", async () => valueOf(await all(), alarm) === 1, { seconds: 30, details: broker.log });
});
