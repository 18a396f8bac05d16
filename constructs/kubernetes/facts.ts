import type { Endpoint } from "../model/connection";

/** Name of the ClusterSecretStore that `<env>-platform` creates and every ExternalSecret refers to. */
export const STORE_NAME = "cloud";

/** What Kubernetes objects need to know of the cloud they will run on. No references: literals only. */
export interface CloudFacts {
  /** The link-local address where workloads get their identity's credentials. @default - none is needed */
  readonly identityEndpoint?: Endpoint;
  /** Address of the node-local DNS cache, allowed beside the cluster's DNS pods. */
  readonly nodeLocalDns: string;
  /** Blocks of the network itself: carved out of "every public address". */
  readonly privateCidrs: readonly string[];
  readonly storageClasses: Readonly<Record<"ReadWriteMany" | "ReadWriteOnce", string>>;
}
