import type { GoogleDns } from "./props";

/** What stacks that stand on a cluster need to be told of it. The rest they look up. */
export interface Place {
  /** Id of the project: `orders-staging`. */
  readonly project: string;
  readonly region: string;
  readonly clusterName?: string;
  readonly stateBucket?: string;
  /** Blocks in which data services have their addresses, as literals: network policies are made of them. */
  readonly dataCidrs: readonly string[];
  readonly autopilot: boolean;
  readonly dns?: GoogleDns;
}
