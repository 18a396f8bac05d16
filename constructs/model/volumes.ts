import type { Bytes } from "./quantity";

/* Directories in the containers of a workload, by what is in them. */

export type Volume =
  PersistentVolume | EphemeralVolume | FilesVolume | ConfigMapVolume | SecretVolume | OutOfBandSecretsVolume;

interface Mounted {
  /** Path in the workload's own container. Others mount what they name. */
  readonly mountPath: string;
}

/**
 * A persistent directory. `ReadWriteMany` is shared by all replicas over all zones; `ReadWriteOnce` is a zonal disk,
 * refused where more than one replica is possible.
 */
export interface PersistentVolume extends Mounted {
  readonly size: Bytes;
  /** @default "ReadWriteMany" */
  readonly access?: "ReadWriteMany" | "ReadWriteOnce";
}

/** A directory that begins empty with each pod, and ends with it. */
export interface EphemeralVolume extends Mounted {
  /** `disk` of the node, or `memory`, which counts as the container's that writes it. */
  readonly ephemeral: "disk" | "memory";
  /** Most that may be in it: a pod that writes more to a disk is evicted. */
  readonly size: Bytes;
}

/** Files of the application's own, read-only. Another content replaces the pods. */
export interface FilesVolume extends Mounted {
  /** Contents by the names of files. Nothing secret: they are in the state and in the cluster as they are. */
  readonly files: Readonly<Record<string, string>>;
}

/** A ConfigMap that somebody else keeps in the application's namespace, read-only: each key is a file. */
export interface ConfigMapVolume extends Mounted {
  readonly configMap: string;
}

/** A Secret that somebody else keeps in the application's namespace, read-only: each key is a file. */
export interface SecretVolume extends Mounted {
  readonly secret: string;
}

/** Out-of-band secrets as files, read-only. */
export interface OutOfBandSecretsVolume extends Mounted {
  /** Names in `application.secrets`; each is a file of its name. */
  readonly secrets: readonly string[];
}

/** Every field of the forms, whichever one it is. */
export interface AnyVolume extends Mounted {
  readonly size?: Bytes;
  readonly access?: "ReadWriteMany" | "ReadWriteOnce";
  readonly ephemeral?: "disk" | "memory";
  readonly files?: Readonly<Record<string, string>>;
  readonly configMap?: string;
  readonly secret?: string;
  readonly secrets?: readonly string[];
}

/** Whether it is a claim that outlives its pods. */
export const isPersistent = (volume: AnyVolume): volume is PersistentVolume =>
  volume.size !== undefined && volume.ephemeral === undefined;
