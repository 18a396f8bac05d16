import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { type Block, stack, type StackJson, synthesizeEnvironments } from "../support/reference";

/* The reference application where it is measured: what its stack has beside what it has without. */

const observability = prometheus({
  runbooks: "https://git.example.com/runbooks/",
  slack: { channel: "#my-app-alerts" },
});

const manifests = (json: StackJson, kind: string): Block[] =>
  Object.values((json.resource["kubernetes_manifest"] ?? {}) as Record<string, Block>).filter(
    ({ manifest }) => (manifest as Block)["kind"] === kind,
  );

describe.each([
  ["staging", { broker: false }],
  ["gke-staging", { broker: true }],
  ["aks-staging", { broker: true }],
  ["local", { broker: true }],
  ["production", { broker: false }],
] as const)("%s", (name, has) => {
  const synthesis = synthesizeEnvironments(
    environments.filter((one) => one.name === name).map((one) => ({ ...one, observability })),
  );
  const json = stack(synthesis, name);

  test("has a monitor of each workload that tells what it measures, and an object for each group of rules", () => {
    const names = (kind: string): unknown[] =>
      manifests(json, kind).map(({ manifest }) => ((manifest as Block)["metadata"] as Block)["name"]);
    expect(names("PodMonitor").sort()).toEqual(
      [
        ...["my-app-backend", "my-app-frontend", "my-app-notifications"],
        ...["my-app-orders-db-exporter", "my-app-cache-exporter"],
        // Amazon runs the broker elsewhere.
        ...(has.broker ? ["my-app-events"] : []),
      ].sort(),
    );
    const groups = names("PrometheusRule").map(String);
    expect(groups).toEqual(
      expect.arrayContaining(["my-app", "my-app-containers", "my-app-namespace", "my-app-signals", "my-app-workloads"]),
    );
    // Far from what the operator can store.
    for (const rule of manifests(json, "PrometheusRule")) expect(JSON.stringify(rule).length).toBeLessThan(64 * 1024);
  });

  test("stops with what to do where the platform has not brought their kinds", () => {
    const asked = Object.values((json.data?.["kubernetes_resources"] ?? {}) as Record<string, Block>);
    const [lookup] = asked.filter(({ kind }) => kind === "Deployment");
    expect(lookup).toMatchObject({
      field_selector: "metadata.name=kube-prometheus-stack-operator",
      lifecycle: { postcondition: [{ condition: "${length(self.objects) > 0}" }] },
    });
    expect(JSON.stringify(lookup)).toContain(`cdktf deploy ${name}-platform`);
    for (const kind of ["PodMonitor", "PrometheusRule"]) {
      for (const { depends_on: before } of manifests(json, kind)) {
        expect(before).toContainEqual(expect.stringMatching(/^data\.kubernetes_resources\./));
      }
    }
  });

  test("opens the ports for measures to Prometheus alone", () => {
    const policies = Object.values((json.resource["kubernetes_network_policy_v1"] ?? {}) as Record<string, Block>);
    const ports = policies.flatMap((policy) => [
      ...JSON.stringify(policy).matchAll(
        /\{"from":(\[[^\]]*\]),"ports":\[\{"port":"(9253|9464)","protocol":"TCP"\}\]\}/g,
      ),
    ]);
    expect(ports.map(([, , port]) => port).sort()).toEqual(["9253", "9464", "9464"]);
    for (const [, from] of ports) expect(from).toContain("prometheus");
  });

  test("has a runbook for each alert, by the environment, the application and its name", () => {
    const text = JSON.stringify(manifests(json, "PrometheusRule"));
    const urls = [...text.matchAll(/"runbook_url":"([^"]*)"/g)].map(([, url]) => url);
    expect(urls.length).toBeGreaterThan(40);
    for (const url of urls)
      expect(url).toMatch(new RegExp(`^https://git[.]example[.]com/runbooks/${name}/my-app/[A-Z]\\w+[.]md$`));
  });
});
