import { ruleTests } from "../../constructs/observability/proof/tests";
import { ruleGroups } from "../../constructs/observability/rules";
import { shopIn, staging } from "../support/postgresql";
import { judge, PROMTOOLS } from "./support/promtool";

/* Alerts of PostgreSQL carry their proofs, which promtool plays; what changes a rule turns one red. */

const { groups, context } = shopIn(staging());
const own = groups.flatMap(({ name, alerts }) =>
  alerts
    .filter(({ labels, name: alert }) => labels["service"] === "orders-db" && /^Database|MetricsMissing$/.test(alert))
    .map((alert) => ({
      title: alert.name,
      groups: ruleGroups([{ name, alerts: [alert] }], context),
      tests: ruleTests([{ name, alerts: [alert] }], context, ""),
    })),
);

test.each(Object.entries(PROMTOOLS))("every alert is proved by Prometheus %s", (_, promtool) => {
  expect(own.map(({ title }) => title).sort()).toEqual([
    "DataServiceMetricsMissing",
    "DatabaseConnectionsNearLimit",
    "DatabaseTransactionsNearLimit",
  ]);
  expect(judge(promtool, own)).toEqual(own.map(() => ""));
});

test.each([
  ["another limit", (expr: string) => expr.replace(/> (?=[\d.]+$)/, "> 1000 * ")],
  ["another family", (expr: string) => expr.replace(/\bpg_\w+/, "pg_other")],
  ["another service", (expr: string) => expr.replace(/service="orders-db"/, 'service="other"')],
])("a rule with %s is found out", (_, change) => {
  const changed = own
    .filter(({ title }) => title.startsWith("Database"))
    .map(({ groups: all, tests }) => ({
      tests,
      groups: all.map((group) => ({
        ...group,
        rules: group.rules.map((rule) => ({ ...rule, expr: change(rule.expr) })),
      })),
    }));
  for (const said of judge(PROMTOOLS[3], changed)) expect(said).not.toBe("");
});
