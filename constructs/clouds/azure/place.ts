import type { AzureDns } from "./props";

/** What stacks that stand on a cluster need to be told of it. The rest they look up. */
export interface Place {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** `germanywestcentral` */
  readonly location: string;
  readonly clusterName?: string;
  /** Storage account with the Terraform state. */
  readonly stateAccount?: string;
  /** Blocks of the subnets of data services, as literals: network policies are made of them. */
  readonly dataCidrs: readonly string[];
  readonly dns?: AzureDns;
}
