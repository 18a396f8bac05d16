import type { Installed } from "../../addons/installed";
import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type { RegionInNames } from "../shared/region-in-names";
import type { Place } from "./place";
import type { LogRetentionDays, S3AddressSource } from "./props";
import type { AwsRegion } from "./regions";

/** An environment that another program created with `aws()`: `cloud: existingAws({...})`. */
export interface ExistingAwsProps extends RegionInNames {
  readonly region: AwsRegion;
  /** Twelve digits. Terraform refuses to touch any other account. */
  readonly accountId: string;
  /** EKS cluster to find. Its subnets are found by the tags that `aws()` gives them. @default - the environment's name */
  readonly clusterName?: string;
  /**
   * Blocks of the cluster's data subnets, those tagged `goldenpath:tier` = `data`, at least one. Network policies open
   * to them, and a policy cannot be made from what is known only when Terraform runs. A plan stops where a data subnet is in none of them.
   */
  readonly dataCidrs: readonly string[];
  /**
   * Ids of the data subnets, one in each zone, where the cluster is in a VPC that its owner was given (`network.existing`):
   * no tags tell them there. @default - those of the cluster's VPC with the tag `goldenpath:tier` = `data`
   */
  readonly dataSubnetIds?: readonly string[];
  /**
   * Name of the S3 bucket with this program's Terraform state, made beforehand. Its own: who may write to the
   * platform's bucket can read and change the platform's state.
   */
  readonly stateBucket: string;
  /**
   * ARN of the IAM policy that bounds every role made here, whatever is attached to it: with it, who deploys need not be
   * administrator of the account. @see docs/operations/rights.md @default - none
   */
  readonly permissionsBoundary?: string;
  /** Whether the cluster runs in EKS Auto Mode, where pods are answered DNS at another address. @default false */
  readonly autoMode?: boolean;
  /**
   * Days that logs of data services are kept; one of the periods CloudWatch has.
   * @default 365 in profile `production`, 90 in `small`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * What the cluster has from somebody else of what `<env>-platform` installs: names of add-ons, or `"all"`. Applications then
   * rest on it, and `goldenpath preflight` asks the cluster whether it is there.
   * @default - nothing: this program, or that of the environment's owner, installs all of it
   */
  readonly installed?: Installed;
  /** What the cluster's owner says there. In Auto Mode alone. @default - by addresses alone */
  readonly policiesByName?: PoliciesByNameStage;
  /** Same field as that of `aws()`: a choice of each application's program. @default "public" */
  readonly s3Addresses?: S3AddressSource;
}

export function existingPlace(props: ExistingAwsProps): Place {
  const { dataSubnetIds: data, dataCidrs: saidCidrs } = props;
  return { ...props, saidCidrs, autoMode: props.autoMode ?? false, ...(data !== undefined && { subnets: { data } }) };
}
