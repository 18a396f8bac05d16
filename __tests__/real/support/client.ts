import { type Agent, type IncomingHttpHeaders, request } from "node:http";

/* Requests to a pod, by way of the socket file of its relay. */

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly seconds: number;
  /** Seconds until the first byte of the body. @default - there was none */
  readonly firstSeconds?: number;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | AsyncIterable<Buffer>;
  /** @default - a connection of its own */
  readonly agent?: Agent;
  /** @default 60 */
  readonly seconds?: number;
}

/** An answer with its whole body; whatever happens instead is an error. */
export function ask(socketPath: string, path: string, { body, ...options }: Ask = {}): Promise<Answer> {
  const start = Date.now();
  return new Promise((resolve, reject) => {
    const { agent = false, method = body === undefined ? "GET" : "POST", headers = {} } = options;
    const signal = AbortSignal.timeout((options.seconds ?? 60) * 1000);
    const sent = request({ socketPath, path, agent, method, headers: { host: "api.example.com", ...headers }, signal });
    // The server may refuse a body before it has all of it.
    let answered = false;
    sent.on("error", (error) => {
      if (!answered) reject(error);
    });
    sent.on("response", (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      let firstSeconds: number | undefined;
      response.on("data", (chunk: Buffer) => {
        firstSeconds ??= (Date.now() - start) / 1000;
        chunks.push(chunk);
      });
      response.on("error", reject);
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
          seconds: (Date.now() - start) / 1000,
          ...(firstSeconds !== undefined && { firstSeconds }),
        });
      });
    });
    if (body === undefined || Buffer.isBuffer(body)) sent.end(body);
    else void send(body);

    async function send(chunks: AsyncIterable<Buffer>): Promise<void> {
      for await (const chunk of chunks) sent.write(chunk);
      sent.end();
    }
  });
}

/** What became of many requests: how many were answered by which status, and by what error the others ended. */
export class Tally {
  readonly #pending: Promise<void>[] = [];
  readonly #counts = new Map<string, number>();

  add(answer: Promise<Answer>): void {
    const count = (outcome: string): void => {
      this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
    };
    this.#pending.push(
      answer.then(
        ({ status }) => {
          count(String(status));
        },
        (error: unknown) => {
          count(error instanceof Error ? error.message : String(error));
        },
      ),
    );
  }

  get sent(): number {
    return this.#pending.length;
  }

  async outcomes(): Promise<Record<string, number>> {
    await Promise.all(this.#pending);
    return Object.fromEntries(this.#counts);
  }
}
