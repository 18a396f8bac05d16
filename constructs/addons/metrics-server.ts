import type { CloudFacts } from "../kubernetes/facts";
import type { Environment } from "../model/resolved";
import type { Addon } from "./addon";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "./scheduling";

const NAME = "metrics-server";

/** What autoscalers read CPU and memory from. */
export function metricsServer(
  environment: Pick<Environment, "profile">,
  { selfSignedKubelets = false }: Pick<CloudFacts, "selfSignedKubelets">,
): Addon {
  const count = replicas(environment, 2);
  return {
    name: NAME,
    namespace: "kube-system",
    createNamespace: false,
    chart: { repository: "https://kubernetes-sigs.github.io/metrics-server/", name: NAME, version: "3.13.1" },
    images: (placeOf) => ({ image: { repository: placeOf("registry.k8s.io/metrics-server/metrics-server") } }),
    values: () => ({
      replicas: count,
      ...(selfSignedKubelets && { args: ["--kubelet-insecure-tls"] }),
      // Only here: some clusters reserve the class for kube-system.
      priorityClassName: "system-cluster-critical",
      resources: resources("100m", "256Mi", "500m"),
      ...ON_SYSTEM_NODES,
      ...(count > 1 && {
        podDisruptionBudget: { enabled: true, maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
        topologySpreadConstraints: overZones({ "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME }),
      }),
    }),
  };
}
