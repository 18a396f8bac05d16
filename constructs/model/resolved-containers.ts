import type { SecretSpec } from "./application";
import type { ContainerCheck, ContainerSpec, SidecarSpec } from "./containers";
import type { Covering } from "./covering";
import type { Probe } from "./probes";
import type { Bytes, Resources } from "./quantity";

/* Containers beside a workload's own with every default applied, and the secrets that any container may read. */

export interface ResolvedSecret extends SecretSpec {
  readonly name: string;
  /** Place in the cloud's secret store, as `cloud.secretPlace` writes it: `staging/my-app/stripe-key`. */
  readonly remoteKey: string;
  /** Key of the value there. @default - the secret is the value */
  readonly remoteProperty?: string;
  /** Ciphertext for the Sealed Secrets controller. @default - it is in the secret store */
  readonly sealed?: string;
}

/** A container beside the workload's own. */
export type ResolvedContainer = Covering<
  {
    readonly name: string;
    readonly image: string;
    readonly command: readonly string[] | undefined;
    readonly args: readonly string[] | undefined;
    readonly config: Readonly<Record<string, string>>;
    readonly secrets: readonly ResolvedSecret[];
    readonly resources: Resources;
    readonly mounts: Readonly<Record<string, string>>;
    readonly readOnlyRootFilesystem: boolean;
  },
  ContainerSpec,
  never
>;

export type ResolvedSidecar = ResolvedContainer &
  Covering<
    {
      readonly ports: Readonly<Record<string, number>>;
      readonly liveness: ResolvedCheck | undefined;
      readonly readiness: ResolvedCheck | undefined;
      readonly startup: ResolvedCheck | undefined;
    },
    Omit<SidecarSpec, keyof ContainerSpec>,
    never
  >;

/** One of `command` and the two others. */
export type ResolvedCheck = Required<Probe> & Pick<ContainerCheck, "command" | "path" | "port">;

/** A directory of the pod that is no claim, with one of the sources. */
export interface ResolvedPodVolume {
  readonly name: string;
  readonly mountPath: string;
  readonly ephemeral?: { readonly medium: "disk" | "memory"; readonly size: Bytes };
  readonly files?: Readonly<Record<string, string>>;
  readonly configMap?: string;
  readonly secret?: string;
  readonly secrets?: readonly ResolvedSecret[];
}

/** A claim of the workload's pods. */
export interface ResolvedVolume {
  readonly name: string;
  /** `my-app-backend-uploads`: name of the PersistentVolumeClaim. */
  readonly claimName: string;
  readonly mountPath: string;
  readonly size: Bytes;
  readonly access: "ReadWriteMany" | "ReadWriteOnce";
}
