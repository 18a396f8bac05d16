import type { Series } from "../../../constructs/observability/alerts/alert";
import { environmentDashboard } from "../../../constructs/observability/dashboards/environment";
import { CATALOGUE } from "../../../constructs/observability/metrics/catalogue";
import type { Source } from "../../../constructs/observability/metrics/source";
import { ruleGroups } from "../../../constructs/observability/rules";
import { alerting, environmentsOf, platformAlerting } from "../../support/alerts";
import { localAlerting } from "../../support/local-alerts";
import { labelsOf, measured, problems } from "../../support/measured";
import { expression } from "../../support/promql";

/* A closed world: nothing is asked for that nobody measures. */

const all = [...alerting(), ...platformAlerting(), ...localAlerting()];
const rules = all.flatMap(({ groups, context }) => ruleGroups(groups, context).flatMap((group) => group.rules));

test("rules ask for what somebody measures, by labels that it has", () => {
  expect(rules.length).toBeGreaterThan(200);
  expect([
    ...new Set(
      rules.flatMap((rule) =>
        problems(rule.expr).map((problem) => `${"alert" in rule ? rule.alert : rule.record}: ${problem}`),
      ),
    ),
  ]).toEqual([]);
});

test.each([
  ["sum(rate(http_request_total[5m])) > 1", ["nobody measures http_request_total"]],
  ['http_requests_total{code="500"} > 1', ["http_requests_total has no label code"]],
  ["sum by (route) (http_requests_total) > 1", ["nothing has the label route"]],
  ["sum(rate(http_requests_total[5m]) > 1", ["no PromQL: "]],
  ["vector(1)", ["asks for nothing"]],
  ["http_request_duration_seconds > 1", ["nobody measures http_request_duration_seconds"]],
])("a planted fault is found: %s", (text, found) => {
  expect(problems(text)).toEqual(found);
});

test("proofs feed what somebody measures, with labels that it has", () => {
  const fed = (series: Series): string[] => {
    const one = measured(series.metric);
    if (one === undefined) return [`nobody measures ${series.metric}`];
    const its = labelsOf(one);
    return Object.keys(series.labels)
      .filter((label) => !its.includes(label))
      .map((label) => `${series.metric} has no label ${label}`);
  };
  const proofs = all.flatMap(({ groups }) => groups.flatMap(({ alerts }) => alerts.map(({ proof }) => proof)));
  const series = proofs.flatMap(({ firing, quiet, beside = [] }) => [...firing, ...quiet.flat(), ...beside]);
  expect(series.length).toBeGreaterThan(500);
  expect([...new Set(series.flatMap(fed))]).toEqual([]);
});

test("each family that is measured is asked for by a rule or on an environment's dashboard, or is of a source that a test asks", () => {
  const panels = environmentsOf().flatMap((environment) =>
    environmentDashboard({ environment, keepsLogs: true, takesTraces: true }, { of: () => "" }).rows.flatMap((row) =>
      row.panels.flatMap(({ queries }) => queries.map(({ expr }) => expr.replaceAll("$__rate_interval", "5m"))),
    ),
  );
  const exprs = [...rules.map(({ expr }) => expr), ...panels];
  const asked = new Set(exprs.flatMap((expr) => expression(expr).selectors.map(({ metric }) => metric)));
  const unused = CATALOGUE.filter(({ evidence }) => evidence !== "scraped").flatMap(({ families }) =>
    Object.keys(families).filter((name) => !asked.has(name)),
  );
  expect(unused).toEqual([]);
});

test("the share of families that a test asks of the real thing", () => {
  const count = (of: (source: Source) => boolean): number =>
    CATALOGUE.filter(of).reduce((sum, { families }) => sum + Object.keys(families).length, 0);
  const [scraped, whole] = [count(({ evidence }) => evidence === "scraped"), count(() => true)];
  process.stdout.write(
    `metrics: ${scraped} of ${whole} families are scraped from the real thing, the others recorded\n`,
  );
  expect(scraped / whole).toBeGreaterThan(0.2);
});
