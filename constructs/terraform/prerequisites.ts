import type { ITerraformDependable } from "cdktf";
import type { KubernetesObject, Labels, PodTemplate } from "../kubernetes/objects";

type Kind = KubernetesObject["kind"];

/** Kinds in the order in which one may refer to another. */
const ORDER: readonly (readonly Kind[])[] = [
  ["Namespace"],
  ["ResourceQuota", "LimitRange", "NetworkPolicy", "ServiceAccount", "ConfigMap", "ExternalSecret"],
  ["PersistentVolumeClaim", "Service", "PodDisruptionBudget"],
  ["Deployment", "CronJob"],
  ["HorizontalPodAutoscaler", "Ingress"],
];
const RANK = new Map(ORDER.flatMap((kinds, rank) => kinds.map((kind) => [kind, rank] as const)));

/** The objects, so that none comes before one it waits for. */
export function creationOrder(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

function rank(object: KubernetesObject): number {
  return RANK.get(object.kind) ?? ORDER.length;
}

/** What each object waits for, by the names it refers to. Objects are added in `creationOrder`. */
export class Prerequisites {
  readonly #byName = new Map<string, ITerraformDependable>();
  /** Quotas, limits and policies of a whole namespace, by the namespace. */
  readonly #rules = new Map<string, ITerraformDependable[]>();
  /** Policies of some pods, by the namespace and one label they select. */
  readonly #policies = new Map<string, { readonly select: Labels; readonly resource: ITerraformDependable }[]>();

  constructor(private readonly podsAfter: readonly ITerraformDependable[]) {}

  public add(object: KubernetesObject, resource: ITerraformDependable): void {
    const { name, namespace = "" } = object.metadata;
    // A pod refers to the Secret, which is not ours but the operator's.
    const known = object.kind === "ExternalSecret" ? object.spec.target.name : name;
    this.#byName.set(key(object.kind, namespace, known), resource);
    if (object.kind === "ResourceQuota" || object.kind === "LimitRange") append(this.#rules, namespace, resource);
    if (object.kind !== "NetworkPolicy") return;
    const select = object.spec.podSelector.matchLabels ?? {};
    const first = Object.entries(select)[0];
    if (first === undefined) append(this.#rules, namespace, resource);
    else append(this.#policies, labelKey(namespace, first), { select, resource });
  }

  /** `undefined` where there is none. */
  public of(object: KubernetesObject): ITerraformDependable[] | undefined {
    const found = [...this.#namespace(object), ...this.#referred(object)];
    return found.length === 0 ? undefined : [...new Set(found)];
  }

  #namespace(object: KubernetesObject): readonly ITerraformDependable[] {
    const { namespace } = object.metadata;
    return namespace === undefined ? [] : this.#named("Namespace", "", [namespace]);
  }

  #referred(object: KubernetesObject): readonly ITerraformDependable[] {
    const { namespace = "" } = object.metadata;
    switch (object.kind) {
      case "Deployment":
        return this.#ofPods(namespace, object.spec.template);
      case "CronJob":
        return this.#ofPods(namespace, object.spec.jobTemplate.spec.template);
      case "HorizontalPodAutoscaler":
        return this.#named("Deployment", namespace, [object.spec.scaleTargetRef.name]);
      case "Ingress": {
        const paths = object.spec.rules.flatMap(({ http }) => http.paths);
        return this.#named("Service", namespace, [...new Set(paths.map(({ backend }) => backend.service.name))]);
      }
      default:
        return [];
    }
  }

  #ofPods(namespace: string, { metadata, spec }: PodTemplate): ITerraformDependable[] {
    const volumes = spec.volumes;
    const configMaps = [
      ...spec.containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef.name)),
      ...volumes.flatMap(({ configMap }) => configMap?.name ?? []),
    ];
    const secrets = spec.containers.flatMap(({ env = [] }) =>
      env.flatMap((variable) => ("valueFrom" in variable ? variable.valueFrom.secretKeyRef.name : [])),
    );
    const claims = volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    return [
      ...(this.#rules.get(namespace) ?? []),
      ...this.#policiesOf(namespace, metadata.labels),
      ...this.#named("ServiceAccount", namespace, [spec.serviceAccountName]),
      ...this.#named("ConfigMap", namespace, configMaps),
      ...this.#named("ExternalSecret", namespace, secrets),
      ...this.#named("PersistentVolumeClaim", namespace, claims),
      ...this.podsAfter,
    ];
  }

  #policiesOf(namespace: string, labels: Labels): ITerraformDependable[] {
    return Object.entries(labels)
      .flatMap((label) => this.#policies.get(labelKey(namespace, label)) ?? [])
      .filter(({ select }) => Object.entries(select).every(([name, value]) => labels[name] === value))
      .map(({ resource }) => resource);
  }

  /** Those of the names that are among the objects; others must exist already. */
  #named(kind: Kind, namespace: string, names: readonly string[]): ITerraformDependable[] {
    return names.flatMap((name) => this.#byName.get(key(kind, namespace, name)) ?? []);
  }
}

function key(kind: Kind, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

function labelKey(namespace: string, [name, value]: readonly [string, string]): string {
  return `${namespace}/${name}=${value}`;
}

function append<T>(map: Map<string, T[]>, at: string, value: T): void {
  const present = map.get(at);
  if (present === undefined) map.set(at, [value]);
  else present.push(value);
}
