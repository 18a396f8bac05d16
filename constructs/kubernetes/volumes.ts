import { isKept, volumeHolding } from "../model/holdings";
import { fitName, MAX_LABEL } from "../model/names";
import type { ResolvedApplication, ResolvedVolume, ResolvedWorkload } from "../model/resolved";
import type { CloudFacts } from "./facts";
import { workloadMetadata } from "./labels";
import type { Metadata, PersistentVolumeClaim, PodVolume, VolumeMount } from "./objects";
import { protectedLabels } from "./protection";

/** Room in `/tmp` for a workload that says nothing of it; a pod that takes more is evicted. */
const TMP_SIZE = "256Mi";

export function persistentVolumeClaims(
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  facts: CloudFacts,
): PersistentVolumeClaim[] {
  return workload.volumes.map((volume) => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: claimMetadata(application, workload, volume),
    spec: {
      accessModes: [volume.access === "ReadWriteMany" ? (facts.sharedVolumesAs ?? volume.access) : volume.access],
      storageClassName: facts.storageClasses[volume.access],
      resources: { requests: { storage: volume.size } },
    },
  }));
}

function claimMetadata(application: ResolvedApplication, workload: ResolvedWorkload, volume: ResolvedVolume): Metadata {
  const metadata = workloadMetadata(application, workload, volume.claimName);
  const kept = isKept(application, volumeHolding(workload.name, volume.name));
  return { ...metadata, labels: { ...metadata.labels, ...protectedLabels(kept) } };
}

/** Prefixed, so that no volume of the application takes the name of one of ours. */
export const podVolumeName = (name: string): string => fitName(["volume", name], { max: MAX_LABEL });

/** The claims of a workload and a `/tmp` to write to, the root file system being read-only. */
export function podVolumes(workload: ResolvedWorkload, tmpSize: string = TMP_SIZE): PodVolume[] {
  return [
    { name: "tmp", emptyDir: { sizeLimit: tmpSize } },
    ...workload.volumes.map((volume) => ({
      name: podVolumeName(volume.name),
      persistentVolumeClaim: { claimName: volume.claimName },
    })),
  ];
}

export function volumeMounts(workload: ResolvedWorkload): VolumeMount[] {
  return [
    { name: "tmp", mountPath: "/tmp" },
    ...workload.volumes.map((volume) => ({ name: podVolumeName(volume.name), mountPath: volume.mountPath })),
  ];
}

/** A zonal disk is on one node at a time, so an old pod must go before its successor can start. */
export function hasZonalDisk(workload: ResolvedWorkload): boolean {
  return workload.volumes.some(({ access }) => access === "ReadWriteOnce");
}
