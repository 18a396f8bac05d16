import type { Affinity, Toleration } from "../model/scheduling";
import type { HostAlias } from "../model/workload";

/* The part of the Kubernetes objects that every workload shares: pods and their containers. See `objects.ts`. */

export type Labels = Readonly<Record<string, string>>;

export interface PodTemplate {
  readonly metadata: { readonly labels: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

export interface PodSpec {
  readonly serviceAccountName: string;
  /** Secrets by which nodes pull its images. @default - those of the service account */
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly restartPolicy: "Always" | "Never";
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: {
    readonly runAsNonRoot: boolean;
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly fsGroup: number;
    readonly fsGroupChangePolicy: "OnRootMismatch";
    readonly seccompProfile: { readonly type: "RuntimeDefault" };
  };
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly nodeSelector?: Labels;
  readonly affinity?: Affinity;
  readonly tolerations?: readonly Toleration[];
  readonly priorityClassName?: string;
  readonly hostAliases?: readonly HostAlias[];
  /** Run to their end one after the other, before the others. */
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly PodVolume[];
}

export interface TopologySpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
  readonly labelSelector: { readonly matchLabels: Labels };
  /** Counts the pods of one revision only, so that a rolling update spreads too. */
  readonly matchLabelKeys?: readonly string[];
}

export interface ContainerAmounts {
  readonly cpu: string;
  readonly memory: string;
  /** Space of the node's own disk: logs, what is written to the image's file system, volumes that end with the pod. */
  readonly "ephemeral-storage"?: string;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: "Always" | "IfNotPresent";
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly protocol: "TCP" | "UDP";
  }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly env?: readonly EnvVar[];
  readonly resources: {
    readonly requests: ContainerAmounts;
    readonly limits: ContainerAmounts;
  };
  readonly startupProbe?: ContainerProbe;
  readonly livenessProbe?: ContainerProbe;
  readonly readinessProbe?: ContainerProbe;
  readonly lifecycle?: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
  readonly securityContext: {
    readonly allowPrivilegeEscalation: boolean;
    readonly readOnlyRootFilesystem: boolean;
    readonly capabilities: { readonly drop: readonly string[] };
  };
  readonly volumeMounts: readonly VolumeMount[];
}

export type EnvVar =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
    };

export interface ContainerProbe {
  readonly exec?: { readonly command: readonly string[] };
  /** `scheme` is plain HTTP unless given. */
  readonly httpGet?: { readonly path: string; readonly port: string; readonly scheme?: "HTTPS" };
  /** Health checking protocol of gRPC, for the server as a whole. A port by its number: Kubernetes takes no name here. */
  readonly grpc?: { readonly port: number };
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

export interface PodVolume {
  readonly name: string;
  readonly emptyDir?: { readonly medium?: "Memory"; readonly sizeLimit: string };
  readonly configMap?: { readonly name: string };
  /** `defaultMode` is the files' mode as a number: 0o440. */
  readonly secret?: { readonly secretName: string; readonly defaultMode: number };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  /** Several in one folder. */
  readonly projected?: { readonly sources: readonly ProjectedSource[] };
}

/** All keys of a ConfigMap, or some of a Secret, each as the file `path`. */
export interface ProjectedSource {
  readonly configMap?: { readonly name: string };
  readonly secret?: {
    readonly name: string;
    readonly items: readonly { readonly key: string; readonly path: string }[];
  };
}
