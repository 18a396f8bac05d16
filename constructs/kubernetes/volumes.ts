import { isKept, volumeHolding } from "../model/holdings";
import { fitName, MAX_LABEL, sealedName } from "../model/names";
import type { ResolvedApplication, ResolvedPodVolume, ResolvedVolume, ResolvedWorkload } from "../model/resolved";
import { secretName } from "./env";
import type { CloudFacts } from "./facts";
import { workloadMetadata } from "./labels";
import type { Metadata, PersistentVolumeClaim, PodVolume, VolumeMount } from "./objects";
import { protectedLabels } from "./protection";

/** Room in `/tmp` for a workload that says nothing of it; a pod that takes more is evicted. */
const TMP_SIZE = "256Mi";

export function persistentVolumeClaims(
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  facts: Pick<CloudFacts, "sharedVolumesAs" | "storageClasses">,
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

/** Files that the workload's user may read. */
const SECRET_MODE = 0o440;

/** No workload has a dot in its name, so this is never another one's ConfigMap. */
export const filesName = (
  workload: Pick<ResolvedWorkload, "objectName">,
  volume: Pick<ResolvedPodVolume, "name">,
): string => `${workload.objectName}.${volume.name}.files`;

function sourceOf(
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  volume: ResolvedPodVolume,
): Omit<PodVolume, "name"> {
  const { ephemeral, files, configMap, secret, secrets = [] } = volume;
  if (ephemeral !== undefined) {
    return { emptyDir: { ...(ephemeral.medium === "memory" && { medium: "Memory" }), sizeLimit: ephemeral.size } };
  }
  if (files !== undefined) return { configMap: { name: filesName(workload, volume) } };
  if (configMap !== undefined) return { configMap: { name: configMap } };
  if (secret !== undefined) return { secret: { secretName: secret, defaultMode: SECRET_MODE } };
  return {
    projected: {
      sources: secrets.map(({ name, sealed }) => ({
        secret: {
          name: sealed === undefined ? secretName(application) : sealedName(application.name),
          items: [{ key: name, path: name }],
        },
      })),
    },
  };
}

/** The claims of a workload, its other volumes and a `/tmp` to write to, the root file system being read-only. */
export function podVolumes(
  application: ResolvedApplication,
  workload: ResolvedWorkload,
  tmpSize: string = TMP_SIZE,
): PodVolume[] {
  return [
    { name: "tmp", emptyDir: { sizeLimit: tmpSize } },
    ...workload.volumes.map((volume) => ({
      name: podVolumeName(volume.name),
      persistentVolumeClaim: { claimName: volume.claimName },
    })),
    ...(workload.podVolumes ?? []).map((volume) => ({
      name: podVolumeName(volume.name),
      ...sourceOf(application, workload, volume),
    })),
  ];
}

export function volumeMounts(workload: ResolvedWorkload): VolumeMount[] {
  return [
    { name: "tmp", mountPath: "/tmp" },
    ...workload.volumes.map((volume) => ({ name: podVolumeName(volume.name), mountPath: volume.mountPath })),
    ...(workload.podVolumes ?? []).map(({ name, mountPath, ephemeral }) => ({
      name: podVolumeName(name),
      mountPath,
      ...(ephemeral === undefined && { readOnly: true }),
    })),
  ];
}

/** A zonal disk is on one node at a time, so an old pod must go before its successor can start. */
export function hasZonalDisk(workload: ResolvedWorkload): boolean {
  return workload.volumes.some(({ access }) => access === "ReadWriteOnce");
}
