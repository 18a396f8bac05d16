import { alertGroups } from "../../../constructs/observability/alerts/alerts";
import { ofKind } from "../../../constructs/observability/alerts/watched";
import { brokerMonitoring } from "../../../constructs/observability/prometheus/brokers";
import { alerting } from "../../support/alerts";
import { find } from "../../support/resolved";

/* Brokers in the cluster: who may ask them, how it is known that they are who they say, and where one runs elsewhere. */

const scraper = { namespace: "observability", labels: { app: "prometheus" } };

const [local] = alerting(["local"]);
if (local === undefined) throw new Error("no environment");
const { watched } = local;
const [cluster] = ofKind(watched, "RabbitmqCluster");
if (cluster === undefined) throw new Error("no broker");
const [policy, monitor] = brokerMonitoring(watched, cluster, { scraper, interval: "30s", timeout: "10s" });

test("Prometheus alone comes to the port of measures, beside what the broker's own policy opens", () => {
  expect(policy.spec).toEqual({
    podSelector: {
      matchLabels: find(watched.objects, "NetworkPolicy", cluster.metadata.name).spec.podSelector.matchLabels,
    },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "observability" } },
            podSelector: { matchLabels: { app: "prometheus" } },
          },
        ],
        ports: [{ port: 15_691, protocol: "TCP" }],
      },
    ],
  });
  expect(policy.metadata.name).toBe("my-app-events.metrics");
});

test("nodes are asked under TLS, by a name that their certificate has and by their own authority", () => {
  const certificate = ofKind(watched, "Certificate").find(
    ({ spec }) => spec.secretName === cluster.spec.tls.secretName,
  );
  const endpoints = monitor.spec.podMetricsEndpoints;
  expect(endpoints.map(({ scheme, port }) => ({ scheme, port }))).toEqual([
    { scheme: "https", port: "prometheus-tls" },
    { scheme: "https", port: "prometheus-tls" },
  ]);
  for (const { tlsConfig } of endpoints) {
    expect(certificate?.spec.dnsNames).toContain(tlsConfig?.serverName);
    expect(tlsConfig?.ca).toEqual({ secret: { name: cluster.spec.tls.secretName, key: "ca.crt" } });
  }
  expect(endpoints.map(({ path, params }) => ({ path, params }))).toEqual([
    { path: "/metrics", params: undefined },
    { path: "/metrics/detailed", params: { family: ["queue_coarse_metrics", "queue_consumer_count"] } },
  ]);
});

test("its series are of the service, and each of the two targets of a node is told apart", () => {
  const labels = monitor.spec.podMetricsEndpoints.map(({ relabelings }) =>
    relabelings.map(({ targetLabel, replacement }) => `${targetLabel}=${replacement}`),
  );
  expect(labels).toEqual([
    ["application=my-app", "service=events", "endpoint=metrics"],
    ["application=my-app", "service=events", "endpoint=queues"],
  ]);
});

test("somebody is told when either of the two does not answer, and of which it is", () => {
  const missing = alertGroups(watched)
    .flatMap(({ alerts }) => alerts)
    .filter(({ name, labels }) => name === "DataServiceMetricsMissing" && labels["service"] === "events");
  expect(missing.map(({ labels }) => labels["endpoint"])).toEqual(["metrics", "queues"]);
  const asked = monitor.spec.podMetricsEndpoints.map(({ relabelings }) => ({
    service: "events",
    endpoint: relabelings.find(({ targetLabel }) => targetLabel === "endpoint")?.replacement,
  }));
  expect(missing.map(({ within }) => within)).toMatchObject(asked);
});
