import { bytes, formatBytes, parseBytes } from "../model/quantity";
import type { Container, PodVolume } from "./objects";

/** Logs: the kubelet keeps five files of 10 MiB, and looks at their size every ten seconds only. */
export const LOGS = { request: "64Mi", limit: "128Mi" } as const;

/** What a workload that must write to its image's file system may leave there. */
export const WRITABLE_ROOT = "1Gi";

/**
 * The container with its share of the node's disk. Without a limit one container fills the disk for all, and the node
 * then evicts its neighbours, those first that requested none.
 */
export function withDisk(container: Container, volumes: readonly PodVolume[]): Container {
  const { requests, limits } = container.resources;
  const mounted = new Set(container.volumeMounts.map(({ name }) => name));
  const scratch = volumes.flatMap((volume) => (mounted.has(volume.name) ? onDisk(volume) : []));
  const root = container.securityContext.readOnlyRootFilesystem ? [] : [bytes(WRITABLE_ROOT)];
  const limit = [...scratch, ...root].reduce((sum, size) => sum + size, bytes(LOGS.limit));
  return {
    ...container,
    resources: {
      requests: { ...requests, "ephemeral-storage": LOGS.request },
      limits: { ...limits, "ephemeral-storage": formatBytes(limit) },
    },
  };
}

/** Size on the node's disk, in bytes. A volume in memory counts as memory. */
function onDisk({ name, emptyDir }: PodVolume): number[] {
  if (emptyDir === undefined || emptyDir.medium === "Memory") return [];
  const size = parseBytes(emptyDir.sizeLimit);
  if (size === undefined) throw new RangeError(`volume ${name}: not a size: ${emptyDir.sizeLimit}`);
  return [size];
}
