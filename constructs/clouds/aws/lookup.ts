import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { TerraformIterator, type TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../model/resolved";
import { expression } from "../../terraform/expression";
import { withinSaid } from "../shared/said-blocks";
import { clusterName, type Tier, TIER_TAG } from "./names";
import type { Place } from "./place";
import { type AwsRegion, PARTITION } from "./regions";

/** What other stacks know of the environment's cluster and network. Found by name and tags, never in another stack's state. */
export interface AwsLookup {
  readonly clusterName: string;
  /** `https://…` address of the Kubernetes API. */
  readonly clusterEndpoint: string;
  /** Base64 of the PEM certificate that the API's certificate chains to. */
  readonly clusterCertificateAuthority: string;
  /** The security group of nodes and control plane: what opens to it opens to every pod. */
  readonly clusterSecurityGroupId: string;
  readonly vpcId: string;
  /** Isolated subnets for data services, one in each zone. */
  readonly dataSubnetIds: string[];
  /** Literals, given in the environment. */
  readonly region: AwsRegion;
  readonly accountId: string;
  readonly partition: string;
}

/** What data services need of it. */
export type ServiceLookup = Pick<
  AwsLookup,
  "accountId" | "clusterSecurityGroupId" | "dataSubnetIds" | "partition" | "region" | "vpcId"
>;

/**
 * Reads the cluster by its name and its subnets by their tags, unless they are given. Ids `Cluster` and `DataSubnets` under `Lookup`;
 * `DataSubnet`, each of them, where somebody has said their blocks.
 *
 * @param lifecycle conditions on the cluster that is found
 */
export function lookUpCluster(
  scope: Construct,
  environment: Pick<Environment, "name">,
  place: Pick<Place, "region" | "accountId" | "clusterName" | "regionInNames" | "subnets" | "saidCidrs">,
  lifecycle?: TerraformResourceLifecycle,
): AwsLookup {
  const lookup = new Construct(scope, "Lookup");
  const name = clusterName(environment, place);
  const cluster = new DataAwsEksCluster(lookup, "Cluster", { name, lifecycle });
  const { clusterSecurityGroupId, vpcId } = cluster.vpcConfig.get(0);
  const dataSubnetIds =
    place.subnets === undefined ? subnets(lookup, "DataSubnets", vpcId, "data") : [...place.subnets.data];
  if (place.saidCidrs !== undefined) {
    const each = TerraformIterator.fromList(dataSubnetIds);
    const what = `data subnet ${expression`self.id`}`;
    const said = { environment: environment.name, dataCidrs: place.saidCidrs, what, found: "self.cidr_block" };
    new DataAwsSubnet(lookup, "DataSubnet", { forEach: each, id: each.value as string, lifecycle: withinSaid(said) });
  }
  return {
    clusterName: name,
    clusterEndpoint: cluster.endpoint,
    clusterCertificateAuthority: cluster.certificateAuthority.get(0).data,
    clusterSecurityGroupId,
    vpcId,
    dataSubnetIds,
    region: place.region,
    accountId: place.accountId,
    partition: PARTITION,
  };
}

function subnets(scope: Construct, id: string, vpcId: string, tier: Tier): string[] {
  return new DataAwsSubnets(scope, id, {
    filter: [{ name: "vpc-id", values: [vpcId] }],
    tags: { [TIER_TAG]: tier },
  }).ids;
}
