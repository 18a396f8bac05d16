/* Which pods a Deployment had before: Kubernetes' own history, which forgets where a ReplicaSet was gone back to. */

export interface ReplicaSet {
  readonly name: string;
  /** Its number in the Deployment's history now. */
  readonly revision: number;
  /** The number with which it was first made. */
  readonly first: number;
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
    first: Math.min(revision, ...earlier),
    images: new Map(containers.map(({ name, image }) => [text(name), text(image)])),
    reads: [...new Set([...containers.flatMap(readByContainer), ...list(pod.volumes).flatMap(readByVolume)])].sort(),
  };
}

/**
 * Chooses the pods before: those that were made last before the ones that are there now. Who has gone back already goes further back, and
 * never to what was gone back from.
 */
export function podsBefore(
  all: readonly ReplicaSet[],
): { readonly now: ReplicaSet; readonly before: ReplicaSet } | undefined {
  const now = all.at(-1);
  if (now === undefined) return undefined;
  const [before] = all.filter(({ first }) => first < now.first).sort((one, other) => other.first - one.first);
  return before === undefined ? undefined : { now, before };
}
