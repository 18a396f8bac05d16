import { fitName, type NameRule } from "../../model/names";
import { dottedName } from "../shared/dotted-name";
import { nameIn, type RegionInNames } from "../shared/region-in-names";

/** Name limits of the AWS services, from the API reference of each. */
export const AWS_NAMES = {
  role: { max: 64 },
  cluster: { max: 100 },
  launchTemplate: { max: 128 },
  instanceProfile: { max: 128 },
  queue: { max: 80 },
  /** Dots are not allowed here, underscores are, as in the next; no name in the input contains one. */
  topic: { max: 256, separator: "_" },
  alarm: { max: 255, separator: "_" },
  eventRule: { max: 64 },
  /** S3 names are shared by all accounts. */
  bucket: { max: 63 },
  securityGroup: { max: 255 },
  /** `alias/` not counted. */
  keyAlias: { max: 250 },
  dbInstance: { max: 63 },
  dbSubnetGroup: { max: 255 },
  dbSnapshot: { max: 255 },
  /** Room that is left by what the provider puts behind a prefix: the time to 16 places and a counter of eight. */
  dbParameterGroup: { max: 255 - 26 },
  replicationGroup: { max: 40 },
  /** Documented nowhere: as much as a fixed name always had room for. */
  cacheSnapshot: { max: 50 },
  cacheUser: { max: 40 },
  /** Dots are not allowed here, underscores are; no name in the input contains one. */
  broker: { max: 50, separator: "_" },
} as const satisfies Readonly<Record<string, NameRule>>;

/** Resources the lookup finds bear this tag: `goldenpath:tier` = `public`, `private` or `data`. */
export const TIER_TAG = "goldenpath:tier";

export type Tier = "public" | "private" | "data";

/** What a role is for. Roles of one kind are told apart by the parts after it. */
export type RoleKind = "addon" | "rds-monitoring" | "replication" | "workload";

/** `staging.workload.my-app.backend`: role names are shared by the whole account. */
export function roleName(environment: string, kind: RoleKind, ...parts: readonly string[]): string {
  return dottedName([environment, kind, ...parts], AWS_NAMES.role);
}

/** What names in the account are made of. */
interface Naming extends RegionInNames {
  readonly region: string;
}

/** What names have in place of the environment's: `staging`, or `staging-eu-west-1`. */
export const nameOf = (environment: { readonly name: string }, props: Naming): string =>
  nameIn(environment, props, props.region);

export function clusterName(
  environment: { readonly name: string },
  props: Naming & { readonly clusterName?: string },
): string {
  return props.clusterName ?? fitName([nameOf(environment, props)], AWS_NAMES.cluster);
}

/** `staging-tfstate-123456789012`: global names need something no other account has. */
export function stateBucketName(
  environment: { readonly name: string },
  props: Naming & { readonly accountId: string; readonly stateBucket?: string },
): string {
  return props.stateBucket ?? fitName([nameOf(environment, props), "tfstate", props.accountId], AWS_NAMES.bucket);
}

/** What Karpenter is told of by name: made in `<env>-cluster`, used in `<env>-platform`. IAM knows no regions. */
export const karpenterNames = (cluster: string, region: string) =>
  ({
    nodeRole: fitName([cluster, region, "karpenter-node"], AWS_NAMES.role),
    instanceProfile: fitName([cluster, region, "karpenter-node"], AWS_NAMES.instanceProfile),
    queue: fitName([cluster, "karpenter"], AWS_NAMES.queue),
  }) as const;

/** Tag on the subnets and the security group of a cluster, `shared` or `owned`: AWS's own convention. */
export const clusterTag = (cluster: string) => `kubernetes.io/cluster/${cluster}`;

/** A copy of it in a second region, which an environment of the same name there would not take for its own. */
export function filesCopyToken(cluster: string): string {
  return fitName([cluster, "volumes", "copy"], { max: 64 });
}

/** The file system of ReadWriteMany volumes is found by it, as AWS allows no lookup by name. */
export function fileSystemToken(cluster: string): string {
  return fitName([cluster, "volumes"], { max: 64 });
}
