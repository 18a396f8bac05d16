import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Series } from "../../constructs/observability/alerts/alert";
import { counted } from "../../constructs/observability/alerts/objective-proofs";
import { FLOOR, objectiveAlerts, PACES } from "../../constructs/observability/alerts/objectives";
import { duration } from "../../constructs/observability/alerts/promql";
import { type Objective, OBJECTIVE_DAYS, objectivesOf } from "../../constructs/observability/objectives";
import { ruleGroups } from "../../constructs/observability/rules";
import { alerting } from "../support/alerts";
import { judge, PROMTOOLS } from "./support/promtool";

/*
 * Sloth as the oracle: for the same objective, its rules and ours have the same windows and factors, and come to the same
 * verdict on the same requests; but for the floor on traffic and the time before somebody is called, which it does not have.
 */

const SLOTH = join(__dirname, "..", "..", ".cache", "observability", "bin", "sloth");

const [production] = alerting(["production"]);
if (production === undefined) throw new Error("no production");
const { watched, context } = production;
const objectives = objectivesOf(watched).filter(({ workload }) => workload === "backend");

/** What Sloth calls the two severities of ours. */
const SEVERITIES = [
  ["critical", "ErrorBudgetBurningFast", "page"],
  ["warning", "ErrorBudgetBurning", "ticket"],
] as const;

const BURN = "Burn";

interface SlothRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface SlothGroup {
  readonly name: string;
  readonly rules: readonly SlothRule[];
}

/** Requests and those that miss the objective, as Sloth's specification has them. */
function indicator({ labels, withinSeconds }: Objective): { readonly total: string; readonly errors: string } {
  const of = `namespace="${labels["namespace"] ?? ""}",workload="${labels["workload"] ?? ""}"`;
  const rate = (series: string): string => `sum(rate(${series}[{{.window}}]))`;
  if (withinSeconds === undefined) {
    const metric = "http_requests_total";
    return { total: rate(`${metric}{${of}}`), errors: rate(`${metric}{${of},status=~"5.."}`) };
  }
  const metric = "http_request_duration_seconds";
  const total = rate(`${metric}_count{${of}}`);
  return { total, errors: `${total} - ${rate(`${metric}_bucket{${of},le=~"${withinSeconds}([.]0)?"}`)}` };
}

function sloth(objective: Objective): readonly SlothGroup[] {
  if (!existsSync(SLOTH)) throw new Error("Sloth is not installed: run .ci/install-observability");
  const { total, errors } = indicator(objective);
  const folder = mkdtempSync(join(tmpdir(), "sloth-"));
  try {
    const [input, output] = [join(folder, "slo.json"), join(folder, "rules.yaml")];
    // Not JSON, though that is YAML: it looks for the version in a line of its own.
    writeFileSync(
      input,
      stringify({
        version: "prometheus/v1",
        service: objective.workload,
        slos: [
          {
            name: objective.name,
            objective: objective.percent,
            sli: { events: { error_query: errors, total_query: total } },
            alerting: { name: BURN },
          },
        ],
      }),
    );
    execFileSync(
      SLOTH,
      ["generate", "--no-log", `--default-slo-period=${OBJECTIVE_DAYS}d`, "-i", input, "-o", output],
      {
        stdio: "ignore",
      },
    );
    return (parse(readFileSync(output, "utf8")) as { groups: readonly SlothGroup[] }).groups;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const rulesOf = (groups: readonly SlothGroup[]): readonly SlothRule[] => groups.flatMap(({ rules }) => rules);

/** Ours for one objective, as they are rendered. */
const ours = (objective: Objective) =>
  ruleGroups(
    [
      {
        name: "ours",
        alerts: objectiveAlerts(watched).filter(
          ({ labels, name }) =>
            labels["objective"] === objective.name &&
            labels["workload"] === objective.workload &&
            name !== "ObjectiveUnmeasured",
        ),
      },
    ],
    context,
  );

const each = objectives.map((objective) => [objective.name, objective, sloth(objective)] as const);

test("the reference application has an objective of either kind to compare", () => {
  expect(objectives.map(({ name }) => name)).toEqual(["availability", "latency"]);
});

test.each(each)("%s: the same windows and the same factors", (_, { budget }, groups) => {
  for (const [severity, , called] of SEVERITIES) {
    const rule = rulesOf(groups).find(({ alert, labels }) => alert === BURN && labels["sloth_severity"] === called);
    const conditions = [...(rule?.expr ?? "").matchAll(/ratio_rate(\w+)\{[^}]*\}\s*>\s*\(([\d.]+)\s*\*\s*([\d.]+)\)/g)];
    expect(conditions.map(([, window, factor]) => [window, Number(factor)])).toEqual(
      PACES.filter((pace) => pace.severity === severity).flatMap(({ shortSeconds, longSeconds, factor }) => [
        [duration(shortSeconds), factor],
        [duration(longSeconds), factor],
      ]),
    );
    for (const [, , , share] of conditions) expect(Number(share)).toBeCloseTo(budget, 10);
  }
});

type Phase = Parameters<typeof counted>[1][number];

/** Steps of half a minute. */
const MINUTE = 2;
const HOUR = 60 * MINUTE;

/** Long enough for the longest time that an alert of ours waits, with what its sums run behind. */
const SETTLED = 3 * HOUR + 20 * MINUTE;

/** Whether people are called by each severity: critical, warning. */
type Calls = readonly [critical: boolean, warning: boolean];

interface Story {
  readonly title: string;
  readonly phases: readonly Phase[];
  /** By our rules, and by Sloth's. */
  readonly ours: Calls;
  readonly sloths: Calls;
}

const least = (severity: "critical" | "warning"): number =>
  Math.min(...PACES.filter((pace) => pace.severity === severity).map(({ factor }) => factor));

/** So many times the share that the objective allows, of a hundred requests a second. */
function paced({ budget }: Objective, factor: number): Story {
  const calls: Calls = [factor > least("critical"), factor > least("warning")];
  return {
    title: `${factor} times what is allowed`,
    phases: [[SETTLED, 100, Number((100 * factor * budget).toPrecision(10))]],
    ...{ ours: calls, sloths: calls },
  };
}

const storiesOf = (objective: Objective): readonly Story[] => [
  // Just below and just above each pace; of the second objective, whose rules are the same, the first and the last.
  ...(objective.name === "availability" ? [0.97, 1.03, 2.9, 3.1, 5.9, 6.1, 14.3, 14.5] : [0.97, 1.03, 5.9, 6.1]).map(
    (factor) => paced(objective, factor),
  ),
  {
    title: "everything failed for ten minutes, more than an hour ago",
    phases: [
      [HOUR, 100, 0],
      [10 * MINUTE, 100, 100],
      [HOUR + 15 * MINUTE, 100, 0],
    ],
    // Of an objective that allows one in twenty, ten minutes are not enough in two hours; by the slowest pace they are, for
    // which ours wait three.
    ours: [false, 10 / 120 > 3 * objective.budget],
    sloths: [false, 10 / 145 > objective.budget],
  },
  {
    // Ours wait: an hour at least until somebody is warned of what calls people by then anyway.
    title: "everything has failed for ten minutes",
    phases: [
      [3 * HOUR, 100, 0],
      [10 * MINUTE, 100, 100],
    ],
    ours: [10 / 60 > 14.4 * objective.budget, false],
    sloths: [10 / 60 > 14.4 * objective.budget, true],
  },
];

const steps = (phases: readonly Phase[]): number => phases.reduce((sum, [count]) => sum + count, 0);

const written = ({ metric, labels, values }: Series) => ({
  series: `${metric}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",")}}`,
  values,
});

const firing = (matchers: string): string => `(count(ALERTS{alertstate="firing",${matchers}}) or vector(0)) > bool 0`;

/** What promtool says of a story, evaluated each so many seconds: at its end it is asked for whom either has called. */
function told(
  objective: Objective,
  groups: readonly SlothGroup[],
  stories: readonly Story[],
  seconds: number,
): string[] {
  const interval = `${seconds}s`;
  const rules = [...groups, ...ours(objective)].map((group) => ({ ...group, interval }));
  const said = judge(
    PROMTOOLS[3],
    stories.map(({ title, phases, ...calls }) => ({
      groups: rules,
      tests: {
        evaluation_interval: interval,
        // Sloth's alerts and what they go by are groups of their own, which promtool takes in another order each time: a minute's difference.
        group_eval_order: rules.map(({ name }) => name),
        tests: [
          {
            name: title,
            interval: "30s",
            input_series: counted(objective, phases).map(written),
            promql_expr_test: SEVERITIES.flatMap(([, alert, called], index) => [
              { expr: firing(`alertname="${alert}"`), value: Number(calls.ours[index]) },
              { expr: firing(`alertname="${BURN}",sloth_severity="${called}"`), value: Number(calls.sloths[index]) },
            ]).map(({ expr, value }) => ({
              expr,
              eval_time: `${steps(phases) * 30}s`,
              exp_samples: [{ labels: "{}", value }],
            })),
          },
        ],
      },
    })),
  );
  return said.flatMap((text, index) => (text === "" ? [] : [`${stories[index]?.title ?? ""}: ${text}`]));
}

test.each(each)("%s: the same verdict on the same requests, pace by pace", (_, objective, groups) => {
  expect(told(objective, groups, storiesOf(objective), 60)).toEqual([]);
});

test("one error of a quiet night calls somebody by Sloth's rules, and nobody by ours: they have a floor", () => {
  const [, objective, groups] = each[0] ?? [];
  if (objective === undefined || groups === undefined) throw new Error("no objective");
  expect(FLOOR).toBeGreaterThan(1);
  // A request every hundred seconds.
  const quiet: Story = {
    title: "one error",
    phases: [
      [2 * HOUR, 0.01, 0],
      [4, 0.01, 0.01],
      [3 * MINUTE, 0.01, 0],
    ],
    ours: [false, false],
    sloths: [true, true],
  };
  expect(told(objective, groups, [quiet], 30)).toEqual([]);
});
