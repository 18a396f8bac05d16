// Messages of a queue, a few at a time, each until it is handled. What fails comes again; what fails too often is put aside.

/** Messages that this process has in hand at most. */
const IN_HAND = 10;
/** A message that fails so often goes to the queue `<queue>.failed`. */
const DELIVERIES = 5;
/** Until what failed is given back: what is away needs a moment to come back. */
const AFTER_FAILURE_MILLISECONDS = 1000;

/** A message that no attempt will make good: it is put aside at once. */
export class Unusable extends Error {}

export class Consumer {
  #connection;
  #channel;
  #tag;
  #parts;
  #inHand = new Set();
  #stopping = false;

  /** Rejects when the connection ends and nobody has asked it to. */
  lost;

  /**
   * @param {import("amqplib").ChannelModel} connection
   * @param {object} parts
   * @param {string} parts.queue
   * @param {(message: unknown, context: { headers: Record<string, unknown> }) => Promise<void>} parts.handle
   * @param {import("./metrics.mjs").Metrics} parts.metrics
   * @param {typeof import("./log.mjs").log} parts.log
   */
  constructor(connection, parts) {
    this.#connection = connection;
    this.#parts = parts;
    this.lost = new Promise((_, reject) => {
      connection.on("error", reject);
      connection.on("close", () => {
        if (!this.#stopping) reject(new Error("the connection was closed"));
      });
    });
  }

  /** Returns once messages come. */
  async start() {
    const { queue, log } = this.#parts;
    this.#channel = await this.#connection.createChannel();
    // A queue that outlives brokers and programs, and the one beside it for what failed too often.
    const quorum = { "x-queue-type": "quorum" };
    await this.#channel.assertQueue(`${queue}.failed`, { durable: true, arguments: quorum });
    const failed = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": `${queue}.failed` };
    const limited = { ...quorum, "x-delivery-limit": DELIVERIES, ...failed };
    await this.#channel.assertQueue(queue, { durable: true, arguments: limited });
    await this.#channel.prefetch(IN_HAND);
    const { consumerTag } = await this.#channel.consume(queue, (message) => this.#take(message));
    this.#tag = consumerTag;
    log.info(`consuming ${queue}`);
  }

  /** No new messages; those in hand to their end; and only then goodbye. */
  async stop() {
    this.#stopping = true;
    if (this.#tag !== undefined) await this.#channel.cancel(this.#tag);
    while (this.#inHand.size > 0) await Promise.all(this.#inHand);
    await this.#connection.close();
  }

  #take(message) {
    // The broker says so when the queue was deleted.
    if (message === null) {
      this.#connection.emit("error", new Error("the queue is gone"));
      return;
    }
    const done = this.#handle(message).finally(() => this.#inHand.delete(done));
    this.#inHand.add(done);
  }

  async #handle(message) {
    const { handle, metrics, log } = this.#parts;
    const start = performance.now();
    const { headers = {} } = message.properties;
    let result = "done";
    try {
      await handle(contentOf(message), { headers });
    } catch (error) {
      result = error instanceof Unusable ? "unusable" : "failed";
      log.error(`a message is ${result}`, error, { traceparent: headers.traceparent });
      if (result === "failed") await new Promise((resolve) => setTimeout(resolve, AFTER_FAILURE_MILLISECONDS));
    }
    metrics.message(result, (performance.now() - start) / 1000);
    try {
      if (result === "done") this.#channel.ack(message);
      else this.#channel.nack(message, false, result === "failed");
    } catch (error) {
      // Its channel is gone, and the broker gives the message to somebody else: those beside it are to end all the same.
      log.error("a message could not be acknowledged, and comes again", error);
    }
  }
}

function contentOf(message) {
  try {
    return JSON.parse(message.content.toString());
  } catch {
    throw new Unusable("not JSON");
  }
}
