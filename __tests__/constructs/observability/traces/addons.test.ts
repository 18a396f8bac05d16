import type { Addon } from "../../../../constructs/addons/addon";
import { addonDemand } from "../../../../constructs/addons/addon-demand";
import { withImages } from "../../../../constructs/addons/images";
import type { GrantedStore } from "../../../../constructs/addons/permissions";
import { isJsonObject, type JsonObject } from "../../../../constructs/kubernetes/json";
import { formatProblem } from "../../../../constructs/model/problem";
import { applicationDashboard } from "../../../../constructs/observability/dashboards/application";
import { prometheus, type PrometheusProps } from "../../../../constructs/observability/prometheus/prometheus";
import { traceAlerts } from "../../../../constructs/observability/traces/alerts";
import { pipeline, pipelineFile } from "../../../../constructs/observability/traces/pipeline";
import { ingress } from "../../../../constructs/routing/ingress";
import { parseAlloy } from "../../../support/alloy";
import { facts, frontend, resolvedApplication, resolvedEnvironment } from "../../../support/resolved";

type Profile = "production" | "small";

const base = { runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } };
const S3 = { interface: "s3", bucket: "traces", region: "eu-central-1" } as const;
const CONTEXT = { identity: { annotations: {} }, loadBalancerAnnotations: {} };

function addon(name: string, profile: Profile = "production", more: Partial<PrometheusProps> = {}): Addon {
  const observability = prometheus({ ...base, traces: {}, ...more });
  const environment = { ...resolvedEnvironment(profile), observability, routing: ingress() };
  const found = observability.addons(environment, facts).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no add-on ${name}`);
  return found;
}

const values = (name: string, ...given: [Profile?, Partial<PrometheusProps>?]): JsonObject =>
  addon(name, ...given).values({ ...CONTEXT, store: S3 });

const file = (store: GrantedStore, profile: Profile = "production"): JsonObject => {
  const { config } = addon("tempo", profile).values({ ...CONTEXT, store });
  // JSON is YAML.
  const parsed: unknown = typeof config === "string" ? JSON.parse(config) : undefined;
  if (!isJsonObject(parsed)) throw new Error("no file");
  return parsed;
};

test("what is wrong with it is said", () => {
  const problems = (given: unknown): string[] =>
    prometheus({ ...base, ...(given as Partial<PrometheusProps>) })
      .problems(["observability"])
      .map(formatProblem)
      .map((line) => line.slice(0, line.indexOf(":")));
  expect(problems({ traces: {} })).toEqual([]);
  expect(problems({ traces: { ratio: 1, retentionDays: 365 }, drops: ["traces", "logs"] })).toEqual([]);
  expect(problems({ traces: { ratio: 0, retentionDays: 0, days: 3 } })).toEqual([
    "observability.traces.retentionDays",
    "observability.traces.ratio",
    "observability.traces.days",
  ]);
  expect(problems({ traces: { ratio: 10 } })).toEqual(["observability.traces.ratio"]);
});

test("each word in drops that names nothing is warned of", () => {
  expect(prometheus({ ...base, logs: {}, drops: ["traces", "logs"] }).warnings?.()).toEqual([
    expect.stringContaining('"traces" is not in it'),
  ]);
});

test("without the word there is no add-on of it, and no place for spans", () => {
  const without = prometheus({ ...base, logs: {} });
  const environment = { ...resolvedEnvironment(), observability: without, routing: ingress() };
  expect(without.addons(environment, facts).map(({ name }) => name)).not.toContain("tempo");
  expect(without.spans).toBeUndefined();
});

describe("Tempo", () => {
  test.each<[GrantedStore, JsonObject]>([
    [
      S3,
      { backend: "s3", s3: { bucket: "traces", region: "eu-central-1", endpoint: "s3.eu-central-1.amazonaws.com" } },
    ],
    [
      { interface: "gcs", bucket: "traces" },
      { backend: "gcs", gcs: { bucket_name: "traces" } },
    ],
    [
      { interface: "azure-blob", account: "traces", container: "objects" },
      {
        backend: "azure",
        azure: { storage_account_name: "traces", container_name: "objects", use_federated_token: true },
      },
    ],
    [{ interface: "volume" }, { backend: "local", local: { path: "/var/tempo/traces" } }],
  ])("keeps traces in %j", (store, trace) => {
    expect(file(store)).toHaveProperty("storage.trace", { ...trace, wal: { path: "/var/tempo/wal" } });
  });

  test("keeps them for the days of its profile, or those that are said", () => {
    expect(file(S3)).toHaveProperty("compactor.compaction.block_retention", "336h");
    expect(file(S3, "small")).toHaveProperty("compactor.compaction.block_retention", "72h");
    expect(values("tempo", "production", { traces: { retentionDays: 60 } })["config"]).toContain('"1440h"');
    expect(addon("tempo", "production", { traces: { retentionDays: 60 } }).needs?.store?.expireDays).toBe(67);
  });

  test("takes nothing but OpenTelemetry's protocol, and has limits on its rate and its traces", () => {
    expect(file(S3)).toMatchObject({
      distributor: { receivers: { otlp: { protocols: { grpc: {}, http: {} } } } },
      overrides: {
        defaults: { ingestion: { rate_limit_bytes: 5_000_000 }, global: { max_bytes_per_trace: 5_000_000 } },
      },
    });
    expect(Object.keys((file(S3)["distributor"] as { receivers: JsonObject }).receivers)).toEqual(["otlp"]);
  });

  test("has more disk where that is all there is", () => {
    const size = (store: GrantedStore): unknown => addon("tempo").values({ ...CONTEXT, store })["persistence"];
    expect(size(S3)).toMatchObject({ enabled: true, size: "10Gi" });
    expect(size({ interface: "volume" })).toMatchObject({ enabled: true, size: "20Gi" });
  });

  test("runs under the Pod Security of its namespace", () => {
    expect(addon("tempo")).not.toHaveProperty("namespaceLabels");
    expect(values("tempo")).toMatchObject({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      tempo: { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } },
    });
  });
});

describe("the collector", () => {
  test("has a file that comes back as it was meant, and that Helm reads as text", () => {
    expect(parseAlloy(pipelineFile())).toEqual(pipeline());
    expect(values("otlp")).toHaveProperty("alloy.configMap.content", pipelineFile());
    expect(pipelineFile()).not.toMatch(/\{\{/);
  });

  test("hands spans through each component once, from the first to Tempo", () => {
    const named = (type: string, label?: string): string => `${type} ${label ?? ""}`;
    const next = new Map(
      pipeline().flatMap((one) => {
        const [to] = one.blocks.filter(({ type }) => type === "output").map(({ attributes }) => attributes["traces"]);
        const found = /"reference":"(otelcol\.[\w.]+)\.(\w+)\.input"/.exec(JSON.stringify(to ?? ""));
        return found === null ? [] : [[named(one.type, one.label), named(found[1] ?? "", found[2])] as const];
      }),
    );
    const order: string[] = [];
    for (let at: string | undefined = "otelcol.receiver.otlp traces"; at !== undefined; at = next.get(at))
      order.push(at);
    expect(order).toEqual(
      [
        ...["receiver.otlp traces", "processor.memory_limiter traces", "processor.transform claims"],
        ...["processor.k8sattributes traces", "processor.filter traces", "processor.transform traces"],
        ...["processor.batch traces", "exporter.otlp traces"],
      ].map((one) => `otelcol.${one}`),
    );
  });

  test("is two in production, one in a small environment, and a new one is there before one goes", () => {
    expect(values("otlp")).toMatchObject({ controller: { type: "deployment", replicas: 2 } });
    expect(values("otlp", "small")).toMatchObject({ controller: { type: "deployment", replicas: 1 } });
    expect(values("otlp", "small")).not.toHaveProperty("controller.podDisruptionBudget");
    expect(values("otlp")).toHaveProperty("controller.updateStrategy.rollingUpdate", {
      maxSurge: 1,
      maxUnavailable: 0,
    });
  });

  test("is not root, sees nothing of its node, and reads pods alone", () => {
    const given = values("otlp");
    expect(addon("otlp")).not.toHaveProperty("namespaceLabels");
    expect(JSON.stringify(given)).not.toMatch(/hostPath|varlog|secrets/);
    expect(given).toMatchObject({
      alloy: { securityContext: { runAsNonRoot: true } },
      rbac: { rules: [{ resources: ["pods"] }], clusterRules: [{ resources: ["namespaces"] }] },
    });
  });
});

test("who comes to Tempo is the collector, Grafana and Prometheus, and who comes to the collector are applications and Prometheus", () => {
  const policies = [
    ...(addon("tempo").objects ?? []),
    ...((values("otlp")["extraObjects"] ?? []) as readonly JsonObject[]),
  ].filter(({ kind }) => kind === "NetworkPolicy");
  const rules = policies.flatMap(({ metadata, spec }) =>
    (spec as { ingress: readonly { from: readonly JsonObject[]; ports: readonly { port: number }[] }[] }).ingress.map(
      ({ from, ports }) =>
        [
          (metadata as JsonObject)["name"],
          from.map(({ namespaceSelector, podSelector }) =>
            JSON.stringify([namespaceSelector, podSelector].filter((one) => one !== undefined)),
          ),
          ports.map(({ port }) => port),
        ] as const,
    ),
  );
  expect(rules).toEqual([
    ["tempo-callers", [expect.stringContaining('"otlp"')], [4317]],
    ["tempo-callers", [expect.stringContaining('"grafana"'), expect.stringContaining('"prometheus"')], [3200]],
    ["otlp-callers", ['[{"matchLabels":{"app.kubernetes.io/managed-by":"goldenpath"}}]'], [4317, 4318]],
    ["otlp-callers", [expect.stringContaining('"prometheus"')], [12_345]],
  ]);
});

test("they are counted", () => {
  expect(addonDemand("tempo", "tempo", values("tempo"))).toEqual([expect.objectContaining({ count: 1, cpu: 250 })]);
  expect(addonDemand("otlp", "alloy", values("otlp"))).toEqual([expect.objectContaining({ count: 2, cpu: 50 })]);
});

test("images come from a mirror where there is one", () => {
  const mirrors = { "docker.io": "mirror.example.com/docker" };
  for (const [name, path, image] of [
    ["tempo", "tempo", "tempo"],
    ["otlp", "image", "alloy"],
  ] as const) {
    const one = addon(name);
    expect(withImages(one.values({ ...CONTEXT, store: S3 }), one, { mirrors })).toHaveProperty(
      path,
      expect.objectContaining({
        registry: "mirror.example.com",
        repository: `docker/grafana/${image}`,
      }),
    );
  }
});

describe("Grafana", () => {
  const sources = (more: Partial<PrometheusProps>): readonly JsonObject[] =>
    (values("kube-prometheus-stack", "production", more)["grafana"] as { additionalDataSources: JsonObject[] })
      .additionalDataSources;

  test("has the source, without ways to lines that nobody keeps", () => {
    expect(sources({})).toEqual([
      expect.objectContaining({
        name: "Tempo",
        uid: "tempo",
        url: "http://tempo.tempo.svc:3200",
        jsonData: { nodeGraph: { enabled: true } },
      }),
    ]);
  });

  test("leads from a span to its lines by label and field, and from a line to its trace", () => {
    const [loki, tempo] = sources({ logs: {} });
    expect(loki).toHaveProperty("jsonData.derivedFields.0", {
      ...{ name: "Trace", matcherType: "label", matcherRegex: "trace_id" },
      ...{ url: "$${__value.raw}", datasourceUid: "tempo", urlDisplayLabel: "Show the trace" },
    });
    expect(tempo).toHaveProperty("jsonData.tracesToLogsV2.query", '{$${__tags}} | trace_id = "$${__span.traceId}"');
    expect(tempo).toHaveProperty("jsonData.tracesToLogsV2.tags", [
      { key: "service.name", value: "app" },
      { key: "k8s.namespace.name", value: "namespace" },
    ]);
  });
});

test("a dashboard leads to traces of its namespace where a workload sends some", () => {
  const links = (tracing?: Readonly<Record<string, string>>): string =>
    JSON.stringify(
      applicationDashboard(
        { application: resolvedApplication({ workloads: [frontend({ tracing })] }), objects: [] },
        base.runbooks,
      ).links,
    );
  expect(links()).not.toContain("Traces");
  const link = links({ OTEL_SERVICE_NAME: "my-app-frontend" });
  expect(decodeURIComponent(link)).toContain("resource.k8s.namespace.name=");
  expect(link).toContain('"title":"Traces"');
});

describe("alerts", () => {
  const metrics = { path: "/metrics", port: "metrics", buckets: undefined };
  const tracing = { OTEL_SERVICE_NAME: "my-app-frontend" };
  const of = (changes: Parameters<typeof frontend>[0], ratio = 0.1) => {
    const applications = [resolvedApplication({ workloads: [frontend(changes)] })];
    return traceAlerts({ applications }, ratio).alerts.filter(({ name }) => name === "TracesNotArriving");
  };

  test("that go by requests are there where somebody counts them and sends spans", () => {
    expect(of({ metrics, tracing })).toHaveLength(1);
    expect(of({ metrics })).toEqual([]);
    expect(of({ tracing })).toEqual([]);
  });

  test("expect as many requests more as fewer of them are traced", () => {
    const [most, least] = [of({ metrics, tracing }, 1), of({ metrics, tracing }, 0.001)];
    expect(most[0]?.value).toMatch(/> 0\.05$/);
    expect(least[0]?.value).toMatch(/> 50$/);
  });

  test("have a page each, in one index with those of logs", () => {
    const environment = { ...resolvedEnvironment(), routing: ingress() };
    const pages = prometheus({ ...base, logs: {}, traces: {} }).pages?.(environment) ?? {};
    const index = pages["production/_platform/README.md"] ?? "";
    for (const name of ["LokiDown", "TempoDown", "SpanCollectorDown", "SpansRefused", "SpansLost", "SpansDiscarded"]) {
      expect(index).toContain(`${name}.md`);
      expect(pages).toHaveProperty([`production/_platform/${name}.md`]);
    }
    const [rule] = (addon("tempo").objects ?? []).filter(({ kind }) => kind === "PrometheusRule");
    expect(JSON.stringify(rule)).toContain(`${base.runbooks}/production/_platform/TempoDown.md`);
  });
});
