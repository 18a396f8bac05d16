import type { Labels } from "../../kubernetes/objects";
import { type Alert, type Series, STEP_SECONDS } from "../alerts/alert";
import type { AlertGroup } from "../alerts/alerts";
import { duration } from "../alerts/promql";
import { annotationsOf, type RuleContext, staticLabels } from "../rules";

/* The proof of each alert as a file of tests for `promtool test rules`. */

export interface RuleTests {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: string;
  readonly tests: readonly RuleTest[];
}

export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly {
    readonly eval_time: string;
    readonly alertname: string;
    readonly exp_alerts: readonly { readonly exp_labels: Labels; readonly exp_annotations: Labels }[];
  }[];
}

const WHEN_GONE = { fires: "fires", silent: "is silent", stays: "fires still" } as const;

/** Steps for which what must be silent is watched beyond the time at which the alert would fire. */
const LONGER = 10;

/** Steps after which series that end are looked at: Prometheus goes by a sample for five minutes, and rates for their window. */
const AFTERWARDS = 60;

const written = (metric: string, labels: Labels): string =>
  `${metric}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}}`;

const fired = (alert: Alert, context: RuleContext) => ({
  exp_labels: { ...alert.proof.labels, ...staticLabels(alert, context) },
  exp_annotations: annotationsOf(alert, alert.proof.texts, context),
});

/** The same series, each as one of somebody else's: with another value in one of the labels by which the alert finds its own. */
const others = ({ within, pins = [] }: Alert, series: readonly Series[], called = "other"): Series[] =>
  [...Object.keys(within), ...pins].flatMap((label) =>
    series.flatMap((one) => {
      const value = one.labels[label];
      return value === undefined ? [] : [{ ...one, labels: { ...one.labels, [label]: `${called}-${value}` } }];
    }),
  );

/** How many steps there are in promtool's notation, where `0+1x4` is five and `_x4`, without samples, four. */
const lengthOf = (values: string): number =>
  values
    .split(" ")
    .reduce((sum, token) => sum + Number(/x(\d+)$/.exec(token)?.[1] ?? 0) + (token.startsWith("_x") ? 0 : 1), 0);

/** The same samples, of which the last are left out or repeated further. */
const until = (values: string, samples: number): string =>
  values.replace(/x(\d+)$/, (_, last: string) => `x${Number(last) + samples - lengthOf(values)}`);

/** Others that have nothing, and others that have more of it than there is. */
const extremes = (alert: Alert, series: readonly Series[]): Series[] =>
  (
    [
      ["least", 0],
      ["most", 1_000_000_000],
    ] as const
  ).flatMap(([called, step]) =>
    others(alert, series, called).map((one) => ({ ...one, values: `0+${step}x${lengthOf(one.values) - 1}` })),
  );

/** Series that fire, and end with the step at which they do; of an alert that something is absent those that are well. */
const ended = ({ proof: { firing, quiet, firesAt, whenGone } }: Alert): Series[] =>
  (whenGone === "fires" ? (quiet[0] ?? []) : firing).map((series) => ({
    ...series,
    values: until(series.values, Math.ceil(firesAt / STEP_SECONDS) + 1),
  }));

/**
 * Tests of every alert.
 *
 * @param file name of the file with the rules, beside that of the tests
 */
export const ruleTests = (groups: readonly AlertGroup[], context: RuleContext, file: string): RuleTests => ({
  rule_files: [file],
  evaluation_interval: duration(STEP_SECONDS),
  tests: groups.flatMap(({ alerts }) => alerts.flatMap((alert) => testsOf(alert, context))),
});

function testsOf(alert: Alert, context: RuleContext): RuleTest[] {
  const { firing, quiet, firesAt, whenGone, beside = [] } = alert.proof;
  const test = (what: string, series: readonly Series[], times: readonly (readonly [number, boolean])[]): RuleTest => ({
    name: `${alert.name}${Object.values(alert.labels)
      .map((value) => ` ${value}`)
      .join("")}: ${what}`,
    interval: duration(STEP_SECONDS),
    input_series: [...series, ...beside].map(({ metric, labels, values }) => ({
      series: written(metric, labels),
      values,
    })),
    alert_rule_test: times.map(([seconds, fires]) => ({
      eval_time: duration(seconds),
      alertname: alert.name,
      exp_alerts: fires ? [fired(alert, context)] : [],
    })),
  });
  const gone = firesAt + AFTERWARDS * STEP_SECONDS;
  return [
    // Beside it are others of the same names: who counts them too is called for nothing, or not called.
    ...quiet.map((series, index) =>
      test(
        `fires (${index + 1})`,
        [...firing, ...others(alert, series), ...extremes(alert, firing)],
        [
          [firesAt - STEP_SECONDS, false],
          [firesAt, true],
        ],
      ),
    ),
    ...quiet.map((series, index) =>
      test(
        `is silent (${index + 1})`,
        [...series, ...others(alert, firing), ...extremes(alert, series)],
        [
          [firesAt, false],
          [firesAt + LONGER * STEP_SECONDS, false],
        ],
      ),
    ),
    test(`${WHEN_GONE[whenGone]} when its series end`, [...ended(alert), ...beside], [[gone, whenGone !== "silent"]]),
  ];
}
