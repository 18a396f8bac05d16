import type { Endpoint, PodPeer } from "../model/connection";
import type { PodAdmission } from "./admission";
import type { PolicyByName } from "./policy-objects";

/** Name of the ClusterSecretStore that `<env>-platform` creates and every ExternalSecret refers to. */
export const STORE_NAME = "cloud";

/**
 * Label of every namespace of an application, with the application's name. The ClusterSecretStore serves no other namespace.
 */
export const APPLICATION_NAMESPACE_LABEL = "goldenpath/application";

/** Nodes for cluster add-ons: add-ons prefer nodes with the label, and tolerate the taint that keeps others off. */
export const SYSTEM_NODES = {
  label: { key: "goldenpath/node-group", value: "system" },
  taintKey: "CriticalAddonsOnly",
} as const;

/** Label of every namespace of a preview, with the name of the environment whose cluster it is in. */
export const PREVIEW_LABEL = "goldenpath/preview";

/** What Kubernetes objects need to know of the cloud they will run on. No references: literals only. */
export interface CloudFacts {
  /** Where workloads get their identity's credentials, link-local addresses mostly. Empty if by no connection. */
  readonly identityEndpoints: readonly Endpoint[];
  /**
   * Where pods find the Kubernetes API, as network policies of this cloud's clusters see it: under the address of its
   * Service, behind it, or both. @default - unknown: the route controller gets no network policy
   */
  readonly apiServerEndpoints?: readonly Endpoint[];
  /** Address of the node-local DNS cache, allowed beside the cluster's DNS pods. @default - there is none */
  readonly nodeLocalDns?: string;
  /** Pods of that cache, where network policies see what answers rather than the address. @default - they do not */
  readonly nodeLocalDnsPods?: PodPeer;
  /** Policies that know hosts by their names. @default - a host is known by addresses alone */
  readonly policiesByName?: PoliciesByName;
  /** Blocks of the network itself: carved out of "every public address". */
  readonly privateCidrs: readonly string[];
  readonly storageClasses: Readonly<Record<"ReadWriteMany" | "ReadWriteOnce", string>>;
  /** How snapshots are taken of what the class `ReadWriteOnce` makes. @default - nobody here knows: none are */
  readonly diskSnapshots?: DiskSnapshots;
  /**
   * What volumes shared by all replicas are claimed as, where the cluster makes no others: pods of one node share such a
   * volume too, and the scheduler keeps them together. @default "ReadWriteMany"
   */
  readonly sharedVolumesAs?: "ReadWriteOnce";
  /** What the cluster makes of pods before it stores them. @default - it takes them as they are, or refuses them */
  readonly admission?: PodAdmission;
  /** Annotations of pods that run to their end, for node autoscalers to let them. @default - none */
  readonly undisturbedPodAnnotations?: Readonly<Record<string, string>>;
  /** Annotations of the controller's Service of type LoadBalancer. @default - none */
  readonly loadBalancerAnnotations?: Readonly<Record<string, string>>;
  /** `spec.loadBalancerClass` of that Service, which is immutable. @default - the cluster's own load balancers */
  readonly loadBalancerClass?: string;
  /**
   * TCP ports of every node at which the controller answers, for clusters that have no load balancers.
   * @default - by a Service of type LoadBalancer
   */
  readonly nodePorts?: NodePorts;
  /** Labels of the namespace with the controller's pods, by which the load balancer knows them. @default - none */
  readonly loadBalancerNamespaceLabels?: Readonly<Record<string, string>>;
  /**
   * Seconds for which the load balancer may still open connections to a pod that is going. @default - as long as two
   * failed health checks take
   */
  readonly loadBalancerDrainSeconds?: number;
  /** How external-dns reaches the environment's zones. @default - nobody manages records: external-dns is left out */
  readonly externalDns?: ExternalDnsProvider;
  /**
   * An existing namespace for the records of releases whose objects have none of their own. @default "kube-system"
   */
  readonly recordsNamespace?: string;
  /** Whether pods of the platform may see the nodes they run on: network, processes, file systems. @default true */
  readonly hostAccess?: boolean;
  /** Whether the cluster comes with a metrics server. @default false: it is installed */
  readonly hasMetricsServer?: boolean;
  /** Whether kubelets sign their own certificates, so that the metrics server cannot verify them. @default false */
  readonly selfSignedKubelets?: boolean;
  /**
   * Name of the ClusterIssuer by which the cluster signs the certificates of routes itself, for hosts that nobody on the
   * internet can ask for proof. @default - those of Let's Encrypt, of which the routing chooses
   */
  readonly clusterIssuer?: string;
  /** That applications here are previews of somebody's changes. @default - they are not */
  readonly preview?: PreviewFacts;
}

/** What tells the namespaces of a preview from all others, and what serves it in place of the cloud's secret store. */
export interface PreviewFacts {
  /** Labels by which it is found and told from others. */
  readonly labels: (application: string) => Readonly<Record<string, string>>;
  /** What people and the sweeper read of it. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Name of the ClusterSecretStore for its namespace of this name. */
  readonly secretStore: (namespace: string) => string;
}

/** What a VolumeSnapshotClass says, and who has to be there for it. */
export interface DiskSnapshots {
  /** Name of the CSI driver. */
  readonly driver: string;
  /** Its own parameters of a snapshot. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Deployment that brings the kinds of snapshots, where they are not part of every cluster.
   * @default - every cluster has them
   */
  readonly controller?: { readonly namespace: string; readonly name: string };
}

/** What opens ways to hosts by their names, in a cluster where somebody switched that on. */
export interface PoliciesByName {
  /** The kind of object that the cluster's data plane reads. */
  readonly kind: PolicyByName["kind"];
  readonly stage: PoliciesByNameStage;
}

/**
 * `beside`: what was open by addresses stays open, so that nothing depends yet on how names are followed. `instead`: names
 * alone open a way to what has one.
 */
export const POLICIES_BY_NAME = ["beside", "instead"] as const;
export type PoliciesByNameStage = (typeof POLICIES_BY_NAME)[number];

/** Ports in the cluster's range for Services of type NodePort: 30000 to 32767, if nobody changed it. */
export interface NodePorts {
  readonly http: number;
  readonly https: number;
}

/** What external-dns needs to know of one DNS service. */
export interface ExternalDnsProvider {
  /** Name as its flag `--provider` calls it: `aws`, `google`, `azure`. */
  readonly name: string;
  /**
   * Domains in which records may be edited, those below them included; none at all: the zones' own.
   * @default - the hosts of the environment's routes, which leaves out applications that other programs deploy
   */
  readonly domains?: readonly string[];
  /** Environment variables of the container. Nothing secret. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Flags of this provider, without the leading dashes. `true` is a flag without a value, a list repeats the flag.
   * Without `domains`, has to make the filter `api.example.com` find the zone `example.com`. @default - none
   * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/flags/
   */
  readonly flags?: Readonly<Record<string, string | true | readonly string[]>>;
  /** A file that this provider reads, by its full path. Nothing secret. @default - none */
  readonly configuration?: { readonly path: string; readonly content: string };
}
