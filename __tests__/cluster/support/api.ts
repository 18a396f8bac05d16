import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";

/** An object as the API server gives it: of whatever kind, so what is read of it is up to the reader. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Found = any;

export interface ApiAnswer {
  readonly status: number;
  readonly body: Found;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: Found;
}

const PATCHES = {
  merge: "application/merge-patch+json",
  apply: "application/apply-patch+yaml",
} as const;

/** The API server as a client of few words: JSON in, JSON out. */
export class Api {
  readonly #agent: Agent;
  readonly #server: string;

  /** @param kubeconfig one that `pki.ts` wrote */
  constructor(kubeconfig: string) {
    const { clusters, users } = JSON.parse(readFileSync(kubeconfig, "utf8"));
    const text = (data: string): string => Buffer.from(data, "base64").toString();
    this.#server = clusters[0].cluster.server as string;
    this.#agent = new Agent({
      keepAlive: true,
      ca: text(clusters[0].cluster["certificate-authority-data"] as string),
      cert: text(users[0].user["client-certificate-data"] as string),
      key: text(users[0].user["client-key-data"] as string),
    });
  }

  /** Whatever the answer is. No answer is an error. */
  ask(method: string, path: string, body?: unknown, type = "application/json"): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        this.#server + path,
        { method, agent: this.#agent, timeout: 30_000, headers: { accept: "application/json", "content-type": type } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const json = response.headers["content-type"]?.includes("json") === true;
            resolve({ status: response.statusCode ?? 0, body: json ? JSON.parse(text) : text });
          });
        },
      );
      sent.on("error", reject);
      sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer`)));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Tells of each change from a version on, until it is told to stop. */
  watch(path: string, from: string, tell: (event: WatchEvent) => void): () => void {
    const query = `?watch=1&resourceVersion=${from}`;
    const sent = request(this.#server + path + query, { agent: this.#agent }, (response) => {
      const lines = createInterface({ input: response });
      // It is ended here, or with the control plane.
      for (const ended of [response, lines]) ended.on("error", () => undefined);
      lines.on("line", (line) => {
        tell(JSON.parse(line) as WatchEvent);
      });
    });
    sent.on("error", () => undefined);
    sent.end();
    return () => sent.destroy();
  }

  get(path: string): Promise<Found> {
    return this.#must("GET", path);
  }

  post(path: string, body: unknown): Promise<Found> {
    return this.#must("POST", path, body);
  }

  patch(path: string, body: unknown, as: keyof typeof PATCHES = "merge"): Promise<Found> {
    const query = as === "apply" ? "?fieldManager=test-cluster&force=true" : "";
    return this.#must("PATCH", path + query, body, PATCHES[as]);
  }

  /** Those of a list, for instance of `/api/v1/pods`. */
  async list(path: string): Promise<Found[]> {
    return (await this.get(path)).items as Found[];
  }

  async #must(method: string, path: string, body?: unknown, type?: string): Promise<Found> {
    const { status, body: answer } = await this.ask(method, path, body, type);
    if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }
}
