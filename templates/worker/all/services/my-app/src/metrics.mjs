// What Prometheus reads: this process, and the messages it handled.
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

const NAMESPACE = "my_app_";

export class Metrics {
  #registry = new Registry();
  #messages = new Counter({
    name: `${NAMESPACE}messages_total`,
    help: "Messages that were handled, by result: done, failed or unusable.",
    labelNames: ["result"],
    registers: [this.#registry],
  });
  #duration = new Histogram({
    name: `${NAMESPACE}message_duration_seconds`,
    help: "Time that handling took.",
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry, prefix: NAMESPACE });
    // From the first on: what is not there cannot be told from what is not counted.
    for (const result of ["done", "failed", "unusable"]) this.#messages.inc({ result }, 0);
  }

  message(result, seconds) {
    this.#messages.inc({ result });
    this.#duration.observe(seconds);
  }

  get contentType() {
    return this.#registry.contentType;
  }

  /** @returns {Promise<string>} */
  text() {
    return this.#registry.metrics();
  }
}
