// What was mailed, in Redis: all processes of this service know it, and those that come after them.
import { readFileSync } from "node:fs";
import { Redis } from "ioredis";

const MILLISECONDS = 2000;
/** Longer than a mail takes: a process that ends in between leaves the rest to the next who asks. */
const SENDING_SECONDS = 30;
const SENT_SECONDS = 30 * 24 * 3600;
/** Other workloads have keys there, too. */
const PREFIX = "notifications:";

export class Record {
  #redis;

  /**
   * @param {string} url `redis://…` or `rediss://…`
   * @param {string | undefined} ca path of the PEM file to verify the server with; without one Node's bundle knows it
   * @param {typeof import("./log.mjs").log} log
   */
  constructor(url, ca, log) {
    this.#redis = new Redis(url, {
      // For `rediss:` only: with this option ioredis speaks TLS whatever the URL says.
      ...(url.startsWith("rediss:") && ca && { tls: { ca: readFileSync(ca) } }),
      keyPrefix: PREFIX,
      connectTimeout: MILLISECONDS,
      commandTimeout: MILLISECONDS,
      // Goes on trying to connect; what is asked meanwhile fails soon.
      maxRetriesPerRequest: 1,
      retryStrategy: (times) => Math.min(times * 100, 1000),
    });
    // One line, and not one for each attempt.
    let away = false;
    this.#redis.on("error", (error) => {
      if (!away) log.error("Redis is away", error);
      away = true;
    });
    this.#redis.on("ready", () => {
      away = false;
    });
  }

  /** @returns {Promise<"sent" | "sending" | undefined>} what others have done; `undefined`: it is the caller's now */
  async claim(id) {
    const claimed = await this.#redis.set(`id:${id}`, "sending", "EX", SENDING_SECONDS, "NX");
    if (claimed === "OK") return undefined;
    return (await this.#redis.get(`id:${id}`)) === "sent" ? "sent" : "sending";
  }

  async release(id) {
    await this.#redis.del(`id:${id}`);
  }

  async sent(id) {
    const both = this.#redis.multi().set(`id:${id}`, "sent", "EX", SENT_SECONDS).incr("sent");
    for (const [error] of (await both.exec()) ?? []) if (error) throw error;
  }

  /** How many there were. */
  async total() {
    return Number((await this.#redis.get("sent")) ?? 0);
  }

  /** Throws where Redis does not answer. */
  async check() {
    await this.#redis.ping();
  }

  close() {
    this.#redis.disconnect();
  }
}
