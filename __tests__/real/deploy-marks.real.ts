import { select } from "../../constructs/observability/alerts/promql";
import { deployMarks } from "../../constructs/observability/dashboards/deploys";
import { alerting } from "../support/alerts";
import { judge, PROMTOOLS } from "./support/promtool";

/*
 * Marks of deploys, as Prometheus answers: Grafana draws one at each moment that is the value of a series, once for each value.
 * https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/datasource.ts
 */

const STEP = 30;

const [production] = alerting(["production"]);
if (production === undefined) throw new Error("no environment production");
const { application } = production.watched;
const { namespace } = application;

const CREATED = "kube_replicaset_created";

/** Told from one step until another. */
const replicaSet = (replicaset: string, created: number, from = 0, until = 60, within = namespace) => ({
  series: select(CREATED, { namespace: within, replicaset }),
  values: `_x${from} ${created}x${until - from - 1} stale`,
});

type Told = ReturnType<typeof replicaSet>;

/** What happens in half an hour of which the back end is released in the tenth minute. */
const STORY: readonly Told[] = [
  replicaSet("my-app-backend-7c6f9d", 100, 0, 40),
  replicaSet("my-app-backend-5b8d4f", 600, 20),
  replicaSet("my-app-frontend-66c5d9", 90),
  // What measures a data service, and another application, are nobody's release here.
  replicaSet("my-app-my-app-mysql-exporter-5b8d4f", 900, 30),
  replicaSet("my-app-backend-old-5b8d4f", 900, 30),
  replicaSet("my-app-backend-5b8d4f", 900, 30, 60, "elsewhere"),
];

const [mark] = deployMarks(application, "Deploys");
const asked = mark?.milliseconds ?? "";

/** What promtool says of what the series of workloads are at each step. */
const told = (expr: string, series: readonly Told[], expected: (step: number) => Readonly<Record<string, number>>) =>
  judge(PROMTOOLS[3], [
    {
      groups: [],
      tests: {
        evaluation_interval: `${STEP}s`,
        tests: [
          {
            ...{ name: "deploys", interval: `${STEP}s`, input_series: series },
            promql_expr_test: [0, 5, 19, 20, 25, 39, 40, 51, 59].map((step) => ({
              ...{ expr, eval_time: `${step * STEP}s` },
              exp_samples: Object.entries(expected(step)).map(([workload, value]) => ({
                ...{ labels: `{workload="${workload}"}`, value },
              })),
            })),
          },
        ],
      },
    },
  ]);

const RELEASED = (step: number) => ({ backend: step < 20 ? 100_000 : 600_000, frontend: 90_000 });

test("a release is one moment of its workload, and nothing else is one", () => {
  expect(told(asked, STORY, RELEASED)).toEqual([""]);
});

test("a workload without a release keeps the moment of its last, and going back to a ReplicaSet that is kept is none", () => {
  const before = STORY.filter(({ series }) => !series.includes("my-app-backend-7c6f9d"));
  expect(told(asked, [...before, replicaSet("my-app-backend-7c6f9d", 100)], RELEASED)).toEqual([""]);
});

test("the story would find marks of other things", () => {
  const every = `max by (workload) (label_replace(${CREATED}, "workload", "$1", "replicaset", "my-app-(backend|frontend)-.*")) * 1000`;
  expect(told(every, STORY, RELEASED)).not.toEqual([""]);
});
