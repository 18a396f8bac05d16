import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type { AllowListedEndpoint, PrivateEndpoint, ClusterAccess as SharedAccess } from "../shared/access";
import type { RegionInNames } from "../shared/region-in-names";
import type { AwsNetwork } from "./network-props";
import type { AwsRegion } from "./regions";

export type {
  AwsNetwork,
  AwsSubnet,
  ExistingAwsNetwork,
  ExistingVpc,
  ExistingZone,
  FlowLogInterval,
  MadeAwsNetwork,
} from "./network-props";
export { FLOW_LOG_INTERVALS } from "./network-props";
export type { RegionInNames } from "../shared/region-in-names";
export type { AllowListedEndpoint, PrivateEndpoint } from "../shared/access";

/** An environment on EKS: `cloud: aws({...})`. */
export interface AwsProps extends RegionInNames {
  readonly region: AwsRegion;
  /** Twelve digits. Terraform refuses to touch any other account. */
  readonly accountId: string;
  /** A VPC of its own, or one that is there: `{ existing: {...} }`. */
  readonly network: AwsNetwork;
  readonly endpoint: ClusterEndpoint;
  readonly access: ClusterAccess;
  /** @default - a managed node group `system`, and Karpenter's nodes for everything else */
  readonly nodes?: ManagedNodes | AutoMode;
  /** @default - external-dns may edit no zone */
  readonly dns?: AwsDns;
  /**
   * Minor version of EKS in standard support; one step up at a time. It carries nodes and add-ons along: they are at
   * the image and the versions that EKS recommends for it. When support ends EKS moves the control plane up by itself.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
   * @default "1.36"
   */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * Days that logs of control plane, network and data services are kept; one of the periods CloudWatch has.
   * @default 365 in profile `production`, 90 in `small`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * ARN of the IAM policy that bounds every role made here, whatever is attached to it: with it, who deploys need not be
   * administrator of the account. @see docs/operations/rights.md @default - none
   */
  readonly permissionsBoundary?: string;
  /**
   * Logs of the control plane that go to CloudWatch, which bills each GB of them: `audit` is by far the most.
   * @default - all five in profile `production`, `audit` and `authenticator` in `small`
   */
  readonly controlPlaneLogs?: readonly ControlPlaneLog[];
  /**
   * Whether hosts outside and S3 are opened by their names (`ApplicationNetworkPolicy`), which nodes of Auto Mode alone
   * follow: `"beside"` what their port to public addresses opens, or `"instead"` of it. A new cluster takes `"instead"` at
   * once, one that exists `"beside"` first. @see "What network policies hold" in docs/operations/guarantees.md
   * @default - by addresses alone
   */
  readonly policiesByName?: PoliciesByNameStage;
  /**
   * What an edge to a bucket opens port 443 to. `"public"`: every public address. `"prefix-list"`: the blocks of S3 in the
   * region, as AWS lists them when the application is deployed. AWS changes the list and a policy does not follow: until the
   * next deploy pods do not reach what was added. @see "What network policies hold" in docs/operations/guarantees.md
   * @default "public"
   */
  readonly s3Addresses?: S3AddressSource;
  /** Name of the S3 bucket with the Terraform state. @default - `<environment>-tfstate-<accountId>` */
  readonly stateBucket?: string;
  /**
   * Where the stack `state-<environment>`, which makes that bucket, keeps its own state: the file
   * `terraform.state-<environment>.tfstate` of whoever deploys it, or the bucket once it is there.
   * @see docs/operations/state.md @default "file"
   */
  readonly stateIn?: "file" | "bucket";
  /** EKS cluster to create, or to find where another program made it. @default - the environment's name */
  readonly clusterName?: string;
}

/** Who reaches the Kubernetes API. Authentication comes on top of it: see `ClusterAccess`. */
export type ClusterEndpoint = PrivateEndpoint | AllowListedEndpoint;

/** ARNs of IAM roles and users that may use the Kubernetes API. Nobody else can, the cluster's creator included. */
export type ClusterAccess = SharedAccess;

/** EKS runs nodes, their networking, load balancers and disks. */
export interface AutoMode {
  readonly autoMode: true;
}

/** Bottlerocket machines, managed and Karpenter's. */
export interface ManagedNodes {
  readonly autoMode?: false;
  /**
   * Version of Bottlerocket that all of them run, `1.50.0-1a2b3c4d`: nodes are replaced when it changes, and by no other
   * deploy. What there is for a Kubernetes version is said by
   * `aws ssm get-parameters-by-path --recursive --path /aws/service/bottlerocket/aws-k8s-<version>/x86_64`.
   * @default - the newest at each deploy of `<env>-cluster` and `<env>-platform`
   * @see https://github.com/bottlerocket-os/bottlerocket/releases
   */
  readonly image?: string;
  /**
   * Where cluster add-ons run, Karpenter among them, tainted `CriticalAddonsOnly=true:NoSchedule`.
   * @default - three `m7i.large` in profile `production` (`m6i` in regions without), two `t3.large` in `small`
   */
  readonly system?: NodeGroup;
  /**
   * Node pool `general`, whose nodes Karpenter makes for pods that find no room and takes away when fewer do. `false`:
   * applications run on `groups` alone, which nothing scales. @default - a pool with its own defaults
   */
  readonly karpenter?: KarpenterPool | false;
  /**
   * Node groups of fixed size for applications, by name. @default - none; with `karpenter: false` the group `general`:
   * three `m7i.xlarge` in profile `production` (`m6i` in regions without), two `t3.large` in `small`
   */
  readonly groups?: Readonly<Record<string, NodeGroup>>;
}

/** What Karpenter may choose from. It takes the cheapest that fits. @see https://karpenter.sh/docs/concepts/nodepools/ */
export interface KarpenterPool {
  /** vCPUs that all its nodes have together at most, 2 to 10000: the bound of the bill. @default 128 in profile `production`, 32 in `small` */
  readonly cpuLimit?: number;
  /**
   * Several: the cheaper first, which is spot. It goes at two minutes' notice, sooner than a route controller can let go
   * of its clients, and needs the role `AWSServiceRoleForEC2Spot` in the account.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
   * @default ["on-demand"]
   */
  readonly capacity?: readonly Capacity[];
  /** Processors: `arm64` is cheaper, for images that are built for it. @default - those of `instanceTypes`, or ["amd64"] */
  readonly architectures?: readonly Architecture[];
  /** First letters of EC2 families, of their sixth generation and later. @default ["c", "m", "r"] */
  readonly instanceCategories?: readonly string[];
  /** EC2 types to choose from, in place of `instanceCategories`. @default - all types of the categories with two vCPUs or more */
  readonly instanceTypes?: readonly string[];
  /** Data volume of images, logs and temporary files, in GiB, 20 to 16384. @default 100 */
  readonly diskGib?: number;
}

/** `spot` is cheaper and may be taken away with two minutes' notice. */
export type Capacity = "on-demand" | "spot";

export type Architecture = "amd64" | "arm64";

export interface NodeGroup {
  /** EC2 types of one processor architecture, preferred first; several for spot. `m7g.large` are ARM. */
  readonly instanceTypes: readonly string[];
  /** Nodes the group has: nothing scales a group, so this is the number to change for more or fewer. */
  readonly min: number;
  /**
   * The most that people may scale it to by hand, in need; the next run goes back to `min`. Machines that replace others
   * during an update come on top for a while. At least `min`.
   */
  readonly max: number;
  /** @default "on-demand" */
  readonly capacity?: Capacity;
  /** Data volume of images, logs and temporary files, in GiB, 20 to 16384. @default 100 */
  readonly diskGib?: number;
}

export interface AwsDns {
  /** Public Route 53 hosted zones that external-dns may edit; it leaves all others alone. */
  readonly zones: readonly HostedZone[];
}

export interface HostedZone {
  /** Domain of the zone: `example.com`. */
  readonly name: string;
  /** `Z0123456789ABCDEFGHIJ` */
  readonly id: string;
}

export const S3_ADDRESSES = ["public", "prefix-list"] as const;
export type S3AddressSource = (typeof S3_ADDRESSES)[number];

export const CONTROL_PLANE_LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;
export type ControlPlaneLog = (typeof CONTROL_PLANE_LOGS)[number];

export const KUBERNETES_VERSIONS = ["1.36", "1.35", "1.34"] as const;
export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number];

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;
export type LogRetentionDays = (typeof LOG_RETENTION_DAYS)[number];
