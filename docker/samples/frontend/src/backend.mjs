// The other workload, by the variable that an edge to it injects.

const MILLISECONDS = 3000;
/** Its health check writes to four services: however many ask here, it is asked once in this time. */
const HEALTH_MILLISECONDS = 2000;

/** A health check with every service away takes as long as its time limits, one after the other. */
const HEALTH_LIMIT = 25_000;

export class Backend {
  #url;
  #health = { until: 0, answer: undefined };

  /** @param {string} url */
  constructor(url) {
    this.#url = url.replace(/\/+$/, "");
  }

  /** Lifts by client: `[{ client, lifts, archived }]`. */
  async lifts() {
    const response = await this.#get("/lifts", MILLISECONDS);
    if (!response.ok) throw new Error(`the backend answers /lifts with ${response.status}`);
    return response.json();
  }

  /** What it says of its own parts: `{ healthy, parts }`. */
  health() {
    if (Date.now() > this.#health.until) {
      const answer = this.#get("/health", HEALTH_LIMIT).then((response) => response.json());
      this.#health = { until: Infinity, answer };
      const done = () => {
        if (this.#health.answer === answer) this.#health.until = Date.now() + HEALTH_MILLISECONDS;
      };
      answer.then(done, done);
    }
    return this.#health.answer;
  }

  #get(path, milliseconds) {
    return fetch(`${this.#url}${path}`, { signal: AbortSignal.timeout(milliseconds) });
  }
}
