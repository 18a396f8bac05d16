import { promisedCopies } from "../../../constructs/observability/alerts/backups";
import {
  environmentDashboard,
  type Indexes,
  type Shown,
} from "../../../constructs/observability/dashboards/environment";
import { prometheus, type PrometheusProps } from "../../../constructs/observability/prometheus/prometheus";
import { dashboards } from "../../../constructs/outputs/dashboards/output";
import { ingress } from "../../../constructs/routing/ingress";
import { alerting, environmentsOf } from "../../support/alerts";
import { facts, frontend, resolvedApplication, resolvedEnvironment } from "../../support/resolved";

/* What an environment's dashboard shows, after each thing that people do to the environment. */

const INDEXES: Indexes = { of: ({ name }) => `https://git.example.com/${name}` };

const shop = resolvedApplication();
const blog = resolvedApplication({ name: "blog", namespace: "blog-prod", workloads: [], services: [] });

const of = (applications: Shown["environment"]["applications"], more: Partial<Shown> = {}) =>
  environmentDashboard(
    { environment: { ...resolvedEnvironment(), applications }, keepsLogs: false, takesTraces: false, ...more },
    INDEXES,
  );

const rowsOf = (...given: Parameters<typeof of>): string[] => of(...given).rows.map(({ title }) => title);

test("it has a row for each thing that people look for first, and leads to what says more", () => {
  const spec = of([shop], { keepsLogs: true, takesTraces: true });
  expect(spec.title).toBe("Environment production");
  const titles = spec.rows.map(({ title }) => title);
  expect(titles.filter((title) => title !== "Backups" && title !== "Requests")).toEqual([
    ...["What fires now", "Saturation", "Data services", "Quota", "Certificates", "Logs", "Traces"],
  ]);
  expect(spec.links.map(({ title }) => title)).toEqual(["my-app", "Runbooks of my-app", "Logs of my-app"]);
});

test("a second application comes with its links and marks, and is nowhere once it is removed", () => {
  const both = JSON.stringify(of([shop, { ...blog, workloads: [frontend({ objectName: "blog-frontend" })] }]));
  expect(both).toContain("blog-prod");
  expect(both).toContain("Deploys of blog");
  expect(both).toContain("Runbooks of blog");
  expect(JSON.stringify(of([shop]))).not.toContain("blog");
  expect(of([shop]).uid).toBe(of([shop, blog]).uid);
});

test("what no application has is no panel: no empty row asks why it is empty", () => {
  expect(rowsOf([])).toEqual(["What fires now", "Certificates"]);
  expect(rowsOf([blog])).toEqual(["What fires now", "Quota", "Certificates"]);
});

test("logs and traces are there where the environment keeps them", () => {
  expect(rowsOf([shop]).filter((title) => title === "Logs" || title === "Traces")).toEqual([]);
  expect(of([shop]).links.map(({ title }) => title)).toEqual(["my-app", "Runbooks of my-app"]);
});

test("copies are those that CronJobs make, by their names in the cluster", () => {
  const promised = alerting().flatMap(({ environment, watched }) =>
    promisedCopies(watched).map(({ cronJob }) => ({ environment, name: cronJob.metadata.name })),
  );
  expect(promised.length).toBeGreaterThan(0);
  for (const { environment, name } of promised) {
    const found = environmentsOf().filter((one) => one.name === environment);
    const [spec] = found.map((one) =>
      environmentDashboard({ environment: one, keepsLogs: false, takesTraces: false }, INDEXES),
    );
    const [panel] = spec?.rows.find(({ title }) => title === "Backups")?.panels ?? [];
    expect(panel?.queries[0].expr).toMatch(new RegExp(`cronjob=~"(.*\\|)?${name}(\\|.*)?"`));
  }
});

describe("Grafana gets it", () => {
  const props: PrometheusProps = { runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } };
  const environment = (given: PrometheusProps) => ({
    ...resolvedEnvironment(),
    observability: prometheus(given),
    routing: ingress(),
  });
  const object = (given: PrometheusProps) => {
    const measured = environment(given);
    const [base] = measured.observability.addons(measured, facts).filter(({ name }) => name === "observability");
    const values = base?.values({ identity: { annotations: {} }, loadBalancerAnnotations: {} });
    return (values?.objects as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[
      "ConfigMap/environment-dashboard"
    ];
  };

  test("by a ConfigMap of the platform, in a folder that no application has", () => {
    expect(object(props)).toMatchObject({
      metadata: {
        namespace: "observability",
        labels: { grafana_dashboard: "1" },
        annotations: { grafana_folder: "Environment" },
      },
    });
  });

  test("as the file that is committed: the same text", () => {
    const measured = environment(props);
    const text = measured.observability.environmentDashboards?.(measured);
    expect(object(props)?.data).toEqual(text);
    expect(Object.keys(text ?? {})).toEqual(["_environment.json"]);
  });

  test("with a link to the platform's runbooks where there are any", () => {
    const index = "https://git.example.com/runbooks/production/_platform/README.md";
    const text = (given: PrometheusProps): string => JSON.stringify(object(given));
    expect(text(props)).not.toContain("_platform");
    for (const given of [
      { ...props, logs: {} },
      { ...props, traces: {} },
    ]) {
      const measured = environment(given);
      expect(text(given)).toContain(index);
      expect(Object.keys(measured.observability.pages?.(measured) ?? {})).toContain("production/_platform/README.md");
    }
  });
});

test("an environment that nothing measures has none", () => {
  const [spec] = environmentsOf();
  if (spec === undefined) throw new Error("no environment");
  const rendered = (observability: (typeof spec)["observability"]) =>
    dashboards.render([{ name: spec.name, environment: { ...spec, observability }, applications: [] }], {});
  expect(Object.keys(rendered(spec.observability))).toEqual([`${spec.name}/_environment.json`]);
  expect(rendered(undefined)).toEqual({});
});
