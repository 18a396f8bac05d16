import type { Addon } from "../../../constructs/addons/addon";
import { withImages } from "../../../constructs/addons/images";
import type { CloudFacts } from "../../../constructs/kubernetes/facts";
import { platformSecrets } from "../../../constructs/model/out-of-band";
import { formatProblem } from "../../../constructs/model/problem";
import { prometheus, type PrometheusProps } from "../../../constructs/observability/prometheus/prometheus";
import { retentionSize, storageFor } from "../../../constructs/observability/prometheus/sizes";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { facts, resolvedEnvironment } from "../../support/resolved";

const props: PrometheusProps = { runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } };
const CONTEXT = { identity: { annotations: {} }, loadBalancerAnnotations: {} };

type Profile = "production" | "small";
type Json = Readonly<Record<string, unknown>>;

function addons(given: PrometheusProps = props, profile: Profile = "production", more: Partial<CloudFacts> = {}) {
  const observability = prometheus(given);
  const environment = { ...resolvedEnvironment(profile), observability, routing: ingress() };
  return observability.addons(environment, { ...facts, ...more });
}

function addon(name: string, ...given: Parameters<typeof addons>): Addon & { readonly given: Json } {
  const found = addons(...given).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no add-on ${name}`);
  return { ...found, given: found.values(CONTEXT) };
}

const values = (...given: Parameters<typeof addons>): Json => addon("kube-prometheus-stack", ...given).given;
const objects = (...given: Parameters<typeof addons>) =>
  addon("observability", ...given).given.objects as Readonly<Record<string, Json>>;
const problems = (given: unknown): string[] =>
  prometheus(given as PrometheusProps)
    .problems(["observability"])
    .map(formatProblem);

describe("what an environment says", () => {
  test("is a channel, and no more than that", () => {
    expect(problems(props)).toEqual([]);
    expect(problems({})).toEqual([
      "observability.runbooks: missing; give a string",
      "observability.slack: missing; give an object",
    ]);
  });

  test("has every problem said at once", () => {
    const mail = { to: "on-call", from: "alerts@example.com", server: "smtp.example.com", username: "" };
    const given = {
      ...{
        runbooks: "docs/runbooks",
        slack: { channel: "alerts" },
        pagerDuty: { severities: ["urgent"] },
        email: mail,
      },
      ...{ deadMansSwitch: "yes", retentionDays: 0, storage: "50GB", replicas: 3 },
    };
    expect(problems(given).map((line) => line.slice(0, line.indexOf(":")))).toEqual([
      "observability.runbooks",
      "observability.slack.channel",
      "observability.pagerDuty.severities[0]",
      "observability.email.to",
      "observability.email.server",
      "observability.email.username",
      "observability.deadMansSwitch",
      "observability.retentionDays",
      "observability.storage",
      "observability.replicas",
    ]);
  });

  test.each([undefined, null, "on", []])("%j does not make it stumble", (given) => {
    expect(problems(given).length).toBeGreaterThan(0);
  });
});

describe("secrets that people make", () => {
  const names = (given: PrometheusProps) => prometheus(given).secrets?.map(({ name }) => name);

  test("are those of what was chosen, and of nothing else", () => {
    expect(names(props)).toEqual(["grafana-admin-password", "slack-webhook"]);
    const email = { to: "a@example.com", from: "b@example.com", server: "smtp.example.com:587", username: "alerts" };
    expect(names({ ...props, pagerDuty: {}, email, deadMansSwitch: true })).toEqual([
      "grafana-admin-password",
      "slack-webhook",
      "pagerduty-key",
      "alerts-mail-password",
      "dead-mans-switch",
    ]);
  });

  test("come by External Secrets, each under the key that is the name of its file", () => {
    const given = { ...props, deadMansSwitch: true };
    const { spec } = objects(given)["ExternalSecret/alertmanager-receivers"] as { spec: Json };
    expect(spec.data).toEqual([
      { secretKey: "slack-webhook", remoteRef: { key: "production/slack-webhook" } },
      { secretKey: "dead-mans-switch", remoteRef: { key: "production/dead-mans-switch" } },
    ]);
    expect(spec).toHaveProperty("target.template.data", {
      "slack-webhook": '{{ index . "slack-webhook" }}',
      "dead-mans-switch": '{{ index . "dead-mans-switch" }}',
    });
    const text = JSON.stringify(objects(given)["Secret/alertmanager-config"]);
    expect(text).toContain("/etc/alertmanager/secrets/alertmanager-receivers/slack-webhook");
    expect(text).toContain("/etc/alertmanager/secrets/alertmanager-receivers/dead-mans-switch");
    expect(values(given)).toHaveProperty("alertmanager.alertmanagerSpec.secrets", ["alertmanager-receivers"]);
  });

  test("Grafana's is the one that its values name", () => {
    const secret = objects()["ExternalSecret/grafana-admin"];
    expect(secret).toHaveProperty("spec.target.template.data", {
      "admin-user": "admin",
      "admin-password": '{{ index . "grafana-admin-password" }}',
    });
    expect(values()).toHaveProperty("grafana.admin", {
      existingSecret: "grafana-admin",
      userKey: "admin-user",
      passwordKey: "admin-password",
    });
  });

  test("a key of the store's secret is read where the cloud has one", () => {
    const environment = { ...resolvedEnvironment(), observability: prometheus(props) };
    const cloud = { ...environment.cloud, secretProperty: "value" };
    expect(platformSecrets({ ...environment, cloud }).map(({ remoteProperty }) => remoteProperty)).toEqual([
      "value",
      "value",
    ]);
  });
});

describe("Prometheus", () => {
  const spec = (...given: Parameters<typeof addons>) =>
    (values(...given).prometheus as { prometheusSpec: Json }).prometheusSpec;

  const claims = (...given: Parameters<typeof addons>) =>
    values(...given).extraManifests as readonly { readonly metadata: Json; readonly spec: Json }[];
  const disks = (...given: Parameters<typeof addons>) =>
    claims(...given).map(
      ({ spec: { resources } }) => (resources as { requests: { storage: string } }).requests.storage,
    );

  test("has claims under the names that its pods look for, which grow, and a template that never changes", () => {
    const name = "prometheus-kube-prometheus-stack-prometheus";
    expect(claims().map(({ metadata }) => metadata.name)).toEqual([`${name}-db-${name}-0`, `${name}-db-${name}-1`]);
    for (const given of [props, { ...props, retentionDays: 90 }, { ...props, storage: "1Ti" } as const]) {
      expect(spec(given)).toHaveProperty("storageSpec.volumeClaimTemplate.spec.resources.requests.storage", "10Gi");
    }
  });

  test("sees monitors and rules of every namespace, whatever they are called", () => {
    const selectors = Object.entries(spec()).filter(([key]) => key.endsWith("NilUsesHelmValues"));
    expect(selectors.map(([, value]) => value)).toEqual([false, false, false, false, false]);
  });

  test("says which cluster an alert is of", () => {
    expect(spec().externalLabels).toEqual({ cluster: "production" });
  });

  test("is two in production and one in a small environment, with a disk for what is kept", () => {
    expect(spec()).toMatchObject({ replicas: 2, retention: "15d", retentionSize: "25395MB" });
    expect(disks()).toEqual(["31Gi", "31Gi"]);
    expect(spec(props, "small")).toMatchObject({ replicas: 1, retention: "3d", retentionSize: "8192MB" });
    expect(disks(props, "small")).toEqual(["10Gi"]);
    expect(spec({ ...props, retentionDays: 30 })).toHaveProperty("retention", "30d");
    expect(disks({ ...props, retentionDays: 30 })).toEqual(["61Gi", "61Gi"]);
    expect(disks({ ...props, storage: "100Gi" })).toEqual(["100Gi", "100Gi"]);
    expect(spec({ ...props, storage: "100Gi" })).toMatchObject({ retention: "15d", retentionSize: "81920MB" });
  });

  test("keeps more on a larger disk, and never more than the disk", () => {
    const sizes = [1, 3, 15, 30, 90].map((days) => storageFor({ series: 250_000 }, days));
    expect(sizes).toEqual(["10Gi", "10Gi", "31Gi", "61Gi", "182Gi"]);
    expect(retentionSize("10Gi")).toBe("8192MB");
  });

  test("takes no more of a target than its limits, and nothing that is sent to it", () => {
    expect(spec()).toMatchObject({ sampleLimit: 20_000, targetLimit: 500, labelLimit: 60 });
    expect(spec()).toMatchObject({ enableRemoteWriteReceiver: false, enableAdminAPI: false });
  });

  test("is what may open connections to what is measured", () => {
    expect(prometheus(props).scraper).toEqual({
      namespace: "observability",
      labels: {
        "app.kubernetes.io/name": "prometheus",
        "operator.prometheus.io/name": "kube-prometheus-stack-prometheus",
      },
    });
  });
});

test("parts of the control plane are off as targets and as rules", () => {
  const given = values();
  for (const part of ["kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy", "coreDns", "kubeDns"]) {
    expect(given).toHaveProperty([part, "enabled"], false);
  }
  const off = Object.entries((given.defaultRules as { rules: Json }).rules).filter(([, on]) => on === false);
  expect(off.map(([name]) => name).sort()).toEqual([
    ...["etcd", "kubeControllerManager", "kubeProxy", "kubeSchedulerAlerting", "kubeSchedulerRecording", "windows"],
  ]);
});

test("what sees nodes is in a namespace of its own, and nowhere where the cluster lets nothing see them", () => {
  const nodes = addon("prometheus-node-exporter");
  expect(nodes).toMatchObject({
    namespace: "node-exporter",
    namespaceLabels: { "pod-security.kubernetes.io/enforce": "privileged" },
  });
  for (const one of addons().filter(({ name }) => name !== nodes.name)) {
    expect(one).not.toHaveProperty("namespaceLabels");
    expect(one.namespace).toBe("observability");
  }
  const without = { hostAccess: false };
  expect(addons(props, "production", without).map(({ name }) => name)).toEqual([
    "observability",
    "kube-prometheus-stack",
  ]);
  expect(values(props, "production", without)).toHaveProperty("defaultRules.rules.nodeExporterAlerting", false);
  expect(values()).not.toHaveProperty("defaultRules.rules.nodeExporterAlerting");
});

test("Grafana reads ConfigMaps alone, and nobody but its namespace reaches it", () => {
  const role = objects()["ClusterRole/observability-dashboards"];
  expect(role).toHaveProperty("rules", [
    { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] },
  ]);
  expect(values()).toHaveProperty("grafana.rbac", { useExistingClusterRole: "observability-dashboards" });
  expect(objects()["NetworkPolicy/own-namespace-alone"]).toHaveProperty("spec", {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: {} }] }],
  });
  expect(JSON.stringify(values())).not.toMatch(/LoadBalancer|NodePort|"ingress"/);
});

test("every image comes from a mirror where there is one", () => {
  const mirrors = Object.fromEntries(
    ["docker.io", "quay.io", "registry.k8s.io"].map((host) => [host, `mirror.example.com/${host}`]),
  );
  const moved = addons()
    .filter(({ images }) => images !== undefined)
    .map(
      (one) => JSON.stringify(withImages(one.values(CONTEXT), one, { mirrors })).match(/"registry":"mirror/g)?.length,
    );
  expect(moved).toEqual([7, 1]);
});

describe("monitors of the platform's own", () => {
  const monitors = (routing: ReturnType<typeof ingress>) =>
    prometheus(props).objects({ ...resolvedEnvironment(), routing }, facts);

  test("are of certificates, secrets and what serves routes, in the namespace of each", () => {
    const found = monitors(ingress()).map(({ metadata, spec }) => [metadata, (spec as Json).podMetricsEndpoints]);
    expect(found).toEqual([
      [
        expect.objectContaining({ name: "cert-manager", namespace: "cert-manager" }),
        [{ portNumber: 9402, path: "/metrics", honorLabels: true }],
      ],
      [
        expect.objectContaining({ name: "external-secrets", namespace: "external-secrets" }),
        [{ portNumber: 8080, path: "/metrics", honorLabels: true }],
      ],
      [
        expect.objectContaining({ name: "route-controller", namespace: "traefik" }),
        [{ portNumber: 9100, path: "/metrics" }],
      ],
    ]);
  });

  test("Envoy says it somewhere else", () => {
    expect(monitors(gatewayApi()).at(-1)).toMatchObject({
      metadata: { namespace: "envoy-gateway-system" },
      spec: { podMetricsEndpoints: [{ portNumber: 19001, path: "/stats/prometheus" }] },
    });
  });
});
