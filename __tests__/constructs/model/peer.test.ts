import { external, peer, smtp } from "../../../constructs/model/application";
import { edgeVariables } from "../../../constructs/model/variables";
import { draft, problemsOf } from "../../support/input";

const METRICS = { namespace: "monitoring", service: "pushgateway", labels: { app: "pushgateway" }, port: 9091 };

function given(externals: Record<string, unknown>, needs: readonly string[] = Object.keys(externals)): string[] {
  const { environment, app, workload } = draft();
  Object.assign(app.externals ?? {}, externals);
  Object.assign(workload("web"), { needs });
  return problemsOf(environment);
}

test("a peer is found by its Service, and its variables begin with its name", () => {
  const edge = { to: "external", name: "metrics", external: peer(METRICS), prefix: "METRICS_" } as const;
  expect(edgeVariables(edge)).toEqual([
    { name: "METRICS_HOST", value: "pushgateway.monitoring.svc" },
    { name: "METRICS_PORT", value: "9091" },
  ]);
  expect(given({ metrics: peer(METRICS) })).toEqual([]);
  expect(given({ metrics: peer({ ...METRICS, podPort: 8080 }) })).toEqual([]);
});

test.each([
  ["prometheus.monitoring.svc.cluster.local", "prometheus", "monitoring"],
  ["prometheus.monitoring.svc", "prometheus", "monitoring"],
  ["prometheus-0.prometheus.monitoring.svc.cluster.local", "prometheus", "monitoring"],
])("%s is no host outside: the policy would drop what goes to it", (host, service, namespace) => {
  const lines = (port: number): string[] => [
    `applications.shop.externals.inner.host: got "${host}", a name of the cluster, to whose addresses a host outside opens ` +
      `nothing; use peer({ namespace: "${namespace}", service: "${service}", labels: {...}, port: ${port} }) with the labels ` +
      "of its pods",
  ];
  expect(given({ inner: external({ host }) })).toEqual(lines(443));
  expect(given({ inner: smtp({ host }) })).toEqual(lines(587));
  // Blocks do not help: a policy sees pods, not the Service's address.
  expect(given({ inner: external({ host, cidrs: ["10.0.0.0/8"] }) })).toEqual(lines(443));
});

test.each(["monitoring.cluster.local", "svc.cluster.local"])("%s is refused too", (host) => {
  expect(given({ inner: external({ host }) })[0]).toContain("a name of the cluster");
});

test.each(["svc.example.com", "cluster.local.example.com", "mysvc.com"])("%s is a host like any other", (host) => {
  expect(given({ inner: external({ host }) })).toEqual([]);
});

test.each([
  [{ namespace: "Monitoring" }, 'namespace: got "Monitoring"; use lower-case letters, digits and hyphens'],
  [{ service: "a.b" }, 'service: got "a.b"; use lower-case letters, digits and hyphens'],
  [{ labels: {} }, "labels: got {}; give at least one label of its pods"],
  [{ port: 0 }, "port: got 0; use at least 1"],
  [{ podPort: 70_000 }, "podPort: got 70000; use at most 65535"],
  [{ host: "x.example.com" }, "host: unknown field; remove it or correct its name"],
])("a peer with %j is refused", (changes, rest) => {
  const [problem, ...more] = given({ metrics: { ...peer(METRICS), ...changes } });
  expect(more).toEqual([]);
  expect(problem).toContain(`applications.shop.externals.metrics.${rest}`);
});
