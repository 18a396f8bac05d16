import type { KubernetesObject, Labels } from "../kubernetes/objects";

const keyOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.namespace ?? ""}/${metadata.name}`;

const at = ({ metadata }: KubernetesObject, [name, value]: readonly [string, string]): string =>
  `${metadata.namespace ?? ""}/${name}=${value}`;

/**
 * Which Deployments stand behind what: behind a Service, and behind the policies by which a workload calls others. Whoever
 * calls is told of a new address when there is somebody to answer.
 */
export class Calls {
  readonly #pods = new Map<string, Pods[]>();
  readonly #services = new Map<string, string[]>();
  readonly #callees = new Map<string, Set<string>>();
  readonly #depths = new Map<string, number>();

  constructor(objects: readonly KubernetesObject[]) {
    for (const object of objects) {
      const labels = podLabels(object);
      if (labels === undefined) continue;
      const pods = {
        key: keyOf(object),
        labels,
        runs: object.kind === "Deployment" ? object.metadata.name : undefined,
      };
      for (const label of Object.entries(labels)) append(this.#pods, at(object, label), pods);
    }
    for (const object of objects) this.#note(object);
    this.#open();
  }

  /** Names of the Deployments that have to be there before this one calls them: none where they call each other. */
  public of(object: KubernetesObject): string[] {
    return [...(this.#callees.get(keyOf(object)) ?? [])].map((key) => key.slice(key.lastIndexOf("/") + 1));
  }

  /** Names of the Deployments behind a Service. */
  public behind(namespace: string, service: string): readonly string[] {
    return this.#services.get(`${namespace}/${service}`) ?? [];
  }

  /** How many Deployments have to come one after the other before this object. */
  public depth(object: KubernetesObject): number {
    return this.#depth(keyOf(object));
  }

  #note(object: KubernetesObject): void {
    if (object.kind === "Service") {
      const found = this.#selected(object, object.spec.selector).flatMap(({ runs }) => runs ?? []);
      this.#services.set(`${object.metadata.namespace ?? ""}/${object.metadata.name}`, found);
    }
    if (object.kind !== "NetworkPolicy") return;
    const peers = (object.spec.egress ?? []).flatMap(({ to = [] }) => to);
    const called = peers.flatMap(({ podSelector, namespaceSelector }) =>
      podSelector === undefined || namespaceSelector !== undefined
        ? []
        : this.#selected(object, podSelector.matchLabels).filter(({ runs }) => runs !== undefined),
    );
    for (const { key } of this.#selected(object, object.spec.podSelector.matchLabels)) {
      const callees = this.#callees.get(key) ?? new Set();
      for (const callee of called) if (callee.key !== key) callees.add(callee.key);
      this.#callees.set(key, callees);
    }
  }

  #selected(object: KubernetesObject, select: Labels = {}): Pods[] {
    const [first] = Object.entries(select);
    if (first === undefined) return [];
    const candidates = this.#pods.get(at(object, first)) ?? [];
    return candidates.filter(({ labels }) => Object.entries(select).every(([name, value]) => labels[name] === value));
  }

  /** Takes away every call that comes back: neither of the two can be first. */
  #open(): void {
    const circular = [...this.#callees].flatMap(([caller, callees]) =>
      [...callees].filter((callee) => this.#reaches(callee, caller)).map((callee) => [caller, callee] as const),
    );
    for (const [caller, callee] of circular) this.#callees.get(caller)?.delete(callee);
  }

  #reaches(from: string, to: string): boolean {
    const seen = new Set<string>();
    const open = [from];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (key === to) return true;
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(...(this.#callees.get(key) ?? []));
    }
    return false;
  }

  #depth(key: string): number {
    const known = this.#depths.get(key);
    if (known !== undefined) return known;
    const depth = Math.max(0, ...[...(this.#callees.get(key) ?? [])].map((callee) => 1 + this.#depth(callee)));
    this.#depths.set(key, depth);
    return depth;
  }
}

interface Pods {
  readonly key: string;
  readonly labels: Labels;
  /** Name of the Deployment. */
  readonly runs: string | undefined;
}

/** Jobs of a release run before all of these, and call none of them. */
function podLabels(object: KubernetesObject): Labels | undefined {
  switch (object.kind) {
    case "Deployment":
      return object.spec.template.metadata.labels;
    case "CronJob":
      return object.spec.jobTemplate.spec.template.metadata.labels;
    default:
      return undefined;
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const present = map.get(key);
  if (present === undefined) map.set(key, [value]);
  else present.push(value);
}
