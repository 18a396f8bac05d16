import { fitName, type NameRule } from "../../model/names";
import { nameIn, type RegionInNames } from "../shared/region-in-names";

/** Name limits of Google Cloud, from the API reference of each. */
export const GOOGLE_NAMES = {
  cluster: { max: 40 },
  /** Networks, subnets, routers, addresses and firewall rules. */
  compute: { max: 63 },
  /** Cloud Storage names are shared by all projects. */
  bucket: { max: 63 },
  keyRing: { max: 63 },
  /** Begin with a letter and have six characters at least, which a suffix sees to. */
  serviceAccount: { max: 30 },
  /**
   * Names of IAM roles, in one project: 64, of which an underscore and six digits that are drawn take seven. Hyphens are not allowed
   * here, underscores are.
   */
  role: { max: 57, separator: "_" },
  logBucket: { max: 100 },
  topic: { max: 255 },
  label: { max: 63, separator: "_" },
} as const satisfies Readonly<Record<string, NameRule>>;

/**
 * Name of a node pool, with the hyphen after it: GKE takes 40 characters, and 26 of them tell a pool from the one that
 * replaces it.
 */
export const MAX_POOL_NAME = 13;

/** What names in the project are made of. */
interface Naming extends RegionInNames {
  readonly region: string;
}

/** What names have in place of the environment's: `staging`, or `staging-europe-west4`. */
export const nameOf = (environment: { readonly name: string }, props: Naming): string =>
  nameIn(environment, props, props.region);

export function clusterName(
  environment: { readonly name: string },
  props: Naming & { readonly clusterName?: string },
): string {
  return props.clusterName ?? fitName([nameOf(environment, props)], GOOGLE_NAMES.cluster);
}

/** `staging-tfstate-orders-staging`: global names need something no other project has. */
export function stateBucketName(
  environment: { readonly name: string },
  props: Naming & { readonly project: string; readonly stateBucket?: string },
): string {
  return props.stateBucket ?? fitName([nameOf(environment, props), "tfstate", props.project], GOOGLE_NAMES.bucket);
}

/** What other stacks find by name. */
export const networkNames = (cluster: string) =>
  ({
    network: fitName([cluster], GOOGLE_NAMES.compute),
    nodes: fitName([cluster, "nodes"], GOOGLE_NAMES.compute),
    /** The range in which data services and shared file systems have their addresses. */
    dataRange: fitName([cluster, "data"], GOOGLE_NAMES.compute),
  }) as const;

/** Keys of the cluster's key ring. The ring has a name that is never used twice. */
export const KEYS = { secrets: "secrets", disks: "disks", files: "files", logs: "logs" } as const;

/** An IAM role's id: names of the input with underscores for hyphens. */
export const roleId = (...parts: readonly string[]): string =>
  fitName(
    parts.map((part) => part.replaceAll("-", "_")),
    GOOGLE_NAMES.role,
  );
