import { withDisk } from "../kubernetes/disk";
import type { CloudFacts } from "../kubernetes/facts";
import type {
  Container,
  KubernetesObject,
  Labels,
  NetworkPolicy,
  PodTemplate,
  PodVolume,
  PolicyPeer,
  Service,
} from "../kubernetes/objects";
import { podSecurity, RESTRICTED_CONTAINER } from "../kubernetes/pod";
import { reloadedWith } from "../kubernetes/reload";
import type { Bytes } from "../model/quantity";
import type { Size } from "../model/service";
import type { Resources } from "../model/workload";
import type { InClusterRequest } from "./form";
import { dataMetadata, serverMetadata, serverName, serverNames } from "./names";

/** Where a server finds its certificate (`tls.crt`, `tls.key`, `ca.crt`), its passwords and its configuration. */
export const TLS_PATH = "/etc/goldenpath/tls";
export const SECRET_PATH = "/etc/goldenpath/secret";
export const DATA_VOLUME = "data";

/** What one kind of server says of its pod. */
export interface Server {
  /** User and group of the image: who may read the certificate's key and write to the disk. */
  readonly user: number;
  readonly containers: readonly Omit<Container, "imagePullPolicy" | "securityContext">[];
  /** Volumes beside its disk, certificate, passwords and `/tmp`. */
  readonly volumes?: readonly PodVolume[];
  /** Seconds to write everything down after it was told to stop. */
  readonly graceSeconds: number;
  /** Whether its passwords are read anew at each start, so that other passwords are a reason for one. */
  readonly readsPasswords: boolean;
  /** Text of its configuration: another text is other pods. */
  readonly checksum: string;
}

/** Reloader replaces the pods when one of these changes. */
export const reloadOf = (request: InClusterRequest, { readsPasswords }: Pick<Server, "readsPasswords">): Labels => {
  const { certificate, login } = serverNames(request);
  return reloadedWith({ secrets: readsPasswords ? [certificate, login] : [certificate] });
};

/**
 * One pod on a disk of its own. A StatefulSet and not a Deployment: it never starts a second pod before the first is
 * known to be gone, and two servers on one disk are the end of it. There is no disruption budget, as that would only keep
 * the node from being drained; what moves pods about to save nodes is asked to leave this one.
 */
export function singleServer(request: InClusterRequest, server: Server, facts: CloudFacts): KubernetesObject[] {
  const { claim } = serverNames(request);
  const metadata = serverMetadata(request);
  const volumes: PodVolume[] = [{ name: DATA_VOLUME, persistentVolumeClaim: { claimName: claim } }];
  return [
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: dataMetadata(request, claim),
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: facts.storageClasses.ReadWriteOnce,
        resources: { requests: { storage: request.sizing.storage } },
      },
    },
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { ...metadata, annotations: reloadOf(request, server) },
      spec: {
        replicas: 1,
        revisionHistoryLimit: 3,
        serviceName: serverName(request),
        updateStrategy: { type: "RollingUpdate" },
        selector: { matchLabels: { app: serverName(request) } },
        template: serverPod(request, server, volumes, facts.undisturbedPodAnnotations),
      },
    },
  ];
}

/** A server's pod, under a service account that can do nothing. */
export function serverPod(
  request: InClusterRequest,
  server: Server,
  more: readonly PodVolume[] = [],
  annotations: Labels = {},
): PodTemplate {
  const { certificate, login } = serverNames(request);
  const { labels } = serverMetadata(request);
  const volumes: PodVolume[] = [
    { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
    { name: "tls", secret: { secretName: certificate, defaultMode: 0o440 } },
    { name: "secret", secret: { secretName: login, defaultMode: 0o440 } },
    ...(server.volumes ?? []),
    ...more,
  ];
  return {
    metadata: { labels, annotations: { ...annotations, "checksum/config": server.checksum } },
    spec: {
      serviceAccountName: serverName(request),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: "Always",
      terminationGracePeriodSeconds: server.graceSeconds,
      securityContext: podSecurity(server.user),
      containers: server.containers.map((container) =>
        withDisk({ ...container, imagePullPolicy: "IfNotPresent", securityContext: RESTRICTED_CONTAINER }, volumes),
      ),
      volumes,
    },
  };
}

/** What every server's main container mounts. */
export const SERVER_MOUNTS: Container["volumeMounts"] = [
  { name: "tmp", mountPath: "/tmp" },
  { name: "tls", mountPath: TLS_PATH, readOnly: true },
  { name: "secret", mountPath: SECRET_PATH, readOnly: true },
];

export function serverService(request: InClusterRequest, port: number, targetPort: number = port): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: serverMetadata(request),
    spec: {
      type: "ClusterIP",
      selector: { app: serverName(request) },
      ports: [{ name: "server", port, targetPort, protocol: "TCP" }],
    },
  };
}

/** Policy that lets in those who may, and out to nobody, unless it says so. */
export function serverPolicy(
  request: InClusterRequest,
  from: readonly PolicyPeer[],
  port: number,
  egress: NetworkPolicy["spec"]["egress"] = [],
): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: serverMetadata(request),
    spec: {
      podSelector: { matchLabels: { app: serverName(request) } },
      policyTypes: ["Ingress", "Egress"],
      ingress: from.length === 0 ? [] : [{ from, ports: [{ port, protocol: "TCP" }] }],
      egress,
    },
  };
}

/** CPUs requested and at most, and memory, of each node. */
export type ServerSizes = Readonly<Record<Size, Parameters<typeof serverResources>>>;

/** Memory is requested whole: a server that is short of it is killed, and comes back after its recovery. */
export const serverResources = (cpu: Resources["requests"]["cpu"], limit: Resources["limits"]["cpu"], memory: Bytes) =>
  ({ requests: { cpu, memory }, limits: { cpu: limit, memory } }) as const;
