import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { isKnownService } from "../../services/kinds";
import type { CloudEnvironment } from "../cloud";
import { describeInCluster } from "../shared/describe-in-cluster";
import type { EnvironmentTraits, ServiceTraits } from "../traits";
import { facts } from "./facts";
import { completePool } from "./karpenter/pool";
import { clusterName, stateBucketName } from "./names";
import type { Place } from "./place";
import { secretPlace } from "./secret-store";
import { describeService as describeCell } from "./services/cells";

/** What people compare before they move an environment. */
export function describe(environment: CloudEnvironment, place: Place): EnvironmentTraits {
  return {
    place: `account ${place.accountId}, region ${place.region}`,
    cluster: "Amazon EKS",
    clusterName: clusterName(environment, place),
    kubernetesVersion: place.kubernetesVersion,
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

export function describeService(
  application: ResolvedApplication,
  given: ResolvedService,
  place: Pick<Place, "region" | "accountId" | "autoMode" | "dns">,
): ServiceTraits {
  const { name, service, sizing } = given;
  if (sizing.placement === "in-cluster") {
    return describeInCluster(application, given, { facts: facts(place), secretPlace });
  }
  if (!isKnownService(service)) throw new Error(`service ${name}: no cloud has a cell for ${service.kind}`);
  const { region, accountId } = place;
  const { environment } = application;
  return describeCell(service.kind, {
    service,
    sizing,
    region,
    accountId,
    environment,
    application: application.name,
    name,
  });
}
