import { environmentDashboard } from "../../constructs/observability/dashboards/environment";
import { ruleGroups } from "../../constructs/observability/rules";
import { alerting, environmentsOf } from "../support/alerts";
import { judge, PROMTOOLS } from "./support/promtool";

/* What panels of an environment's dashboard show, as Prometheus answers: above all of alerts, which it tells of itself. */

const [alerts] = alerting(["staging"]);
const environment = environmentsOf().find(({ name }) => name === "staging");
if (alerts === undefined || environment === undefined) throw new Error("no environment staging");
const { namespace } = alerts.watched.application;

const { rows } = environmentDashboard({ environment, keepsLogs: true, takesTraces: true }, { of: () => "" });
const queries = (title: string): string[] =>
  rows
    .flatMap(({ panels }) => panels)
    .filter((panel) => panel.title === title)
    .flatMap((panel) => panel.queries.map(({ expr }) => expr.replaceAll("$__rate_interval", "5m")));

/** Rules of the application, and three as the chart has them, of which one always fires and calls nobody. */
const groups = [
  ...ruleGroups(alerts.groups, alerts.context),
  {
    name: "chart",
    rules: [
      { alert: "KubeNodeNotReady", expr: 'node{state="bad"} == 1', labels: { severity: "warning" } },
      { alert: "Watchdog", expr: "vector(1)", labels: { severity: "none" } },
      { alert: "Waiting", expr: "vector(1)", for: "1d", labels: { severity: "critical" } },
    ],
  },
];

interface Expected {
  readonly labels: string;
  readonly value: number;
}

/** What promtool says of what each query gives after ten minutes. */
const told = (
  series: Readonly<Record<string, string>>,
  expected: readonly (readonly [expr: string | undefined, samples: readonly Expected[]])[],
): string[] =>
  judge(PROMTOOLS[3], [
    {
      groups,
      tests: {
        evaluation_interval: "30s",
        tests: [
          {
            name: "ten minutes",
            interval: "30s",
            input_series: Object.entries(series).map(([one, values]) => ({ series: one, values })),
            promql_expr_test: expected.map(([expr, samples]) => ({
              ...{ expr, eval_time: "10m" },
              exp_samples: samples,
            })),
          },
        ],
      },
    },
  ]);

const quota = (type: string): string =>
  `kube_resourcequota{namespace="${namespace}",resourcequota="my-app-quota",resource="pods",type="${type}"}`;

test("what fires is there by whose it is, and nothing that waits or that calls nobody", () => {
  const [ours = "", all = ""] = queries("Alerts of applications and of the platform");
  const [cluster = "", others = ""] = queries("Alerts of the cluster");
  // Of the application nothing is measured here, which its alerts of what is missing tell.
  const said = told({ 'node{state="bad"}': "1x40" }, [
    [cluster, [{ labels: '{alertname="KubeNodeNotReady", severity="warning"}', value: 1 }]],
    [others, [{ labels: "{}", value: 1 }]],
    [`group by (application) (${ours})`, [{ labels: '{application="my-app"}', value: 1 }]],
    [`group by (severity) (${ours}) unless on (severity) ALERTS{application="my-app"}`, []],
    [`sum(${ours}) == bool (${all})`, [{ labels: "{}", value: 1 }]],
  ]);
  expect(said).toEqual([""]);
});

test("all of the cluster at 0 says that nothing fires, and no series says that nobody knows", () => {
  const [cluster = "", others = ""] = queries("Alerts of the cluster");
  expect(
    told({}, [
      [cluster, []],
      [others, [{ labels: "{}", value: 0 }]],
    ]),
  ).toEqual([""]);
});

test("parts are of what there may be, and what has ended has no time left", () => {
  const hpa = `namespace="${namespace}",horizontalpodautoscaler="my-app-backend"`;
  const set = `namespace="${namespace}",statefulset="my-app-orders-db"`;
  const certificate = (name: string): string =>
    `certmanager_certificate_expiration_timestamp_seconds{namespace="${namespace}",name="${name}"}`;
  const said = told(
    {
      [`kube_horizontalpodautoscaler_status_current_replicas{${hpa}}`]: "3x40",
      [`kube_horizontalpodautoscaler_spec_max_replicas{${hpa}}`]: "4x40",
      [`kube_statefulset_status_replicas_ready{${set}}`]: "1x40",
      [`kube_statefulset_replicas{${set}}`]: "2x40",
      [quota("used")]: "9x40",
      [quota("hard")]: "10x40",
      [certificate("ends")]: "700x40",
      [certificate("ended")]: "500x40",
    },
    [
      [queries("Autoscalers")[0], [{ labels: `{${hpa}}`, value: 0.75 }]],
      [queries("Data services")[0], [{ labels: `{${set}}`, value: 0.5 }]],
      [queries("Quota in use")[0], [{ labels: `{namespace="${namespace}", resource="pods"}`, value: 0.9 }]],
      [
        queries("Time until certificates end")[0],
        [
          { labels: `{namespace="${namespace}", name="ended"}`, value: 0 },
          { labels: `{namespace="${namespace}", name="ends"}`, value: 100 },
        ],
      ],
    ],
  );
  expect(said).toEqual([""]);
});
