import type { JsonObject } from "../kubernetes/json";
import type { Environment } from "../model/resolved";
import type { Addon } from "./addon";
import type { RoutingAddons } from "./routing-addons";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "./scheduling";

const NAME = "cert-manager";

/** Parts whose images the chart has values for beside the controller's. */
const PARTS = ["webhook", "cainjector", "acmesolver", "startupapicheck"] as const;

/** Obtains and renews the certificates of routes. */
export function certManager(
  environment: Pick<Environment, "profile">,
  { gatewayApi }: Pick<RoutingAddons, "gatewayApi">,
): Addon {
  return {
    name: NAME,
    namespace: NAME,
    chart: { repository: "https://charts.jetstack.io", name: NAME, version: "v1.21.1" },
    images: (placeOf) => {
      const of = (part: string): JsonObject => ({
        image: { repository: placeOf(`quay.io/jetstack/cert-manager-${part}`) },
      });
      return {
        ...of("controller"),
        ...Object.fromEntries(PARTS.map((part) => [part, of(part)])),
      };
    },
    values: () => ({
      // Kept on uninstall: without its definition every certificate would be deleted.
      crds: { enabled: true, keep: true },
      // The default, kube-system, needs rights there that some managed clusters refuse.
      global: { leaderElection: { namespace: NAME } },
      // It does not start where it is told to watch Gateways and finds no such kind.
      ...(gatewayApi !== undefined && { config: { gatewayAPI: { enabled: true } } }),
      ...component(environment, "controller", 2, resources("50m", "256Mi", "500m")),
      // Every certificate object passes through it: one more than the rest.
      webhook: component(environment, "webhook", 3, resources("25m", "64Mi", "250m")),
      cainjector: component(environment, "cainjector", 2, resources("25m", "256Mi", "250m")),
      // The install ends when the webhook answers, so the release with the issuers finds it working.
      startupapicheck: { timeout: "5m", resources: resources("10m", "64Mi", "100m"), ...ON_SYSTEM_NODES },
    }),
  };
}

function component(
  environment: Pick<Environment, "profile">,
  name: "controller" | "webhook" | "cainjector",
  inProduction: number,
  requests: JsonObject,
): JsonObject {
  const replicaCount = replicas(environment, inProduction);
  return {
    replicaCount,
    resources: requests,
    ...ON_SYSTEM_NODES,
    ...(replicaCount > 1 && {
      podDisruptionBudget: { enabled: true, maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
      topologySpreadConstraints: overZones({
        "app.kubernetes.io/instance": NAME,
        "app.kubernetes.io/component": name,
      }),
    }),
  };
}
