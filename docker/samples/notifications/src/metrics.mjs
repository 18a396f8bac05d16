// What Prometheus reads: this process, the requests it answered, and what it mailed.
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

/** Of the metrics that are not about HTTP. */
const NAMESPACE = "my_app_";

export class Metrics {
  #registry = new Registry();
  #requests = new Counter({
    name: "http_requests_total",
    help: "Requests that were answered, by status.",
    labelNames: ["status"],
    registers: [this.#registry],
  });
  #duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time that answers took.",
    registers: [this.#registry],
  });
  #sent = new Counter({
    name: `${NAMESPACE}notifications_sent_total`,
    help: "Notifications that were mailed.",
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry, prefix: NAMESPACE });
  }

  request(status, seconds) {
    this.#requests.inc({ status });
    this.#duration.observe(seconds);
  }

  sent() {
    this.#sent.inc();
  }

  get contentType() {
    return this.#registry.contentType;
  }

  /** @returns {Promise<string>} */
  text() {
    return this.#registry.metrics();
  }
}
