import type { CloudFacts, ExternalDnsProvider } from "../../kubernetes/facts";
import type { Endpoint } from "../../model/connection";
import { NODE_LOCAL_DNS, RFC_1918 } from "../shared/addresses";
import { AUTOPILOT_ADMISSION } from "./autopilot";
import type { Place } from "./place";
import { DISK_DRIVER, STORAGE_CLASSES } from "./storage-classes";

/**
 * The metadata server of GKE on every node, as policies of Dataplane V2 see it, under the address that programs call.
 * Calico sees it behind that address, at 169.254.169.252 and ports 987 and 988; it is in no cluster made here.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity
 */
const METADATA_SERVER: readonly Endpoint[] = [80, 8080].map((port) => ({ cidrs: ["169.254.169.254/32"], port }));

/**
 * Health checks of a load balancer: three in a row fail, eight seconds apart, before it turns away from a node whose last
 * controller is going. As long again for GKE to see that it goes.
 * @see https://github.com/kubernetes/ingress-gce/blob/master/pkg/healthchecksl4/healthchecksl4.go
 */
const DRAIN_SECONDS = 60;

type Known = Pick<Place, "autopilot" | "dns" | "policiesByName" | "project" | "region">;

export function facts(place: Known): CloudFacts {
  const { policiesByName: stage } = place;
  return {
    ...(stage !== undefined && { policiesByName: { kind: "FQDNNetworkPolicy", stage } }),
    identityEndpoints: METADATA_SERVER,
    // The Service's address and the control plane's in its subnet: whichever of them a policy gets to see.
    apiServerEndpoints: [{ cidrs: RFC_1918, port: 443 }],
    nodeLocalDns: NODE_LOCAL_DNS,
    // Dataplane V2 sends what goes to the cluster's DNS to the cache's pod on the node before it asks policies, which then
    // see that pod. https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
    nodeLocalDnsPods: { namespace: "kube-system", labels: { "k8s-app": "node-local-dns" } },
    // The network is one of these.
    privateCidrs: RFC_1918,
    storageClasses: STORAGE_CLASSES,
    diskSnapshots: {
      driver: DISK_DRIVER,
      // In the region of the disks: by default Google keeps them in whichever multi-region is near.
      parameters: { "storage-locations": place.region },
    },
    ...(place.autopilot && { admission: AUTOPILOT_ADMISSION, hostAccess: false }),
    undisturbedPodAnnotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
    /*
     * A passthrough load balancer of Google's current kind: packets arrive with the client's address, and by the
     * controllers' `externalTrafficPolicy: Local` only where one is ready. It answers to the pod itself, so nothing in
     * between keeps or loses connections. Said when the Service is made, never after.
     * https://cloud.google.com/kubernetes-engine/docs/how-to/backend-service-based-external-load-balancer
     */
    loadBalancerAnnotations: { "cloud.google.com/l4-rbs": "enabled" },
    loadBalancerDrainSeconds: DRAIN_SECONDS,
    externalDns: externalDns(place),
    // Autopilot lets nobody write to kube-system.
    recordsNamespace: "default",
    hasMetricsServer: true,
  };
}

/** `undefined` where no zone is given: there is nothing it may edit. */
function externalDns({ dns, project }: Pick<Place, "dns" | "project">): ExternalDnsProvider | undefined {
  const zones = dns?.zones ?? [];
  if (zones.length === 0) return undefined;
  return {
    name: "google",
    // The zones' own: applications that other programs deploy onto the cluster get their records too.
    domains: [],
    flags: {
      "google-project": project,
      "google-zone-visibility": "public",
      // Zones of the same domain are told apart by it.
      "zone-id-filter": zones.map(({ name }) => name),
    },
  };
}
