import type { CloudEnvironment } from "../cloud";
import type { EnvironmentTraits } from "../traits";
import { completePool } from "./karpenter/pool";
import { clusterName, stateBucketName } from "./names";
import type { Place } from "./place";

/** What people compare before they move an environment. */
export function describe(environment: CloudEnvironment, place: Place): EnvironmentTraits {
  return {
    place: `account ${place.accountId}, region ${place.region}`,
    cluster: "Amazon EKS",
    clusterName: clusterName(environment, place),
    kubernetesVersion: place.kubernetesVersion,
    ...(place.subnets?.vpcId !== undefined && { network: `VPC ${place.subnets.vpcId} of its owner` }),
    nodes: nodes(environment, place),
    state: `S3 bucket ${stateBucketName(environment, place)}`,
    credentials: "aws eks get-token",
    secretStore: "AWS Secrets Manager",
  };
}

function nodes({ profile }: CloudEnvironment, { autoMode, karpenter, kubernetesVersion }: Place): string {
  if (autoMode) return "EKS Auto Mode";
  if (kubernetesVersion === undefined) return "whatever its owner gave it";
  if (karpenter === undefined) return "groups of fixed size";
  const { cpuLimit, capacity, architectures } = completePool(karpenter.pool, profile);
  return `Karpenter, up to ${cpuLimit} vCPU, ${capacity.join(" or ")}, ${architectures.join(" or ")}`;
}
