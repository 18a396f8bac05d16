import type { Addon } from "../../../../constructs/addons/addon";
import { addonDemand } from "../../../../constructs/addons/addon-demand";
import { withImages } from "../../../../constructs/addons/images";
import type { CloudFacts } from "../../../../constructs/kubernetes/facts";
import type { JsonObject } from "../../../../constructs/kubernetes/json";
import { formatProblem } from "../../../../constructs/model/problem";
import { pipelineFile } from "../../../../constructs/observability/logs/pipeline";
import { prometheus, type PrometheusProps } from "../../../../constructs/observability/prometheus/prometheus";
import { ingress } from "../../../../constructs/routing/ingress";
import { facts, resolvedEnvironment } from "../../../support/resolved";

type Profile = "production" | "small";

const base = { runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } };
const S3 = { interface: "s3", bucket: "logs", region: "eu-central-1" } as const;
const CONTEXT = { identity: { annotations: {} }, loadBalancerAnnotations: {} };

function addon(name: string, profile: Profile = "production", more: Partial<CloudFacts> = {}): Addon {
  const observability = prometheus({ ...base, logs: {} });
  const environment = { ...resolvedEnvironment(profile), observability, routing: ingress() };
  const found = observability.addons(environment, { ...facts, ...more }).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no add-on ${name}`);
  return found;
}

const values = (name: string, ...given: [Profile?, Partial<CloudFacts>?]): JsonObject =>
  addon(name, ...given).values({ ...CONTEXT, store: S3 });

test("what is wrong with it is said", () => {
  const problems = (given: unknown): string[] =>
    prometheus({ ...base, ...(given as Partial<PrometheusProps>) })
      .problems(["observability"])
      .map(formatProblem)
      .map((line) => line.slice(0, line.indexOf(":")));
  expect(problems({ logs: {} })).toEqual([]);
  expect(problems({ logs: { retentionDays: 0, days: 3 }, drops: ["measures", "logs"] })).toEqual([
    "observability.logs.retentionDays",
    "observability.logs.days",
    "observability.drops[0]",
  ]);
});

test("a word in drops that names nothing is warned of", () => {
  expect(prometheus({ ...base, drops: ["logs"] }).warnings?.()).toEqual([
    expect.stringContaining('"logs" is not in it'),
  ]);
  expect(prometheus({ ...base, logs: {}, drops: ["logs"] }).warnings?.()).toEqual([]);
});

test("Loki is three in production, of which each line is on three, and one in a small environment", () => {
  expect(values("loki")).toMatchObject({
    loki: {
      commonConfig: { replication_factor: 3 },
      limits_config: { retention_period: "720h", ingestion_rate_mb: 10 },
    },
    singleBinary: { replicas: 3, podDisruptionBudget: { maxUnavailable: 1 } },
  });
  expect(values("loki", "small")).toMatchObject({
    loki: {
      commonConfig: { replication_factor: 1 },
      limits_config: { retention_period: "168h", ingestion_rate_mb: 4 },
    },
    singleBinary: { replicas: 1 },
  });
  expect(values("loki", "small")).not.toHaveProperty("singleBinary.topologySpreadConstraints");
});

test("without a store of objects there is one server, whatever the profile", () => {
  const given = addon("loki").values({ ...CONTEXT, store: { interface: "volume" } });
  expect(given).toMatchObject({ loki: { storage: { type: "filesystem" } }, singleBinary: { replicas: 1 } });
});

test("parts of the chart that would be pods of their own are off", () => {
  const given = values("loki");
  for (const part of ["read", "write", "backend"]) expect(given).toHaveProperty([part, "replicas"], 0);
  for (const part of ["gateway", "chunksCache", "resultsCache", "lokiCanary", "test", "ruler"]) {
    expect(given).toHaveProperty([part, "enabled"], false);
  }
  const total = addonDemand("loki", "loki", given);
  expect(total.map(({ count }) => count)).toEqual([3]);
});

test("who comes to Loki is Alloy, Grafana and Prometheus, and who comes to Alloy is Prometheus", () => {
  const names = (name: string): unknown =>
    JSON.stringify(values(name)["extraObjects"]).match(/"kubernetes.io\/metadata.name":"[a-z]+"/g);
  const of = (namespace: string): string => `"kubernetes.io/metadata.name":"${namespace}"`;
  expect(names("loki")).toEqual([of("alloy"), of("observability"), of("observability")]);
  expect(names("alloy")).toEqual([of("observability")]);
});

describe("Alloy", () => {
  test("reads files as root without capabilities, in a namespace that lets it", () => {
    expect(addon("alloy").namespaceLabels).toEqual({ "pod-security.kubernetes.io/enforce": "privileged" });
    expect(values("alloy")).toMatchObject({
      alloy: { mounts: { varlog: true }, securityContext: { runAsUser: 0, capabilities: { drop: ["ALL"] } } },
      controller: { tolerations: [{ operator: "Exists" }] },
    });
    expect(values("alloy")["rbac"]).not.toHaveProperty("clusterRules.1");
  });

  test("asks the API server where nothing sees its node, as another user, under Pod Security", () => {
    const without = { hostAccess: false };
    expect(addon("alloy", "production", without)).not.toHaveProperty("namespaceLabels");
    const given = values("alloy", "production", without);
    expect(JSON.stringify(given)).not.toMatch(/hostPath|varlog/);
    expect(given).toMatchObject({ alloy: { securityContext: { runAsNonRoot: true } } });
    expect(given).toHaveProperty("rbac.clusterRules.1.resources", ["pods/log"]);
  });

  test("has a file that Helm, which reads it as a template, gives on as it was", () => {
    const { content } = (values("alloy")["alloy"] as { configMap: { content: string } }).configMap;
    expect(content.replaceAll('{{ "{{" }}', "{{")).toBe(pipelineFile("files", "production"));
    expect(content.replaceAll('{{ "{{" }}', "")).not.toContain("{{");
  });

  test("is one on each node for who counts", () => {
    expect(addonDemand("alloy", "alloy", values("alloy"))).toEqual([expect.objectContaining({ perNode: true })]);
  });
});

test("images come from a mirror where there is one", () => {
  const mirrors = { "docker.io": "mirror.example.com/docker" };
  for (const [name, path] of [
    ["loki", "loki.image"],
    ["alloy", "image"],
  ] as const) {
    const one = addon(name);
    expect(withImages(one.values({ ...CONTEXT, store: S3 }), one, { mirrors })).toHaveProperty(path, {
      registry: "mirror.example.com",
      repository: `docker/grafana/${name}`,
    });
  }
});

test("Grafana has the source, with the tenant under which Alloy writes", () => {
  expect(values("kube-prometheus-stack")).toHaveProperty("grafana.additionalDataSources.0", {
    ...{ name: "Loki", uid: "loki", type: "loki", access: "proxy", editable: false },
    url: "http://loki.loki.svc:3100",
    jsonData: { httpHeaderName1: "X-Scope-OrgID" },
    secureJsonData: { httpHeaderValue1: "production" },
  });
  expect(pipelineFile("files", "production")).toContain('tenant_id = "production"');
});

test("alerts of logs have a page each, and an index", () => {
  const pages = prometheus({ ...base, logs: {} }).pages?.({ ...resolvedEnvironment(), routing: ingress() }) ?? {};
  const names = ["LokiDown", "LogsNotArriving", "LogsRefused", "LogsLost"];
  expect(Object.keys(pages)).toEqual([
    ...names.map((name) => `production/_platform/${name}.md`),
    "production/_platform/README.md",
  ]);
  const [rule] = (addon("loki").objects ?? []).filter(({ kind }) => kind === "PrometheusRule");
  for (const name of names) expect(JSON.stringify(rule)).toContain(`${base.runbooks}/production/_platform/${name}.md`);
});
