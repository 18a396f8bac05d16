/* Which pods a Deployment had before: Kubernetes' own history, which forgets where a ReplicaSet was gone back to. */

export interface ReplicaSet {
  readonly name: string;
  /** Its number in the Deployment's history now. */
  readonly revision: number;
  /** Its numbers before, of which the first is that with which it was made. */
  readonly earlier: readonly number[];
  /** Images of its pods, by container. */
  readonly images: ReadonlyMap<string, string>;
  /** ConfigMaps and Secrets without which its pods do not start: `configmap/my-app-backend-1a2b`. */
  readonly reads: readonly string[];
}

type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (typeof value === "object" && value !== null ? (value as Tree) : {});
const list = (value: unknown): readonly Tree[] => (Array.isArray(value) ? value.map(tree) : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

const REVISION = "deployment.kubernetes.io/revision";
const HISTORY = "deployment.kubernetes.io/revision-history";

/**
 * Reads what `kubectl get replicasets --output json` prints, of one Deployment.
 *
 * @param deployment name of it: what is not its is left out
 */
export function readReplicaSets(json: string, deployment: string): readonly ReplicaSet[] {
  return list(tree(JSON.parse(json)).items)
    .filter(({ metadata }) =>
      list(tree(metadata).ownerReferences).some(({ kind, name }) => kind === "Deployment" && name === deployment),
    )
    .map(replicaSetOf)
    .sort((one, other) => one.revision - other.revision);
}

/** What is read, but for what may be absent. */
function references(found: Tree, forms: readonly (readonly [key: string, kind: string, name: string])[]): string[] {
  return forms.flatMap(([key, kind, name]) => {
    const reference = tree(found[key]);
    return text(reference[name]) === "" || reference.optional === true ? [] : [`${kind}/${text(reference[name])}`];
  });
}

const readByContainer = ({ env, envFrom }: Tree): string[] => [
  ...list(envFrom).flatMap((one) =>
    references(one, [
      ["configMapRef", "configmap", "name"],
      ["secretRef", "secret", "name"],
    ]),
  ),
  ...list(env).flatMap(({ valueFrom }) =>
    references(tree(valueFrom), [
      ["configMapKeyRef", "configmap", "name"],
      ["secretKeyRef", "secret", "name"],
    ]),
  ),
];

const readByVolume = (volume: Tree): string[] => [
  ...references(volume, [
    ["configMap", "configmap", "name"],
    ["secret", "secret", "secretName"],
  ]),
  ...list(tree(volume.projected).sources).flatMap((source) =>
    references(source, [
      ["configMap", "configmap", "name"],
      ["secret", "secret", "name"],
    ]),
  ),
];

function replicaSetOf({ metadata, spec }: Tree): ReplicaSet {
  const annotations = tree(tree(metadata).annotations);
  const revision = Number(annotations[REVISION] ?? 0);
  const earlier = text(annotations[HISTORY])
    .split(",")
    .filter((one) => one !== "")
    .map(Number);
  const pod = tree(tree(tree(spec).template).spec);
  const containers = [...list(pod.initContainers), ...list(pod.containers)];
  return {
    name: text(tree(metadata).name),
    revision,
    earlier,
    images: new Map(containers.map(({ name, image }) => [text(name), text(image)])),
    reads: [...new Set([...containers.flatMap(readByContainer), ...list(pod.volumes).flatMap(readByVolume)])].sort(),
  };
}

/** Numbers that were gone back from: those between two of one ReplicaSet, which came back. */
const leftIn = (all: readonly ReplicaSet[]): ((revision: number) => boolean) => {
  const spans = all.flatMap(({ revision, earlier }) => {
    const numbers = [...earlier, revision].sort((one, other) => one - other);
    return numbers.slice(1).map((to, index) => [numbers[index] ?? to, to] as const);
  });
  return (revision) => spans.some(([from, to]) => revision > from && revision < to);
};

/**
 * Chooses the pods before: those that ran last before the ones that are there now. Who has gone back already goes further back, and never to what
 * was gone back from.
 */
export function podsBefore(
  all: readonly ReplicaSet[],
): { readonly now: ReplicaSet; readonly before: ReplicaSet } | undefined {
  const now = all.at(-1);
  if (now === undefined) return undefined;
  const isLeft = leftIn(all);
  const before = all.filter((one) => one !== now && !isLeft(one.revision)).at(-1);
  return before === undefined ? undefined : { now, before };
}
