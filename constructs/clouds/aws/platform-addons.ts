import type { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import type { CloudEnvironment } from "../cloud";
import { karpenterAddons } from "./karpenter/addons";
import { loadBalancerController } from "./load-balancer/controller";
import type { AwsLookup } from "./lookup";
import type { Place } from "./place";

export interface ClusterAddonsInput {
  readonly lookup: AwsLookup;
  readonly place: Place;
  readonly environment: CloudEnvironment;
}

/** What makes nodes and load balancers on EKS. Auto Mode has both built in. */
export function clusterAddons(scope: Construct, input: ClusterAddonsInput): Addon[] {
  const { autoMode, karpenter } = input.place;
  if (autoMode) return [];
  return [
    ...(karpenter === undefined ? [] : karpenterAddons(scope, input, karpenter)),
    loadBalancerController(scope, input),
  ];
}
