import type { NetworkPolicy, PodMonitor, RabbitmqCluster } from "../../kubernetes/objects";
import { podPeer } from "../../kubernetes/policy-endpoints";
import { unprotected } from "../../kubernetes/protection";
import { rabbitmqPodLabels } from "../../kubernetes/rabbitmq-labels";
import type { PodPeer } from "../../model/connection";
import type { BrokerEndpoint } from "../alerts/measured-services";
import { nameOf, type Watched } from "../alerts/watched";

/* Brokers in the cluster, whose nodes tell what they measure by RabbitMQ's own plugin: the operator turns it on in all of them. */

/**
 * Port of the plugin under TLS, and its name in the pods that the operator makes.
 *
 * @see https://github.com/rabbitmq/cluster-operator/blob/v2.22.4/internal/resource/statefulset.go
 */
const PORT = { name: "prometheus-tls", number: 15_691 } as const;

/** Where a node tells of itself, and of the queues that it leads. */
export const BROKER_PATH = { whole: "/metrics", byQueue: "/metrics/detailed" } as const;
/** What is asked of queues. */
export const BROKER_FAMILIES = ["queue_coarse_metrics", "queue_consumer_count"] as const;

/** Where a node is asked: for itself, and for the queues that it leads. */
export const BROKER_PATHS: readonly string[] = [
  BROKER_PATH.whole,
  `${BROKER_PATH.byQueue}?${BROKER_FAMILIES.map((family) => `family=${family}`).join("&")}`,
];

/** Most series of one node. A queue has five. */
const SAMPLE_LIMIT = 20_000;

/** How Prometheus comes to the nodes, beside the broker's own policy, and what it asks. */
export const brokerMonitoring = (
  watched: Watched,
  cluster: RabbitmqCluster,
  { scraper, interval, timeout }: { readonly scraper: PodPeer; readonly interval: string; readonly timeout: string },
): readonly [NetworkPolicy, PodMonitor] => {
  const { application } = watched;
  const { name, namespace } = cluster.metadata;
  // They go with what measures; only the broker itself has to stay.
  const labels = unprotected(cluster.metadata.labels);
  const matchLabels = rabbitmqPodLabels(name);
  // What its certificate is for: nodes are asked by their addresses.
  const serverName = `${name}.${application.namespace}.svc`;
  const label = (targetLabel: string, replacement: string) => ({
    action: "replace" as const,
    targetLabel,
    replacement,
  });
  const common = {
    port: PORT.name,
    scheme: "https" as const,
    tlsConfig: { ca: { secret: { name: cluster.spec.tls.secretName, key: "ca.crt" } }, serverName },
    interval,
    scrapeTimeout: timeout,
  };
  // Both are one port of one pod: without a label of its own each would write over the other's `up`.
  const relabelings = (endpoint: BrokerEndpoint) => [
    label("application", application.name),
    label("service", nameOf(cluster, watched)),
    label("endpoint", endpoint),
  ];
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      // No workload has a dot in its name.
      metadata: { name: `${name}.metrics`, namespace, labels },
      spec: {
        podSelector: { matchLabels },
        policyTypes: ["Ingress"],
        ingress: [{ from: [podPeer(scraper)], ports: [{ port: PORT.number, protocol: "TCP" }] }],
      },
    },
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name, namespace, labels },
      spec: {
        selector: { matchLabels },
        sampleLimit: SAMPLE_LIMIT,
        podMetricsEndpoints: [
          { ...common, relabelings: relabelings("metrics"), path: BROKER_PATH.whole },
          {
            ...common,
            ...{
              relabelings: relabelings("queues"),
              path: BROKER_PATH.byQueue,
              params: { family: [...BROKER_FAMILIES] },
            },
          },
        ],
      },
    },
  ];
};
