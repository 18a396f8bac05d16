import type { CloudFacts, ExternalDnsProvider } from "../../kubernetes/facts";
import { NODE_LOCAL_DNS, RFC_1918 } from "../shared/addresses";
import { loadBalancerFacts } from "./load-balancer/network";
import type { Place } from "./place";
import { CLUSTER_DNS } from "./settings";
import { diskDriver, SNAPSHOT_CONTROLLER, STORAGE_CLASSES } from "./storage";

/** Where the Pod Identity agent answers on every node. https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html */
const POD_IDENTITY_AGENT = { cidrs: ["169.254.170.23/32"], port: 80 } as const;

type Known = Pick<Place, "autoMode" | "dns" | "policiesByName" | "region" | "subnets">;

export function facts(place: Known): CloudFacts {
  const { autoMode, policiesByName: stage } = place;
  return {
    ...(stage !== undefined && { policiesByName: { kind: "ApplicationNetworkPolicy", stage } }),
    identityEndpoints: [POD_IDENTITY_AGENT],
    // The Service's address and the control plane's interfaces in the subnets: whichever of them a policy gets to see.
    apiServerEndpoints: [{ cidrs: RFC_1918, port: 443 }],
    // Auto Mode has no DNS pods that a policy could name: its nodes answer on the Service's address.
    nodeLocalDns: autoMode ? CLUSTER_DNS : NODE_LOCAL_DNS,
    // The network is one of these.
    privateCidrs: RFC_1918,
    storageClasses: STORAGE_CLASSES,
    diskSnapshots: {
      driver: diskDriver(autoMode),
      controller: { namespace: "kube-system", name: SNAPSHOT_CONTROLLER },
    },
    // Auto Mode's nodes are Karpenter's as well. https://karpenter.sh/docs/concepts/disruption/#pod-level-controls
    undisturbedPodAnnotations: { "karpenter.sh/do-not-disrupt": "true" },
    ...loadBalancerFacts(autoMode, place.subnets?.loadBalancers),
    externalDns: externalDns(place),
  };
}

/** `undefined` where no zone is given: there is nothing it may edit. */
function externalDns({ dns, region }: Known): ExternalDnsProvider | undefined {
  const zones = dns?.zones ?? [];
  if (zones.length === 0) return undefined;
  return {
    name: "aws",
    // The zones' own: applications that other programs deploy onto the cluster get their records too.
    domains: [],
    environment: { AWS_REGION: region },
    flags: {
      "aws-zone-type": "public",
      // A domain filter names hosts, the zone is above them.
      "aws-zone-match-parent": true,
      "zone-id-filter": zones.map(({ id }) => id),
    },
  };
}
