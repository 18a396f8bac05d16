import type { Alert } from "../../constructs/observability/alerts/alert";
import { ruleTests } from "../../constructs/observability/proof/tests";
import { type RuleContext, type RuleGroup, ruleGroups } from "../../constructs/observability/rules";
import { type Alerting, alerting, platformAlerting } from "../support/alerts";
import { localAlerting } from "../support/local-alerts";
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

const provedOf = (all: readonly Omit<Alerting, "watched">[]): Proved[] =>
  all.flatMap(({ environment, groups, context }) =>
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

const proved = (only?: readonly string[]): Proved[] => provedOf([...alerting(only), ...platformAlerting()]);

const cases = (all: readonly Proved[]): Case[] => all.map(({ group, tests }) => ({ groups: [group], tests }));

const refused = (all: readonly Proved[], said: readonly string[]): string[] =>
  all.flatMap(({ title }, index) => (said[index] === "" ? [] : [`${title}: ${said[index] ?? ""}`]));

const isObjective = ({ recordings = [] }: Alert): boolean => recordings.length > 0;

test("every alert of every environment is proved by Prometheus 3", () => {
  // Objectives in one environment: they differ in the namespace alone, and hours are played through.
  const all = [
    ...[...proved(), ...provedOf(localAlerting())].filter(({ alert }) => !isObjective(alert)),
    ...proved(["local"]).filter(({ alert }) => isObjective(alert)),
  ];
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
    groups
      .filter(({ alerts }) => !alerts.some(isObjective))
      .map((group) => ({ groups: ruleGroups([group], context), tests: ruleTests([group], context, "") })),
  );
  expect(files.length).toBeGreaterThan(3);
  expect(judge(PROMTOOLS[3], files)).toEqual(files.map(() => ""));
});

type Rule = RuleGroup["rules"][number];

interface Mutant {
  readonly title: string;
  readonly rules: readonly Rule[];
}

const without = (text: string, { from, to }: { readonly from: number; readonly to: number }): string =>
  // With the comma before it, or after it.
  `${text.slice(0, from).replace(/,\s*$/, "")}${text.slice(to)}`.replace(/([{(])\s*,\s*/, "$1");

/** Rules of a group that differ from it in a single thing that matters. */
const mutants = ({ alert, group: { rules } }: Proved, of: readonly ("alert" | "record")[]): Mutant[] =>
  rules.flatMap((rule, index) =>
    of
      .filter((kind) => kind in rule)
      .flatMap((kind) => [
        ...(kind === "alert" ? [...ofCondition(alert, rule), ...ofWindows(alert, rule)] : []),
        ...(kind === "alert" && isObjective(alert) ? ofSelections(rule) : ofSelection(rule)),
      ])
      .map(({ title, ...changed }) => ({ title, rules: rules.with(index, { ...rule, ...changed }) })),
  );

type Change = { readonly title: string; readonly expr?: string; readonly for?: string };

function ofCondition(alert: Alert, { expr }: Rule): Change[] {
  const end = `${alert.is} ${alert.threshold}`;
  const compared = (text: string): string => `${expr.slice(0, -end.length)}${text}`;
  const fifth = Math.abs(alert.threshold) * 0.2;
  const step = Number.isInteger(alert.threshold) ? Math.max(fifth, 1) : fifth;
  const flipped = { "<": "<=", ">": ">=", ">=": ">", "==": undefined }[alert.is];
  return [
    { title: "a higher threshold", expr: compared(`${alert.is} ${alert.threshold + step}`) },
    { title: "a lower threshold", expr: compared(`${alert.is} ${alert.threshold - step}`) },
    ...(flipped === undefined
      ? []
      : [{ title: `${flipped} for ${alert.is}`, expr: compared(`${flipped} ${alert.threshold}`) }]),
    { title: "twice as long", for: `${alert.forSeconds * 2}s` },
    { title: "half as long", for: `${alert.forSeconds / 2}s` },
  ];
}

const ofSelection = ({ expr }: Rule): Change[] => [
  ...places(expr, "UnquotedLabelMatcher").map((place) => ({
    title: `without ${place.text}`,
    expr: without(expr, place),
  })),
  ...places(expr, "GroupingLabels").flatMap((list) =>
    places(expr, "LabelName")
      .filter(({ from, to }) => from > list.from && to < list.to)
      .map((place) => ({ title: `without ${place.text} in ${list.text}`, expr: without(expr, place) })),
  ),
];

/** The same matcher everywhere: where one of several series has more, it finds no other of the same labels. */
const ofSelections = ({ expr }: Rule): Change[] =>
  [...new Set(places(expr, "UnquotedLabelMatcher").map(({ text }) => text))].map((text) => ({
    title: `without ${text}`,
    expr: expr.replaceAll(`, ${text}`, "").replaceAll(`{${text}, `, "{"),
  }));

/** Conditions beside the first, each left out, and the time of an hour: what was before longer ones is not played through. */
function ofWindows(alert: Alert, { expr }: Rule): Change[] {
  const lines = expr.split("\n");
  const hour = isObjective(alert) && expr.includes("[1h]");
  return [
    ...lines.flatMap((line, index) =>
      line.startsWith("and ") ? [{ title: `without ${line}`, expr: lines.toSpliced(index, 1).join("\n") }] : [],
    ),
    ...(hour
      ? [
          {
            title: "twice the time",
            expr: expr.replace(/^\(sum_over_time.*$/m, (line) => line.replaceAll("[1h]", "[2h]")),
          },
          { title: "the long time alone", expr: expr.replace(/^< .*\nor .*\)$/m, ")") },
          { title: "the short time alone", expr: expr.replace(/^\(sum_over_time.*\n< .*\nor (.*)\)$/m, "($1)") },
          { title: "half of the fewest", expr: expr.replace(/>= 10$/m, ">= 5") },
        ]
      : []),
  ];
}

test("each change of a rule turns its proof red", () => {
  // Of each name one, where the values are the same for the others.
  const [objectives, others] = [
    proved(["local"]).filter(({ alert }) => isObjective(alert)),
    proved(["local", "aks-staging"]).filter(({ alert }) => !isObjective(alert)),
  ];
  // Of objectives the first, of the shortest time; and what the one of latency is made of.
  const all = [others, objectives.toReversed()].flatMap((list) => [
    ...new Map(list.map((one) => [one.alert.name, one])).values(),
  ]);
  const latency = objectives.filter(({ alert: { labels } }) => labels["objective"] === "latency").slice(0, 1);
  const changed = [
    ...all.flatMap((one) => mutants(one, ["alert"]).map((mutant) => ({ ...mutant, one }))),
    ...[...all.filter(({ alert }) => /Fast$/.test(alert.name)), ...latency].flatMap((one) =>
      mutants(one, ["record"]).map((mutant) => ({ ...mutant, one })),
    ),
  ];
  expect(changed.length).toBeGreaterThan(150);
  // Red means something where green was before.
  expect(refused(all, judge(PROMTOOLS[3], cases(all)))).toEqual([]);
  const said = judge(
    PROMTOOLS[3],
    changed.map(({ one: { group, tests }, rules }) => ({ groups: [{ ...group, rules }], tests })),
  );
  expect(changed.flatMap(({ title, one }, index) => (said[index] === "" ? [`${one.title}: ${title}`] : []))).toEqual(
    [],
  );
  expect(said.filter((text) => text.includes("was not judged"))).toEqual([]);
});
