import type { KubernetesObject } from "../kubernetes/objects";

/** Pods of a service, all alike. */
export interface InClusterPods {
  readonly nodes: number;
  readonly image: string;
  readonly cpu: { readonly requested: string; readonly limit: string };
  readonly memory: string;
}

/** The server among the objects of a service. */
export interface InClusterServer extends InClusterPods {
  /** StorageClass of each node's disk. */
  readonly storageClass: string;
  readonly storage: string;
}

const find = <K extends Kind>(objects: readonly KubernetesObject[], kind: K) =>
  objects.find((object): object is Extract<KubernetesObject, { readonly kind: K }> => object.kind === kind);

const sizeOf = ({ requests, limits }: Resources): Pick<InClusterServer, "cpu" | "memory"> => ({
  cpu: { requested: requests.cpu, limit: limits.cpu },
  memory: limits.memory,
});

/** Finds it by what holds its disk: a cluster of the operator, or the StatefulSet beside a claim. */
export function serverAmong(objects: readonly KubernetesObject[]): InClusterServer {
  const cluster = find(objects, "RabbitmqCluster");
  if (cluster !== undefined) {
    const { replicas, image, resources, persistence } = cluster.spec;
    const { storageClassName, storage } = persistence;
    return { nodes: replicas, image, ...sizeOf(resources), storageClass: storageClassName, storage };
  }
  const [set, claim] = [find(objects, "StatefulSet"), find(objects, "PersistentVolumeClaim")];
  const [container] = set?.spec.template.spec.containers ?? [];
  if (set === undefined || claim === undefined || container === undefined) {
    throw new Error("a service in the cluster has no server with a disk");
  }
  const { storageClassName, resources } = claim.spec;
  return {
    nodes: set.spec.replicas,
    image: container.image,
    ...sizeOf(container.resources),
    storageClass: storageClassName,
    storage: resources.requests.storage,
  };
}

/** What stands in front of a service of the cloud, and has no disk. */
export function gatewayAmong(objects: readonly KubernetesObject[]): InClusterPods {
  const deployment = find(objects, "Deployment");
  const [container] = deployment?.spec.template.spec.containers ?? [];
  if (deployment === undefined || container === undefined) {
    throw new Error("a service of the cloud has no gateway in the cluster");
  }
  return { nodes: deployment.spec.replicas, image: container.image, ...sizeOf(container.resources) };
}

export const machineOf = ({ cpu, memory }: Pick<InClusterPods, "cpu" | "memory">): string =>
  `${cpu.requested} to ${cpu.limit} CPU, ${memory}`;

/** `8.4.11`, of the image's tag. */
export function versionOf(image: string): string {
  const [, version] = /:v?(\d+(?:\.\d+)*)[^:/]*$/.exec(image.replace(/@.*$/, "")) ?? [];
  return version ?? image;
}

type Kind = KubernetesObject["kind"];

interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}
