import { withDefaults } from "../../model/defaults";

/** Who may use the Kubernetes API, each as the cloud names people and programs. */
export interface ClusterAccess {
  /** Those who run `cdktf deploy`: cluster administrators. */
  readonly deployers: readonly string[];
  /** People who repair it: cluster administrators. */
  readonly administrators: readonly string[];
  /** People who may read everything but secrets. @default - none */
  readonly viewers?: readonly string[];
  /**
   * Programs that plan and never apply: they read everything in the cluster, Secrets too, as a release of a chart is one, and
   * write nothing; on Azure also secrets and keys of the vaults and the state. @default - none
   */
  readonly planners?: readonly string[];
}

/** Groups in the order in which they are made. */
export const ACCESS_GROUPS = [
  "deployers",
  "administrators",
  "viewers",
  "planners",
] as const satisfies readonly (keyof ClusterAccess)[];

/** All groups, those that were not given with nobody in them. */
export const everyGroup = (access: ClusterAccess): Required<ClusterAccess> =>
  withDefaults({ viewers: [] as readonly string[], planners: [] as readonly string[] }, access);

/** The Kubernetes API answers only inside the network and networks connected to it: the runner that applies must be there. */
export interface PrivateEndpoint {
  readonly access: "private";
  /** Private blocks that may call it; on Google Cloud 1 to 99, beside the network's own. @default - the network's own */
  readonly cidrs?: readonly string[];
}

/** The Kubernetes API answers the network, and the listed public blocks. */
export interface AllowListedEndpoint {
  readonly access: "allow-list";
  /**
   * Public blocks of the runner and of people's VPN, none wider than /8: 1 to 40 on AWS, to 99 on Google Cloud, to 200 on
   * Azure.
   */
  readonly cidrs: readonly string[];
}
