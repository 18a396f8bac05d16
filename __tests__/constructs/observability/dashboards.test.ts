import { applicationDashboard, dashboardUid } from "../../../constructs/observability/dashboards/application";
import type { Dashboard, GrafanaPanel } from "../../../constructs/observability/dashboards/build";
import { buildDashboard } from "../../../constructs/observability/dashboards/build";
import { environmentDashboard } from "../../../constructs/observability/dashboards/environment";
import { CATALOGUE } from "../../../constructs/observability/metrics/catalogue";
import { alerting, environmentsOf } from "../../support/alerts";
import { problems } from "../../support/measured";
import { expression } from "../../support/promql";

/* Dashboards by the written rules of Grafana's dashboard linter, and in the closed world of what is measured. */

interface Target {
  readonly expr: string;
  readonly legendFormat: string;
  readonly datasource: { readonly uid: string };
}

const all = alerting().map(({ environment, watched }) => ({
  environment,
  application: watched.application.name,
  dashboard: buildDashboard(applicationDashboard(watched, "https://git.example.com/README.md")),
}));

const ofEnvironments = environmentsOf().map((environment) => ({
  environment: environment.name,
  dashboard: buildDashboard(
    environmentDashboard(
      { environment, keepsLogs: true, takesTraces: true },
      { of: ({ name }) => `https://git.example.com/${name}`, platform: "https://git.example.com/_platform" },
    ),
  ),
}));

/** Every dashboard, of applications and of environments. */
const shown = [
  ...all.map(({ environment, application, dashboard }) => ({ title: `${application} in ${environment}`, dashboard })),
  ...ofEnvironments.map(({ environment, dashboard }) => ({ title: environment, dashboard })),
];

const panelsOf = ({ panels = [] }: Dashboard): GrafanaPanel[] =>
  panels.flatMap((panel): GrafanaPanel[] => (panel.type === "row" ? [] : [panel as GrafanaPanel]));

const targetsOf = (panel: GrafanaPanel): Target[] => (panel.targets ?? []) as unknown as Target[];

/** An expression with a range where Grafana puts one. */
const asked = (expr: string): string => expr.replaceAll("$__rate_interval", "5m");

test("the reference application's is called as it was asked for, with what it was asked to show", () => {
  for (const { dashboard } of all) {
    expect(dashboard.title).toBe("Backend Dashboard");
    const titles = panelsOf(dashboard).map(({ title }) => title);
    expect(titles.slice(0, 3)).toEqual(["Request rate", "Response time P95", "Error rate"]);
  }
});

test("a dashboard is addressed by names, and where Grafana takes no more characters by a digest", () => {
  expect(dashboardUid({ environment: "staging", name: "my-app" })).toBe("staging_my-app");
  // Neither is the other, though their names together are the same.
  expect(dashboardUid({ environment: "a-b", name: "c" })).not.toBe(dashboardUid({ environment: "a", name: "b-c" }));
  const [most, more] = [29, 30].map((length) => dashboardUid({ environment: "production", name: "x".repeat(length) }));
  expect([most, more]).toEqual([`production_${"x".repeat(29)}`, expect.stringMatching(/^[0-9a-f]{32}$/)]);
});

test("no two have one uid, and each says which application and environment it is of", () => {
  expect(new Set(shown.map(({ dashboard }) => dashboard.uid)).size).toBe(shown.length);
  for (const { environment, application, dashboard } of all) {
    expect(dashboard.uid).toMatch(/^[a-z0-9_-]{1,40}$/);
    expect(dashboard.tags).toEqual(["goldenpath", application, environment]);
    expect(dashboard.links?.map(({ title, url }) => [title, url])).toEqual([
      ["Runbooks", "https://git.example.com/README.md"],
    ]);
  }
});

describe.each(shown)("$title", ({ dashboard }) => {
  const panels = panelsOf(dashboard);

  test("each panel has a title of its own, a description and a unit", () => {
    expect(panels.length).toBeGreaterThan(8);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    for (const panel of panels) {
      expect([panel.title, (panel.description ?? "").length > 20]).toEqual([panel.title, true]);
      expect([panel.title, panel.fieldConfig?.defaults.unit]).toEqual([panel.title, expect.stringMatching(/^\w+$/)]);
    }
  });

  test("each panel asks the Prometheus that was chosen, for what somebody measures", () => {
    const [variable] = dashboard.templating.list ?? [];
    expect(variable).toMatchObject({ type: "datasource", name: "datasource", query: "prometheus" });
    for (const panel of panels) {
      expect(targetsOf(panel).length).toBeGreaterThan(0);
      for (const { expr, legendFormat, datasource } of targetsOf(panel)) {
        expect([panel.title, problems(asked(expr))]).toEqual([panel.title, []]);
        expect(datasource.uid).toBe("$datasource");
        expect(legendFormat).not.toBe("");
      }
    }
  });

  test("deploys are marked by what somebody measures, and the dashboard says what makes no mark", () => {
    const marks = (dashboard.annotations.list ?? []).filter(({ name }) => name.startsWith("Deploys"));
    expect(marks.map(({ expr }) => problems(expr ?? ""))).toEqual([[]]);
    expect(marks).toMatchObject([{ enable: true, useValueForTime: true, datasource: { uid: "$datasource" } }]);
    expect(dashboard.description).toContain("nor does going back to a ReplicaSet that is kept");
  });

  test("counters are shown as rates, in the range that fits", () => {
    const counters = CATALOGUE.flatMap(({ families }) =>
      Object.entries(families).flatMap(([name, { type }]) => (type === "counter" ? [name] : [])),
    );
    for (const { expr } of panels.flatMap(targetsOf)) {
      for (const { metric } of expression(asked(expr)).selectors) {
        if (counters.includes(metric) || metric.endsWith("_bucket")) expect(expr).toMatch(/(rate|increase)\(/);
      }
      for (const [, range] of expr.matchAll(/\brate\([^[]*\[([^\]]*)\]/g)) expect(range).toBe("$__rate_interval");
    }
  });

  test("nobody edits it in the browser, panels do not overlap, and Terraform finds nothing to expand in it", () => {
    expect(dashboard.editable).toBe(false);
    const places = (dashboard.panels ?? []).map((panel) => {
      const { x = 0, y = 0 } =
        (panel as { readonly gridPos?: { readonly x?: number; readonly y?: number } }).gridPos ?? {};
      return `${x}/${y}`;
    });
    expect(new Set(places).size).toBe(places.length);
    expect(JSON.stringify(dashboard)).not.toMatch(/[$%]\{/);
  });
});
