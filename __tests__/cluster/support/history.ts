import { sleep } from "../../real/support/program";
import type { Found } from "./api";
import { api } from "./cluster";
import type { Pod, Served } from "./served-objects";

/** What is looked at, by the API's group and version. */
const WATCHED = {
  "/api/v1": ["pods", "services", "configmaps", "secrets", "persistentvolumeclaims"],
  "/apis/apps/v1": ["deployments", "statefulsets"],
  "/apis/batch/v1": ["jobs"],
  "/apis/discovery.k8s.io/v1": ["endpointslices"],
  "/apis/networking.k8s.io/v1": ["ingresses", "networkpolicies"],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;

type Kind = keyof Served;

interface Event {
  readonly kind: Kind;
  readonly type: string;
  readonly object: Found;
}

/** All that is in a namespace at one moment. */
export class Moment {
  readonly #held = new Map<string, Found>();

  all<K extends Kind>(kind: K): Served[K][] {
    const held = [...this.#held].filter(([key]) => key.startsWith(`${kind}/`));
    return held.map(([, object]) => object as Served[K]);
  }

  one<K extends Kind>(kind: K, name: string): Served[K] | undefined {
    return this.#held.get(`${kind}/${name}`) as Served[K] | undefined;
  }

  names(kind: Kind): string[] {
    return this.all(kind)
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  take({ kind, type, object }: Event): void {
    const key = `${kind}/${String(object.metadata.name)}`;
    if (type === "DELETED") this.#held.delete(key);
    else this.#held.set(key, object);
  }
}

/**
 * What happens in a namespace, change by change. The versions of all kinds come from one store, which counts them: by them the
 * changes of different kinds are in the order in which they were made.
 */
export class History {
  readonly #before: Event[] = [];
  readonly #events: Event[] = [];
  readonly #stops: (() => void)[] = [];

  static async of(namespace: string): Promise<History> {
    const history = new History();
    const watched = Object.entries(WATCHED).flatMap(([group, kinds]) =>
      kinds.map((kind) => history.#watch(kind, `${group}/namespaces/${namespace}/${kind}`)),
    );
    await Promise.all(watched);
    return history;
  }

  async #watch(kind: Kind, path: string): Promise<void> {
    const { items, metadata } = await api.get(path);
    for (const object of items as Found[]) this.#before.push({ kind, type: "ADDED", object });
    const stop = api.watch(path, String(metadata.resourceVersion), ({ type, object }) => {
      if (type === "ERROR") throw new Error(`watch of ${path}: ${JSON.stringify(object)}`);
      this.#events.push({ kind, type, object });
    });
    this.#stops.push(stop);
  }

  async end(): Promise<this> {
    // What was done last is still being told.
    await sleep(0.5);
    for (const stop of this.#stops) stop();
    const version = ({ object }: Event): number => Number(object.metadata.resourceVersion);
    this.#events.sort((a, b) => version(a) - version(b));
    return this;
  }

  /** The moment before, and that after each change. It is one object, which changes. */
  *moments(): Generator<Moment> {
    const moment = new Moment();
    for (const event of this.#before) moment.take(event);
    yield moment;
    for (const event of this.#events) {
      moment.take(event);
      yield moment;
    }
  }

  last(): Moment {
    let last: Moment | undefined;
    for (const moment of this.moments()) last = moment;
    return last ?? new Moment();
  }

  /** Names of those that were deleted, or are about to be. */
  gone(kind: Kind): string[] {
    const ended = this.#events.filter(
      (event) =>
        event.kind === kind && (event.type === "DELETED" || event.object.metadata.deletionTimestamp !== undefined),
    );
    return [...new Set(ended.map(({ object }) => String(object.metadata.name)))].sort();
  }

  /** Names of pods that are gone or going, and that no Job has run. */
  stopped(): string[] {
    const ofJobs = this.#events.flatMap(({ kind, object }) =>
      kind === "pods" && (object as Pod).metadata.ownerReferences?.[0]?.kind === "Job"
        ? [(object as Pod).metadata.name]
        : [],
    );
    return this.gone("pods").filter((name) => !ofJobs.includes(name));
  }

  /** Names of those that were there before and have another content now, or did for a moment. */
  changed(kind: "configmaps" | "secrets"): string[] {
    const content = ({ data, stringData }: Found): string => JSON.stringify([data, stringData]);
    const before = new Map(
      this.#before.flatMap(({ kind: of, object }) =>
        of === kind ? [[String(object.metadata.name), content(object)]] : [],
      ),
    );
    const other = this.#events.filter(({ kind: of, object }) => {
      const was = before.get(String(object.metadata.name));
      return of === kind && was !== undefined && was !== content(object);
    });
    return [...new Set(other.map(({ object }) => String(object.metadata.name)))].sort();
  }
}
