import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { Consumer, Unusable } from "../src/consumer.mjs";
import { Metrics } from "../src/metrics.mjs";

/* A broker in memory: that of a queue is in the suites that have one. */

class Broker extends EventEmitter {
  said = [];
  away = false;

  async createChannel() {
    return {
      assertQueue: async (queue, { arguments: more }) => this.said.push(["queue", queue, more["x-delivery-limit"]]),
      prefetch: async () => {},
      consume: async (_, take) => {
        this.take = take;
        return { consumerTag: "tag" };
      },
      cancel: async (tag) => this.said.push(["cancel", tag]),
      ack: ({ id }) => this.#settle(["ack", id]),
      nack: ({ id }, _, again) => this.#settle(["nack", id, again]),
    };
  }

  /** As amqplib does on a channel that is closed. */
  #settle(said) {
    if (this.away) throw new Error("Channel closed");
    this.said.push(said);
  }

  async close() {
    this.said.push(["close"]);
    this.emit("close");
  }

  send(id, content) {
    this.take({ id, content: Buffer.from(content), properties: { headers: {} } });
  }
}

const started = async (handle) => {
  const broker = new Broker();
  const metrics = new Metrics();
  const log = { info: () => {}, warning: () => {}, error: () => {} };
  const consumer = new Consumer(broker, { queue: "work", handle, metrics, log });
  consumer.lost.catch(() => {});
  await consumer.start();
  const declared = broker.said.splice(0);
  return { broker, consumer, metrics, declared };
};

test("its queue puts aside what fails too often", async () => {
  const { declared } = await started(async () => {});
  assert.deepEqual(declared, [
    ["queue", "work.failed", undefined],
    ["queue", "work", 5],
  ]);
});

test("told to stop it takes no more, and ends what it has in hand before the connection", async () => {
  let go;
  const { broker, consumer, metrics } = await started(() => new Promise((resolve) => (go = resolve)));
  broker.send(1, "{}");
  const stopped = consumer.stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(broker.said, [["cancel", "tag"]]);
  go();
  await stopped;
  assert.deepEqual(broker.said, [["cancel", "tag"], ["ack", 1], ["close"]]);
  assert.match(await metrics.text(), /^my_app_messages_total\{result="done"\} 1$/m);
});

test("what failed is given back, and what is unusable is not", async () => {
  const { broker, consumer, metrics } = await started(async ({ is }) => {
    throw is === "bad" ? new Unusable("bad") : new Error("away");
  });
  broker.send(1, '{"is": "fine"}');
  broker.send(2, '{"is": "bad"}');
  broker.send(3, "no JSON");
  await consumer.stop();
  assert.deepEqual(broker.said.filter(([what]) => what === "nack").sort(), [
    ["nack", 1, true],
    ["nack", 2, false],
    ["nack", 3, false],
  ]);
  assert.match(await metrics.text(), /^my_app_messages_total\{result="unusable"\} 2$/m);
});

test("where the broker goes while messages are in hand, all are handled to their end and none throws past it", async () => {
  let go;
  const { broker, consumer, metrics } = await started(({ is }) => {
    if (is === "bad") throw new Unusable("bad");
    return new Promise((resolve) => (go = resolve));
  });
  broker.send(1, '{"is": "slow"}');
  broker.away = true;
  broker.send(2, '{"is": "bad"}');
  const stopped = consumer.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  go();
  await stopped;
  assert.deepEqual(broker.said, [["cancel", "tag"], ["close"]]);
  assert.match(await metrics.text(), /^my_app_messages_total\{result="done"\} 1$/m);
});

test("a connection that ends by itself, or a queue that is gone, is told", async () => {
  for (const end of [(broker) => broker.emit("close"), (broker) => broker.take(null)]) {
    const { broker, consumer } = await started(async () => {});
    end(broker);
    await assert.rejects(consumer.lost);
  }
});
