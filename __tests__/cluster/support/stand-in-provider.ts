import { createServer, type Server, type Socket } from "node:net";
import { sleep } from "../../real/support/program";
import type { Found } from "./api";
import { type Asked, identityOf } from "./asked";
import { api } from "./cluster";
import { pathOf, putInto, type Wait, waits } from "./stand-in-calls";

/*
 * What the Kubernetes provider 2.38.0 does with an object, for the provisioners of `stand-in-objects.ts`:
 *
 * - It creates nothing that exists, and waits after a creation and after a change as the resource does.
 * - What failed while it was created is deleted before it is created again: Terraform has it tainted, and then runs no
 *   provisioner that would delete it.
 * - It writes by server-side apply, by which the provider writes manifests; a typed resource it sends as patches.
 *   Fields that `ignore_changes` has are sent as they are found.
 */

export class StandInProvider {
  /** What could not be written, or was not what was waited for. */
  readonly failures: { readonly name: string; readonly while: "create" | "change"; readonly why: string }[] = [];
  #patience = 0;
  #asked: ReadonlyMap<string, Asked> = new Map();
  readonly #tainted = new Set<string>();
  readonly #adopted = new Set<string>();
  /** In this apply, with the content that they are to have. */
  readonly #created = new Set<string>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static start(): Promise<StandInProvider> {
    return new Promise((resolve) => {
      const server = createServer({ allowHalfOpen: true });
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        const port = typeof address === "object" && address !== null ? address.port : 0;
        const provider = new StandInProvider(server, port);
        server.on("connection", (socket) => {
          provider.#serve(socket);
        });
        resolve(provider);
      });
    });
  }

  stop(): void {
    this.server.close();
  }

  /**
   * @param asked by the names of the stand-ins
   * @param patience longest wait in seconds: less than a resource's own, so that a story of a failure ends
   */
  expect(asked: ReadonlyMap<string, Asked>, patience: number): void {
    this.#asked = asked;
    this.#patience = patience;
    this.failures.length = 0;
    this.#created.clear();
  }

  /** As after an import of each: what exists is taken for what Terraform has made. */
  adopt(identities: readonly string[]): void {
    for (const one of identities) this.#adopted.add(one);
  }

  #serve(socket: Socket): void {
    let line = "";
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      line += data.toString();
      if (!line.includes("\n")) return;
      socket.removeAllListeners("data");
      this.#act(line.trim()).then(
        () => socket.end("0\n"),
        (error: unknown) => socket.end(`1\n${error instanceof Error ? error.message : String(error)}\n`),
      );
    });
  }

  async #act(line: string): Promise<void> {
    const [, verb = "", what = ""] = /^(\w+) (.*)$/.exec(line) ?? [];
    if (verb === "delete") {
      await this.#delete(what);
      return;
    }
    const asked = this.#asked.get(what);
    if (asked === undefined) throw new Error(`nobody asked for ${what}`);
    const during = verb === "create" ? "create" : "change";
    try {
      await (during === "create" ? this.#create(asked) : this.#change(asked));
    } catch (error) {
      this.failures.push({ name: what, while: during, why: String(error) });
      throw error;
    }
  }

  async #create(asked: Asked): Promise<void> {
    const identity = identityOf(asked.object);
    if (this.#tainted.delete(identity)) await this.#delete(identity);
    if ((await this.#find(identity)) !== undefined) {
      // Its content is compared by the change that follows.
      if (this.#adopted.delete(identity)) return;
      throw new Error(`${identity}: already exists`);
    }
    this.#tainted.add(identity);
    await putInto(asked, undefined);
    await this.#wait(identity, waits(asked));
    this.#tainted.delete(identity);
    this.#created.add(identity);
  }

  async #change(asked: Asked): Promise<void> {
    const identity = identityOf(asked.object);
    if (this.#created.has(identity)) return;
    await putInto(asked, await this.#find(identity));
    await this.#wait(identity, waits(asked));
  }

  async #delete(identity: string): Promise<void> {
    // The provider waits for the pods of a Job too.
    const policy = identity.startsWith("batch/v1 Job ") ? "Foreground" : "Background";
    const { status, body } = await api.ask("DELETE", `${pathOf(identity)}?propagationPolicy=${policy}`);
    if (status !== 404 && (status < 200 || status > 299)) throw new Error(`${identity}: ${JSON.stringify(body)}`);
    await this.#wait(identity, stillThere);
  }

  async #find(identity: string): Promise<Found> {
    const { status, body } = await api.ask("GET", pathOf(identity));
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`${identity}: ${JSON.stringify(body)}`);
    return body;
  }

  async #wait(identity: string, wait: Wait): Promise<void> {
    const end = Date.now() + this.#patience * 1000;
    let missing = await wait(await this.#find(identity));
    while (missing !== undefined) {
      if (Date.now() > end) throw new Error(`${identity}: ${missing}: timed out`);
      await sleep(0.15);
      missing = await wait(await this.#find(identity));
    }
  }
}

const stillThere: Wait = (found) => (found === undefined ? undefined : "still exists");
