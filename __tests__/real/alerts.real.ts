import type { Alert } from "../../constructs/observability/alerts/alert";
import { ruleTests } from "../../constructs/observability/proof/tests";
import { type AlertingRule, type RuleContext, type RuleGroup, ruleGroups } from "../../constructs/observability/rules";
import { alerting, platformAlerting } from "../support/alerts";
import { places } from "../support/promql";
import { type Case, judge, PROMTOOLS } from "./support/promtool";

/*
 * Every alert of every environment carries its proof: it fires at its minute, is silent one step before its threshold, and does
 * what it says when its series end. And the proofs prove something: each change of a rule turns one red.
 */

interface Proved {
  readonly title: string;
  readonly alert: Alert;
  readonly context: RuleContext;
  readonly group: RuleGroup;
  readonly tests: Case["tests"];
}

const proved = (only?: readonly string[]): Proved[] =>
  [...alerting(only), platformAlerting()].flatMap(({ environment, groups, context }) =>
    groups.flatMap(({ name, alerts }) =>
      alerts.flatMap((alert) =>
        ruleGroups([{ name, alerts: [alert] }], context).map((group) => ({
          title: `${environment}: ${alert.name} ${Object.values(alert.labels).join(" ")}`,
          ...{ alert, context, group },
          tests: ruleTests([{ name, alerts: [alert] }], context, ""),
        })),
      ),
    ),
  );

const cases = (all: readonly Proved[]): Case[] => all.map(({ group, tests }) => ({ groups: [group], tests }));

const refused = (all: readonly Proved[], said: readonly string[]): string[] =>
  all.flatMap(({ title }, index) => (said[index] === "" ? [] : [`${title}: ${said[index] ?? ""}`]));

test("every alert of every environment is proved by Prometheus 3", () => {
  const all = proved();
  expect(all.length).toBeGreaterThan(200);
  expect(refused(all, judge(PROMTOOLS[3], cases(all)))).toEqual([]);
});

test("and by Prometheus 2, in the environments that have every kind of them", () => {
  const all = proved(["local"]);
  expect(all.length).toBeGreaterThan(50);
  expect(refused(all, judge(PROMTOOLS[2], cases(all)))).toEqual([]);
});

test("so are all rules of an application together, as they are written to files", () => {
  const files = alerting(["staging"]).flatMap(({ groups, context }) =>
    groups.map((group) => ({ groups: ruleGroups([group], context), tests: ruleTests([group], context, "") })),
  );
  expect(files.length).toBeGreaterThan(3);
  expect(judge(PROMTOOLS[3], files)).toEqual(files.map(() => ""));
});

interface Mutant {
  readonly title: string;
  readonly rule: AlertingRule;
}

const without = (text: string, { from, to }: { readonly from: number; readonly to: number }): string =>
  // With the comma before it, or after it.
  `${text.slice(0, from).replace(/,\s*$/, "")}${text.slice(to)}`.replace(/([{(])\s*,\s*/, "$1");

/** Rules that differ from one in a single thing that matters. */
function mutants({ alert, group }: Proved): Mutant[] {
  const [rule] = group.rules;
  if (rule === undefined) return [];
  const { expr } = rule;
  const end = `${alert.is} ${alert.threshold}`;
  const compared = (text: string): string => `${expr.slice(0, -end.length)}${text}`;
  const fifth = Math.abs(alert.threshold) * 0.2;
  const step = Number.isInteger(alert.threshold) ? Math.max(fifth, 1) : fifth;
  const flipped = { "<": "<=", ">": ">=", ">=": ">", "==": undefined }[alert.is];
  return [
    { title: "a higher threshold", rule: { ...rule, expr: compared(`${alert.is} ${alert.threshold + step}`) } },
    { title: "a lower threshold", rule: { ...rule, expr: compared(`${alert.is} ${alert.threshold - step}`) } },
    ...(flipped === undefined
      ? []
      : [{ title: `${flipped} for ${alert.is}`, rule: { ...rule, expr: compared(`${flipped} ${alert.threshold}`) } }]),
    { title: "twice as long", rule: { ...rule, for: `${alert.forSeconds * 2}s` } },
    { title: "half as long", rule: { ...rule, for: `${alert.forSeconds / 2}s` } },
    ...places(expr, "UnquotedLabelMatcher").map((place) => ({
      title: `without ${place.text}`,
      rule: { ...rule, expr: without(expr, place) },
    })),
    ...places(expr, "GroupingLabels").flatMap((list) =>
      places(expr, "LabelName")
        .filter(({ from, to }) => from > list.from && to < list.to)
        .map((place) => ({
          title: `without ${place.text} in ${list.text}`,
          rule: { ...rule, expr: without(expr, place) },
        })),
    ),
  ];
}

test("each change of a rule turns its proof red", () => {
  // Of each name one, where the values are the same for the others.
  const all = [...new Map(proved(["local", "aks-staging"]).map((one) => [one.alert.name, one])).values()];
  const changed = all.flatMap((one) => mutants(one).map((mutant) => ({ ...mutant, one })));
  expect(changed.length).toBeGreaterThan(150);
  // Red means something where green was before.
  expect(refused(all, judge(PROMTOOLS[3], cases(all)))).toEqual([]);
  const said = judge(
    PROMTOOLS[3],
    changed.map(({ one: { group, tests }, rule }) => ({ groups: [{ ...group, rules: [rule] }], tests })),
  );
  expect(changed.flatMap(({ title, one }, index) => (said[index] === "" ? [`${one.title}: ${title}`] : []))).toEqual(
    [],
  );
  expect(said.filter((text) => text.includes("was not judged"))).toEqual([]);
});
