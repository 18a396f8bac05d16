import type { Installed } from "../../addons/installed";
import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type { AllowListedEndpoint, PrivateEndpoint, ClusterAccess as SharedAccess } from "../shared/access";
import type { RegionInNames } from "../shared/region-in-names";
import type { DiskType } from "./machine-types";
import type { GoogleNetwork } from "./network-props";
import type { GoogleRegion } from "./regions";

export type {
  AllocatedRange,
  ExistingGoogleNetwork,
  ExistingVpcNetwork,
  GoogleNetwork,
  GoogleSubnet,
  MadeGoogleNetwork,
  SecondaryRange,
} from "./network-props";
export type { RegionInNames } from "../shared/region-in-names";
export type { AllowListedEndpoint, PrivateEndpoint } from "../shared/access";

/** An environment on GKE: `cloud: google({...})`. */
export interface GoogleProps extends RegionInNames {
  /**
   * Id of the project: `orders-staging`. One for each environment: rights in Google Cloud are given in a project, and
   * whoever may use one cluster of it may use the others. It exists and is billed, with the Service Usage and Cloud
   * Resource Manager APIs on; every other API is switched on here.
   */
  readonly project: string;
  readonly region: GoogleRegion;
  /** A network of its own, or one that is there: `{ existing: {...} }`. */
  readonly network: GoogleNetwork;
  readonly endpoint: ClusterEndpoint;
  readonly access: ClusterAccess;
  /** @default - Standard node pools `system` and `general` */
  readonly nodes?: StandardNodes | Autopilot;
  /** @default - external-dns may edit no zone */
  readonly dns?: GoogleDns;
  /**
   * Minor version of GKE at least; one step up at a time. Control plane and nodes get patches, and the next minor
   * version when the channel comes to it, by themselves and in the maintenance window.
   * @see https://cloud.google.com/kubernetes-engine/docs/release-schedule
   * @default "1.36"
   */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * How soon versions come: `RAPID` first, `STABLE` last. `EXTENDED` stays on a minor version for two years, at a price.
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels
   * @default "REGULAR"
   */
  readonly releaseChannel?: ReleaseChannel;
  /**
   * Days that logs of control plane, pods, network and data services are kept, 1 to 3650.
   * @default 365 in profile `production`, 90 in `small`
   */
  readonly logRetentionDays?: number;
  /**
   * Whether hosts outside and Cloud Storage are opened by their names (`FQDNNetworkPolicy`): `"beside"` what their port to
   * every public address opens, or `"instead"` of it. A new cluster takes `"instead"` at once. One that exists takes
   * `"beside"` first, and `"instead"` when the data plane was restarted: see "Edges to the outside" in docs/operations/google.md.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/fqdn-network-policies
   * @default - by addresses alone
   */
  readonly policiesByName?: PoliciesByNameStage;
  /** Name of the Cloud Storage bucket with the Terraform state. @default - `<environment>-tfstate-<project>` */
  readonly stateBucket?: string;
  /**
   * Where the stack `state-<environment>`, which makes that bucket, keeps its own state: the file
   * `terraform.state-<environment>.tfstate` of whoever deploys it, or the bucket once it is there.
   * @see docs/operations/state.md @default "file"
   */
  readonly stateIn?: "file" | "bucket";
  /** GKE cluster to create, or to find where another program made it. @default - the environment's name */
  readonly clusterName?: string;
}

/** Who reaches the Kubernetes API by its address. Authentication comes on top of it: see `ClusterAccess`. */
export type ClusterEndpoint = PrivateEndpoint | AllowListedEndpoint;

/**
 * Members that get a role in the project, by which they may use the Kubernetes API: `user:…`, `group:…`,
 * `serviceAccount:…`, or federated ones by `principal://iam.googleapis.com/…` and `principalSet://iam.googleapis.com/…`.
 * Unlike access entries of EKS, which belong to one cluster, such a role is good for every cluster of the project, and
 * whoever is owner or editor of the project may use them anyway.
 * @see https://cloud.google.com/iam/docs/principal-identifiers
 */
export type ClusterAccess = SharedAccess;

/** GKE runs nodes, and bills what pods ask for. */
export interface Autopilot {
  readonly autopilot: true;
}

/** Pools of Container-Optimized OS machines, which grow with the pods that find no room and shrink with those that go. */
export interface StandardNodes {
  readonly autopilot?: false;
  /**
   * Where cluster add-ons run, tainted `CriticalAddonsOnly=true:NoSchedule`.
   * @default - 3 to 6 `n2-standard-2` in profile `production`, 2 to 3 `e2-standard-2` in `small`
   */
  readonly system?: NodePool;
  /**
   * Pools for applications, by name of up to 13 characters; all on machines that take one kind of disk.
   * @default - `general`: 3 to 12 `n2-standard-4` in profile `production`, 2 to 4 `e2-standard-2` in `small`
   */
  readonly pools?: Readonly<Record<string, NodePool>>;
}

/** `spot` is cheaper and may be taken away with thirty seconds' notice. */
export type Capacity = "on-demand" | "spot";

export interface NodePool {
  /** One Compute Engine type: `n2-standard-4`. `c4a`, `n4a` and `t2a` are ARM. */
  readonly machineType: string;
  /** Nodes of all zones together that stay though nothing needs them. */
  readonly min: number;
  /** Nodes of all zones together at most: the bound of the bill. One more comes for a while during an upgrade. At least `min`. */
  readonly max: number;
  /** @default "on-demand" */
  readonly capacity?: Capacity;
  /**
   * Boot disk with images, logs and temporary files, in GiB, 20 to 16384. Another size makes the nodes of the pool anew,
   * one after the other. @default 100 in profile `production`, 50 for its pool `system`; 30 in `small`
   */
  readonly diskGib?: number;
}

export interface GoogleDns {
  /** Public managed zones of Cloud DNS that external-dns may edit; it leaves all others alone. */
  readonly zones: readonly ManagedZone[];
}

export interface ManagedZone {
  /** Domain of the zone: `example.com`. */
  readonly domain: string;
  /** Name of the managed zone: `example-com`. */
  readonly name: string;
}

/** An environment that another program created with `google()`: `cloud: existingGoogle({...})`. */
export interface ExistingGoogleProps extends RegionInNames {
  /** Id of the project: `orders-staging`. */
  readonly project: string;
  readonly region: GoogleRegion;
  /** GKE cluster to find. @default - the environment's name */
  readonly clusterName?: string;
  /**
   * Blocks in which data services have their addresses, at least one: the range `<cluster>-data` of the network. Network
   * policies open to them, and a policy cannot be made from what is known only when Terraform runs.
   */
  readonly dataCidrs: readonly string[];
  /**
   * Network that the cluster is in, where its owner was given it (`network.existing`), with the name of the range that
   * `dataCidrs` are of. @default - the network with the cluster's name
   */
  readonly network?: FoundNetwork;
  /**
   * Name of the Cloud Storage bucket with this program's Terraform state, made beforehand. Its own: who may write to the
   * platform's bucket can read and change the platform's state.
   */
  readonly stateBucket: string;
  /**
   * What the cluster has from somebody else of what `<env>-platform` installs: names of add-ons, or `"all"`. Applications then
   * rest on it, and `goldenpath preflight` asks the cluster whether it is there.
   * @default - nothing: this program, or that of the environment's owner, installs all of it
   */
  readonly installed?: Installed;
  /** What the cluster's owner says there: without it the kind of object is unknown. @default - by addresses alone */
  readonly policiesByName?: PoliciesByNameStage;
  /** Whether the cluster is an Autopilot one. @default false */
  readonly autopilot?: boolean;
  /** The kind of disk that the cluster's nodes take. @default "pd-balanced" */
  readonly diskType?: DiskType;
}

/** A network that was given to the cluster's owner. */
export interface FoundNetwork {
  /** Id of the project that has it. @default - the cluster's own */
  readonly project?: string;
  readonly name: string;
  /** Name of the allocated range in which data services have their addresses. */
  readonly dataRange: string;
}

/** 1.34 has ended but for the channel `EXTENDED`. */
export const KUBERNETES_VERSIONS = ["1.36", "1.35", "1.34"] as const;
export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number];

export const RELEASE_CHANNELS = ["RAPID", "REGULAR", "STABLE", "EXTENDED"] as const;
export type ReleaseChannel = (typeof RELEASE_CHANNELS)[number];

/** Versions that one channel alone has still. */
export const ONLY_EXTENDED: readonly KubernetesVersion[] = ["1.34"];
