import type { Alert } from "../../constructs/observability/alerts/alert";
import { heartbeatRules } from "../../constructs/observability/amazon/heartbeats";
import { ruleTests, type RuleTests } from "../../constructs/observability/proof/tests";
import { ruleGroups } from "../../constructs/observability/rules";
import { alerting } from "../support/alerts";
import { judge, PROMTOOLS } from "./support/promtool";

/*
 * Where a service of the cloud evaluates the rules, every series has the label that Prometheus of the cluster added on its way, and
 * nothing adds it to alerts: the proofs hold there as well, with that label on each series and each alert.
 */

const CLUSTER = { cluster: "production" } as const;

/** The same tests with the label on every series that is fed. */
const arrived = (tests: RuleTests): RuleTests => ({
  ...tests,
  tests: tests.tests.map((one) => ({
    ...one,
    input_series: one.input_series.map(({ series, values }) => ({
      series: series.replace(/\{/, '{cluster="production",').replace(",}", "}"),
      values,
    })),
  })),
});

const isObjective = ({ recordings = [] }: Alert): boolean => recordings.length > 0;

/** An alert each; of objectives, of which hours are played through, the first of each name. */
const proved = alerting(["production"]).flatMap(({ groups, context }) => {
  const alerts = groups.flatMap(({ name, alerts }) => alerts.map((alert) => ({ name, alert })));
  const objectives = new Map(
    alerts.filter(({ alert }) => isObjective(alert)).map((one) => [one.alert.name, one] as const),
  );
  return [...alerts.filter(({ alert }) => !isObjective(alert)), ...objectives.values()].map(({ name, alert }) => {
    const [groups, labelled] = [[{ name, alerts: [alert] }], { ...context, labels: CLUSTER }];
    return {
      title: `${alert.name} ${Object.values(alert.labels).join(" ")}`,
      groups: ruleGroups(groups, labelled),
      tests: arrived(ruleTests(groups, labelled, "")),
    };
  });
});

test("every alert of production is proved as the workspace has it", () => {
  expect(proved.length).toBeGreaterThan(40);
  const said = judge(PROMTOOLS[3], proved);
  expect(proved.flatMap(({ title }, index) => (said[index] === "" ? [] : [`${title}: ${said[index] ?? ""}`]))).toEqual(
    [],
  );
});

test("and not without the label, by which alerts are grouped", () => {
  const [first] = proved;
  if (first === undefined) throw new Error("no alert");
  const without = first.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) =>
      "alert" in rule ? { ...rule, labels: { ...rule.labels, cluster: "elsewhere" } } : rule,
    ),
  }));
  expect(judge(PROMTOOLS[3], [{ ...first, groups: without }])).not.toEqual([""]);
});

describe("the heartbeat of the rules", () => {
  const at = (minute: number, fires: boolean) => ({
    eval_time: `${minute}m`,
    alertname: "RulesEvaluated",
    exp_alerts: fires ? [{ exp_labels: { ...CLUSTER, severity: "none" }, exp_annotations: ANNOTATIONS }] : [],
  });
  const [group] = heartbeatRules("production");
  const [rule] = group?.rules ?? [];
  const ANNOTATIONS = rule !== undefined && "annotations" in rule ? rule.annotations : {};
  const tests = (series: string, values: string, checks: readonly ReturnType<typeof at>[]) => ({
    evaluation_interval: "30s",
    tests: [{ interval: "30s", input_series: [{ series, values }], alert_rule_test: checks }],
  });

  test("beats while measures arrive, and stops five minutes after the last", () => {
    const groups = heartbeatRules("production");
    const own = 'up{cluster="production",job="node"}';
    expect(
      judge(PROMTOOLS[3], [
        { groups, tests: tests(own, "1x20", [at(1, true), at(10, true), at(16, false)]) },
        // Nothing answers, or another cluster's measures alone arrive.
        { groups, tests: tests(own, "0x20", [at(5, false)]) },
        { groups, tests: tests('up{cluster="staging",job="node"}', "1x20", [at(5, false)]) },
      ]),
    ).toEqual(["", "", ""]);
  });
});
