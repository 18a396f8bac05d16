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
import { alerting } from "../../../support/alerts";
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

/** Labels that differ by where a rule is, and not by what it asks. */
const comparable = ({ expr, labels }: { readonly expr: string; readonly labels: object }, namespace: string): string =>
  JSON.stringify({ expr, labels }).replaceAll(namespace, LOCAL);

describe("rules", () => {
  test("are those of a cluster whose data services run elsewhere, byte for byte but for the namespace; brokers are those of pods", () => {
    const known = new Set(
      ["staging", "local"].flatMap((name) => inCluster(name).map(({ rule, namespace }) => comparable(rule, namespace))),
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
    const all = ["staging", "local"].flatMap(inCluster).flatMap(({ rule }) => ("alert" in rule ? [rule] : []));
    const here = new Set(rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])));
    const why = new Map(
      all.filter(({ alert }) => !here.has(alert)).map(({ alert, expr }) => [alert, missing(expr).join(", ")] as const),
    );
    expect([...here].sort()).toEqual([
      ...["BrokerBlocksPublishers", "CacheConnectionsRefused", "CacheEvicting", "CacheMemoryNearLimit"],
      ...["DataServiceDown", "DataServiceMetricsMissing", "DatabaseConnectionsNearLimit", "DatabaseConnectionsRefused"],
      ...["ErrorBudgetBurning", "ErrorBudgetBurningFast", "HighErrorRate", "HighResponseTime", "MessagesDeadLettered"],
      ...[
        "ObjectiveUnmeasured",
        "PhpFpmPoolExhausted",
        "PhpFpmQueueGrowing",
        "QueueNotDraining",
        "QueueWithoutConsumers",
      ],
    ]);
    expect([...why.values()].filter((source) => source === "" || source.includes("nobody"))).toEqual([]);
    expect(Object.fromEntries([...why].sort())).toEqual({
      AutoscalerAtMaximum: "kube-state-metrics",
      AutoscalerInactive: "kube-state-metrics",
      BackupOlderThanPromised: "kube-state-metrics",
      CertificateExpiring: "cert-manager",
      CertificateNotReady: "cert-manager",
      CronJobFailed: "kube-state-metrics",
      CronJobOverdue: "kube-state-metrics",
      HighCpuUsage: "the kubelets",
      HighMemoryUsage: "the kubelets",
      ImagePullFailing: "kube-state-metrics",
      JobFailed: "kube-state-metrics",
      PodCrashLooping: "kube-state-metrics",
      QueueUnread: "kube-state-metrics",
      QuotaNearlyFull: "kube-state-metrics",
      ReplicasMissing: "kube-state-metrics",
      SecretNotSynchronised: "External Secrets",
      SignalMissing: "External Secrets",
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

test("panels are those of the cluster's dashboard of which there are series here", () => {
  const [cluster] = alerting(["local"]);
  if (cluster === undefined) throw new Error("no environment");
  const panels = (spec: ReturnType<typeof localDashboardSpec>): string[] =>
    spec.rows.flatMap((row) => row.panels.map((panel) => JSON.stringify(panel)));
  const here = panels(localDashboardSpec(input));
  expect(here.length).toBeGreaterThan(15);
  expect(here.filter((panel) => !panels(applicationDashboard(cluster.watched, "")).includes(panel))).toEqual([]);
});

test("nothing else of the file changes, and everything that measures is in the profile", () => {
  const app = localApplication();
  const [on, off] = [LOCAL_COMPOSE, { ...LOCAL_COMPOSE, observability: "off" as const }].map((options) =>
    composeDocument({ ...options, application: app }),
  );
  const added = Object.entries(on?.services ?? {}).filter(([name]) => off?.services[name] === undefined);
  expect(
    Object.fromEntries(Object.entries(on?.services ?? {}).filter(([name]) => off?.services[name] !== undefined)),
  ).toEqual(off?.services);
  expect(added.map(([, { profiles }]) => profiles)).toEqual(added.map(() => ["observability"]));
  expect(added.flatMap(([, { ports = [] }]) => ports.map(({ variable }) => variable))).toEqual([
    ...["PROMETHEUS_PORT", "ALERTMANAGER_PORT", "GRAFANA_PORT"],
  ]);
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
