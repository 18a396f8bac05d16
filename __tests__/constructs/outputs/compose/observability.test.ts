import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { application } from "../../../../constructs/model/application";
import { loadEnvironments } from "../../../../constructs/model/load";
import { http } from "../../../../constructs/model/workload";
import { applicationDashboard } from "../../../../constructs/observability/dashboards/application";
import { metricsIn, unknownIn } from "../../../../constructs/observability/local/closed-world";
import { localDashboardSpec, localRules } from "../../../../constructs/observability/local/local";
import { ruleGroups } from "../../../../constructs/observability/rules";
import { composeDocument } from "../../../../constructs/outputs/compose/compose";
import { compose } from "../../../../constructs/outputs/compose/output";
import { apply, changes } from "../../../../constructs/outputs/files";
import { renderTargets, target } from "../../../../constructs/outputs/target";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { local } from "../../../../environments/local";
import { LOCAL_COMPOSE } from "../../../../environments/outputs";
import { alerting, platformAlerting } from "../../../support/alerts";
import { changed } from "../../../support/changed";
import { localApplication, localFile, localFiles, localInput } from "../../../support/local-alerts";
import { measured } from "../../../support/measured";
import { expression } from "../../../support/promql";

/* What measures the application in Compose: the rules and dashboards of clusters, as far as somebody measures what they ask for. */

const input = localInput();
const sources = input.targets.flatMap(({ source }) => source ?? []);
const rules = localRules(input).flatMap((group) => group.rules);
const LOCAL = "my-app-local";

const inCluster = (environment: string) =>
  alerting([environment]).flatMap(({ groups, context }) =>
    ruleGroups(groups, context).flatMap((group) =>
      group.rules.map((rule) => ({ rule, namespace: context.application.namespace })),
    ),
  );

const ofPlatform = () =>
  platformAlerting().flatMap(({ groups, context }) =>
    ruleGroups(groups, context).flatMap(({ rules: all }) => all.map((rule) => ({ rule, namespace: LOCAL }))),
  );

/** Labels that differ by where a rule is, and not by what it asks. */
const comparable = ({ expr, labels }: { readonly expr: string; readonly labels: object }, namespace: string): string =>
  JSON.stringify({ expr, labels: { ...labels, owner: "" } }).replaceAll(namespace, LOCAL);

describe("rules", () => {
  test("are those of a cluster whose data services run elsewhere, byte for byte but for the namespace; brokers are those of pods", () => {
    const known = new Set(
      [...["staging", "local"].flatMap(inCluster), ...ofPlatform()].map(({ rule, namespace }) =>
        comparable(rule, namespace),
      ),
    );
    const own = rules.filter((rule) => !known.has(comparable(rule, LOCAL)));
    expect(rules.length).toBeGreaterThan(30);
    // A broker in a cluster is down when its pods are; there are none here.
    expect(
      own.map((rule) => ("alert" in rule ? `${rule.alert} ${rule.labels["service"] ?? ""}` : rule.record)),
    ).toEqual(["DataServiceDown events"]);
  });

  test("are all of those whose metrics are measured here; what is left out goes by what is not", () => {
    const missing = (expr: string): string[] => [
      ...new Set(unknownIn(expr, sources).map((metric) => measured(metric)?.source.name ?? "nobody")),
    ];
    const all = [...["staging", "local"].flatMap(inCluster), ...ofPlatform()].flatMap(({ rule }) =>
      "alert" in rule ? [rule] : [],
    );
    const here = new Set(rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])));
    const why = new Map(
      all.filter(({ alert }) => !here.has(alert)).map(({ alert, expr }) => [alert, missing(expr).join(", ")] as const),
    );
    expect([...here].sort()).toEqual([
      ...["BrokerBlocksPublishers", "CacheConnectionsRefused", "CacheEvicting", "CacheMemoryNearLimit"],
      ...["DataServiceDown", "DataServiceMetricsMissing", "DatabaseConnectionsNearLimit", "DatabaseConnectionsRefused"],
      ...["ErrorBudgetBurning", "ErrorBudgetBurningFast", "HighErrorRate", "HighResponseTime"],
      ...["LogsLost", "LogsNotArriving", "LogsRefused", "MessagesDeadLettered"],
      ...[
        "ObjectiveUnmeasured",
        "PhpFpmPoolExhausted",
        "PhpFpmQueueGrowing",
        "QueueNotDraining",
        "QueueWithoutConsumers",
      ],
      ...["SpansDiscarded", "SpansLost", "SpansRefused", "TracesNotStored"],
    ]);
    // Everything that it goes by is here, but who switched tracing on is in no file: it would call everybody who did not.
    expect([...why].filter(([, source]) => source === "" || source.includes("nobody"))).toEqual([
      ["TracesNotArriving", ""],
    ]);
    expect(Object.fromEntries([...why].sort())).toEqual({
      AutoscalerAtMaximum: "kube-state-metrics",
      AutoscalerInactive: "kube-state-metrics",
      BackupOlderThanPromised: "kube-state-metrics",
      CertificateExpiring: "cert-manager",
      CertificateNotReady: "cert-manager",
      ClusterBackupFailed: "Velero",
      ClusterBackupMissing: "Velero",
      ClusterBackupTooOld: "Velero",
      CronJobFailed: "kube-state-metrics",
      CronJobOverdue: "kube-state-metrics",
      HighCpuUsage: "the kubelets",
      HighMemoryUsage: "the kubelets",
      ImagePullFailing: "kube-state-metrics",
      JobFailed: "kube-state-metrics",
      LokiDown: "kube-state-metrics",
      PodCrashLooping: "kube-state-metrics",
      QueueUnread: "kube-state-metrics",
      QuotaNearlyFull: "kube-state-metrics",
      ReplicasMissing: "kube-state-metrics",
      SecretNotSynchronised: "External Secrets",
      SignalMissing: "External Secrets",
      SpanCollectorDown: "kube-state-metrics",
      TempoDown: "kube-state-metrics",
      TracesNotArriving: "",
      VeleroDown: "kube-state-metrics",
      VolumeAlmostFull: "the kubelets",
      VolumeFillingUp: "the kubelets",
      WorkloadDown: "kube-state-metrics",
      WorkloadMetricsMissing: "kube-state-metrics",
    });
  });

  test("name metrics as Prometheus' own grammar finds them", () => {
    const texts = ["staging", "local"].flatMap(inCluster).map(({ rule }) => rule.expr);
    const wrong = texts.filter(
      (text) =>
        [...metricsIn(text)].sort().join() !==
        [...new Set(expression(text).selectors.map(({ metric }) => metric))].sort().join(),
    );
    expect(wrong).toEqual([]);
    expect(metricsIn('sum(rate(up{path="{a}{b"}[5m])) / http_requests_total{a="\\"x{"}')).toEqual([
      "up",
      "http_requests_total",
    ]);
  });

  test("find each of their labels on a target here, with the value that they ask for", () => {
    const asked = rules.flatMap(({ expr }) => [...expr.matchAll(/\b(namespace|workload|service|endpoint)="([^"]*)"/g)]);
    const told = new Set(input.targets.flatMap(({ labels }) => Object.entries(labels).map((pair) => pair.join("="))));
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.map(([, label, value]) => `${label}=${value}`).filter((pair) => !told.has(pair))).toEqual([]);
  });
});

test("dashboards lead to lines and traces as those of a cluster that keeps both", () => {
  const [cluster] = alerting(["local"]);
  if (cluster === undefined) throw new Error("no environment");
  const traced = { ...cluster.watched, application: input.application };
  expect(localDashboardSpec(input).links.slice(1)).toEqual(applicationDashboard(traced, "", true).links.slice(1));
  expect(localDashboardSpec(input).links.map(({ title }) => title)).toEqual(["Runbooks", "Logs", "Traces"]);
});

test("panels are those of the cluster's dashboard of which there are series here", () => {
  const [cluster] = alerting(["local"]);
  if (cluster === undefined) throw new Error("no environment");
  const panels = (spec: ReturnType<typeof localDashboardSpec>): string[] =>
    spec.rows.flatMap((row) => row.panels.map((panel) => JSON.stringify(panel)));
  const here = panels(localDashboardSpec(input));
  expect(here.length).toBeGreaterThan(15);
  expect(here.filter((panel) => !panels(applicationDashboard(cluster.watched, "")).includes(panel))).toEqual([]);
});

test("of the rest of the file only lines and spans change, and everything that measures is in the profile", () => {
  const app = localApplication();
  const [on, off] = [LOCAL_COMPOSE, { ...LOCAL_COMPOSE, observability: "off" as const }].map((options) =>
    composeDocument({ ...options, application: app }),
  );
  const added = Object.entries(on?.services ?? {}).filter(([name]) => off?.services[name] === undefined);
  const others = Object.entries(on?.services ?? {}).flatMap(([name, { logging, environment, ...service }]) => {
    if (off?.services[name] === undefined) return [];
    // Where its lines are, and where spans would go: nothing is sent before somebody says so.
    expect(logging?.driver).toBe("json-file");
    if (environment === undefined) return [[name, service]];
    expect(environment["OTEL_SDK_DISABLED"] ?? { otherwise: "true" }).toMatchObject({ otherwise: "true" });
    const plain = Object.entries(environment).filter(([variable]) => !variable.startsWith("OTEL_"));
    return [[name, { ...service, environment: Object.fromEntries(plain) }]];
  });
  expect(Object.fromEntries(others)).toEqual(off?.services);
  expect(Object.values(off?.services ?? {}).filter(({ logging }) => logging !== undefined)).toEqual([]);
  expect(added.map(([, { profiles }]) => profiles)).toEqual(added.map(() => ["observability"]));
  expect(added.flatMap(([, { ports = [] }]) => ports.map(({ variable }) => variable))).toEqual([
    ...["PROMETHEUS_PORT", "ALERTMANAGER_PORT", "GRAFANA_PORT"],
  ]);
});

describe("lines of containers", () => {
  const app = localApplication();
  const { services } = composeDocument({ ...LOCAL_COMPOSE, application: app });
  const tags = Object.entries(services).map(([name, { logging }]) => [name, logging?.options["tag"]] as const);

  test("say whose they are, but those of what would read its own", () => {
    expect(tags.filter(([, tag]) => tag === undefined).map(([name]) => name)).toEqual(["loki", "alloy"]);
    const known = tags.flatMap(([, tag]) => tag ?? []);
    expect(new Set(known).size).toBe(known.length);
    expect(known.filter((tag) => tag.split("/").length !== 3 || !tag.startsWith(`${LOCAL}/`))).toEqual([]);
    // A tag is a template of Docker's, and the parts of it are labels.
    expect(known.filter((tag) => !/^[a-z0-9/-]+$/.test(tag))).toEqual([]);
  });

  test("are found by the labels of a cluster: those of spans, of servers and of containers beside a workload", () => {
    const owners = Object.fromEntries(tags);
    for (const { name, objectName, tracing } of app.workloads) {
      expect(owners[name]).toBe([LOCAL, objectName, name].join("/"));
      if (tracing !== undefined) expect(tracing["OTEL_SERVICE_NAME"]).toBe(objectName);
    }
    expect(owners["mysql"]).toBe(`${LOCAL}/my-app-orders-db/mysql`);
    const { services: beside } = changed({
      workloads: { frontend: { sidecars: { proxy: { image: "registry.example.com/proxy:v1" } } } },
    }).compose();
    expect(beside["frontend-proxy"]?.logging?.options["tag"]).toBe(`${LOCAL}/my-app-frontend/proxy`);
  });

  test("are read with no socket of Docker's, of a folder that nothing is written to, by root without a capability", () => {
    expect(JSON.stringify(services)).not.toContain("docker.sock");
    const readers = Object.entries(services).filter(([, { volumes = [] }]) =>
      volumes.some((volume) => typeof volume !== "string"),
    );
    expect(readers.map(([name]) => name)).toEqual(["alloy"]);
    expect(services["alloy"]).toMatchObject({ user: "0:0", cap_drop: ["ALL"], read_only: true });
    expect(services["alloy"]?.cap_add).toBeUndefined();
    expect(localFiles()["compose.yaml"]).toContain(
      "- ${DOCKER_CONTAINERS:-/var/lib/docker/containers}:/var/lib/docker/containers:ro\n",
    );
  });

  test("go to Loki as the environment, and are read there as the same", () => {
    expect(localFiles()["docker/observability/alloy/lines.alloy"]).toContain('tenant_id = "local"');
    expect(localFile("grafana/provisioning/datasources/datasources.yaml")).toMatchObject({
      datasources: expect.arrayContaining([
        expect.objectContaining({ uid: "loki", secureJsonData: { httpHeaderValue1: "local" } }),
      ]),
    });
  });
});

describe("spans of workloads", () => {
  const { services } = composeDocument({ ...LOCAL_COMPOSE, application: localApplication() });

  test("go to a container that listens there, once a variable says so", () => {
    const sending = Object.values(services).filter(({ environment = {} }) => "OTEL_SERVICE_NAME" in environment);
    expect(sending).toHaveLength(localApplication().workloads.filter(({ instrumented }) => instrumented).length);
    for (const { environment = {} } of sending) {
      expect(environment["OTEL_EXPORTER_OTLP_ENDPOINT"]).toBe("http://otlp:4318");
      expect(environment["OTEL_SDK_DISABLED"]).toEqual({ fromEnvironment: "OTEL_SDK_DISABLED", otherwise: "true" });
    }
    expect(services["otlp"]?.expose).toEqual(["4317", "4318"]);
    expect(localFiles()["docker/observability/otlp/spans.alloy"]).toMatch(/endpoint = "0\.0\.0\.0:4318"/);
    expect(localFiles()["docker/observability/otlp/spans.alloy"]).toContain('endpoint = "tempo:4317"');
    expect(localFile("tempo/tempo.yaml")).toMatchObject({
      distributor: { receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } } },
    });
  });

  test("are nobody's where no workload has OpenTelemetry in it: there is no Tempo, and its names are free", () => {
    const shop = application({
      name: "shop",
      owner: "team",
      workloads: { tempo: http({ image: "registry.example.com/shop:v1" }) },
    });
    const environments = loadEnvironments([
      { ...local, defaultApplication: "shop", applications: [{ application: shop }] },
    ]);
    const files = compose.render(renderEnvironments(environments), {
      ...LOCAL_COMPOSE,
      application: "shop",
      sources: {},
      pools: {},
    });
    expect(Object.keys(files).filter((file) => /tempo|otlp/.test(file))).toEqual([]);
    expect(files["compose.yaml"]).not.toMatch(/grafana\/tempo|OTEL_/);
    expect(files["compose.yaml"]).toContain("grafana/loki");
    expect(files["docker/observability/grafana/provisioning/datasources/datasources.yaml"]).not.toContain("tempo");
    expect(files["docker/observability/grafana/dashboards/shop.json"]).not.toContain("Traces");
  });
});

test("every file that a container of the profile is told to read is rendered where it is mounted", () => {
  const { services } = composeDocument({ ...LOCAL_COMPOSE, application: localApplication() });
  const files = Object.keys(localFiles());
  const told = Object.entries(services).flatMap(([name, { entrypoint = [], command = [], volumes = [] }]) =>
    [...entrypoint, ...command]
      .flatMap((word) =>
        [...word.matchAll(/\/etc\/goldenpath\/([\w./-]+\.(?:alloy|yaml))/g)].map(([, file = ""]) => file),
      )
      .map((file) => {
        const folder = volumes.flatMap((one) =>
          typeof one === "string" && one.endsWith(":/etc/goldenpath:ro") ? [one.split(":")[0]?.slice(2)] : [],
        );
        return { name, file: `${folder.join()}/${file}` };
      }),
  );
  expect(told.map(({ name }) => name)).toEqual(["prometheus", "alertmanager", "loki", "alloy", "tempo", "otlp"]);
  expect(told.filter(({ file }) => !files.includes(file))).toEqual([]);
});

test("whoever looks at Grafana signs in as nobody, and nobody can sign in as more", () => {
  const { services } = composeDocument({ ...LOCAL_COMPOSE, application: localApplication() });
  expect(services["grafana"]?.environment).toMatchObject({
    GF_AUTH_ANONYMOUS_ORG_ROLE: "Viewer",
    GF_AUTH_DISABLE_LOGIN_FORM: "true",
    GF_AUTH_BASIC_ENABLED: "false",
  });
});

test("an application that sends no mail has its alerts on Alertmanager's page alone", () => {
  const shop = application({
    name: "shop",
    owner: "team",
    workloads: {
      web: http({ image: "registry.example.com/shop:v1", metrics: { port: "metrics" }, ports: { metrics: 9000 } }),
    },
  });
  const environments = loadEnvironments([
    { ...local, defaultApplication: "shop", applications: [{ application: shop }] },
  ]);
  const files = compose.render(renderEnvironments(environments), {
    ...LOCAL_COMPOSE,
    application: "shop",
    sources: {},
    pools: {},
  });
  expect(files["docker/observability/alertmanager/alertmanager.yaml"]).toMatch(/receiver: page\n/);
  expect(files["docker/observability/alertmanager/alertmanager.yaml"]).not.toContain("email_configs");
  expect(files["compose.yaml"]).not.toContain("mailcatcher");
});

test("a workload that has the name of a container of the profile is refused, where there is the profile", () => {
  const shop = application({
    name: "shop",
    owner: "team",
    workloads: { grafana: http({ image: "registry.example.com/shop:v1" }) },
  });
  const environments = loadEnvironments([
    { ...local, defaultApplication: "shop", applications: [{ application: shop }] },
  ]);
  const render = (observability: typeof LOCAL_COMPOSE.observability | "off") =>
    compose.render(renderEnvironments(environments), { application: "shop", observability });
  expect(() => render(LOCAL_COMPOSE.observability)).toThrow(
    'applications.shop.workloads.grafana: in Compose "grafana" is a container of the profile observability by this name; rename it',
  );
  expect(Object.keys(render("off"))).toContain("compose.yaml");
});

test("an address of runbooks that is none is refused", () => {
  const observability = { runbooks: { url: "docs/runbooks", folder: "docs/runbooks" } };
  expect(() =>
    compose.render(renderEnvironments(loadEnvironments([local])), { ...LOCAL_COMPOSE, observability }),
  ).toThrow('compose.observability.runbooks.url: got "docs/runbooks"; use the address of a folder: https://…');
});

test("every alert leads to its part of the page that is rendered beside it", () => {
  const page = localFiles()["docs/runbooks/local/my-app/README.md"] ?? "";
  const sections = [...page.matchAll(/^### (\w+)$/gm)].map(([, name = ""]) => name.toLowerCase());
  const { groups } = localFile("prometheus/rules.yaml") as {
    readonly groups: readonly {
      readonly rules: readonly { readonly annotations?: { readonly runbook_url: string } }[];
    }[];
  };
  const urls = groups.flatMap((group) => group.rules.flatMap(({ annotations }) => annotations?.runbook_url ?? []));
  expect(urls.length).toBeGreaterThan(25);
  for (const url of urls) {
    const [address, anchor = ""] = url.split("#");
    expect(address).toMatch(/\/docs\/runbooks\/local\/my-app\/README\.md$/);
    expect(sections).toContain(anchor);
  }
});

test("turned off, its files go; turned on again, they are there again", () => {
  const root = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const environments = renderEnvironments(loadEnvironments([local]));
    const render = (observability: typeof LOCAL_COMPOSE.observability | "off"): string[] => {
      const one = target(compose, { options: { ...LOCAL_COMPOSE, observability } });
      const found = changes(root, renderTargets(environments, [one]), [...(one.owned ?? []), ...one.cleared]);
      apply(root, found);
      return found.map(({ file, text }) => `${text === undefined ? "-" : "+"} ${file}`);
    };
    // What somebody keeps beside it is nobody's business.
    mkdirSync(join(root, "docker"), { recursive: true });
    writeFileSync(join(root, "docker/notes.md"), "mine");
    const first = render(LOCAL_COMPOSE.observability);
    const added = first.filter((line) => line.includes("docker/observability/"));
    expect(added.length).toBeGreaterThan(5);
    expect(new Set(added.map((line) => dirname(line.slice(2)).split("/").slice(0, 2).join("/")))).toEqual(
      new Set(["docker/observability"]),
    );
    const second = render("off");
    expect(second.filter((line) => line.startsWith("-"))).toEqual(added.map((line) => line.replace("+", "-")));
    expect(second.filter((line) => line.startsWith("+"))).toEqual(["+ compose.yaml"]);
    expect(render("off")).toEqual([]);
    expect(render(LOCAL_COMPOSE.observability).filter((line) => line.includes("docker/observability/"))).toEqual(added);
  } finally {
    rmSync(root, { recursive: true });
  }
});
