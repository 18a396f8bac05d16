import { alertGroups } from "../../constructs/observability/alerts/alerts";
import { inhibitRules } from "../../constructs/observability/inhibitions";
import { type RuleGroup, ruleGroups } from "../../constructs/observability/rules";
import { alerting as rendered } from "../support/alerts";
import { type Alerting, startAlerting } from "./support/alerting";
import { commandOf } from "./support/compose-file";
import { sleep, waitUntil } from "./support/program";
import { METRICS_PORTS } from "./support/sample-images";
import { type Samples, startSamples } from "./support/sample-site";
import { useSite } from "./support/site";

/*
 * Who is called, and who is not: the samples behind nginx and PHP-FPM with their servers, a real Prometheus with the rendered
 * rules, a real Alertmanager with the rendered configuration, and a stand-in for Slack. All times of the rules are a thirtieth.
 */

const FASTER = 30;

const [production] = rendered(["production"]);
if (production === undefined) throw new Error("no environment");
const { watched, context } = production;
const { namespace } = watched.application;

/** Rules of the group by the application's own name, without those that ask the cluster, which is not here. */
const groups: RuleGroup[] = ruleGroups(alertGroups(watched), context)
  .filter(({ name }) => name === watched.application.name)
  .map((group) => ({ ...group, rules: group.rules.filter(({ expr }) => !expr.includes("kube_")) }));

let samples: Samples;
let alerting: Alerting;
useSite(async (site) => {
  samples = await startSamples(site);
  // Without its tables the backend answers every request with an error.
  const { code, output } = await samples.console(...commandOf("migrate").slice(2));
  if (code !== 0) throw new Error(output);
  alerting = await startAlerting(site, {
    groups,
    faster: FASTER,
    inhibitRules: inhibitRules([watched.application]),
    targets: (["backend", "frontend", "notifications"] as const).map((workload) => ({
      address: `127.0.0.1:${METRICS_PORTS[workload]}`,
      path: "/metrics",
      labels: { namespace, workload, pod: `my-app-${workload}-0` },
    })),
  });
});

let asking = true;
let path = "/lifts";
/** Requests of people, one after the other, until they are told to stop. */
async function people(): Promise<void> {
  while (asking) {
    await samples.http("api.localhost", path).catch(() => undefined);
    await sleep(0.05);
  }
}
let visitors: Promise<void> | undefined;
afterAll(async () => {
  asking = false;
  await visitors;
});

const of = (title: string, resolved = false) =>
  alerting.messages().filter((message) => message.title === title && message.resolved === resolved);

test("with everything well nobody is called", async () => {
  expect(groups.flatMap(({ rules }) => rules.map((rule) => "alert" in rule && rule.alert))).toEqual([
    "HighErrorRate",
    "HighResponseTime",
  ]);
  visitors = people();
  // Longer than it takes until somebody is told that all of them fail.
  await sleep(45);
  expect(alerting.messages()).toEqual([]);
}, 90_000);

test("with the database away the channel is told once, with the share of errors", async () => {
  const from = Date.now();
  await samples.mariadb.stop();
  await waitUntil("Slack has heard of it", () => of("HighErrorRate").length > 0, {
    seconds: 90,
    details: alerting.logs,
  });
  process.stdout.write(
    `time to alert: HighErrorRate ${((Date.now() - from) / 1000).toFixed(0)} s after the database went, at ${FASTER} times the speed\n`,
  );
  const [message] = of("HighErrorRate");
  expect(message).toMatchObject({ channel: "#my-app-alerts", path: "/services/T000/B000/secret" });
  expect(message?.text.trim()).toMatch(
    /^backend has answered \d+(\.\d+)?% of its requests with a status of 5xx for five minutes; the limit is 5%$/,
  );
  await sleep(12);
  expect(of("HighErrorRate")).toHaveLength(1);
}, 150_000);

test("once requests are answered again the channel is told so", async () => {
  // Answered without the database.
  path = "/nothing";
  await waitUntil("Slack has heard of the end", () => of("HighErrorRate", true).length > 0, {
    seconds: 90,
    details: alerting.logs,
  });
}, 120_000);

test("what needs something that is down is not told beside it", async () => {
  const labels = { application: "my-app", namespace, severity: "critical", cluster: "here" };
  await alerting.raise({ alertname: "DataServiceDown", service: "orders-db", ...labels }, "orders-db is down");
  // Groups wait ten seconds for what belongs to them.
  await sleep(2);
  await alerting.raise({ alertname: "PhpFpmQueueGrowing", workload: "backend", ...labels }, "requests wait");
  await alerting.raise({ alertname: "HighResponseTime", workload: "frontend", ...labels }, "slow behind the backend");
  await alerting.raise({ alertname: "HighErrorRate", workload: "notifications", ...labels }, "needs no database");
  await waitUntil(
    "Slack has heard of the cause, and of what has nothing to do with it",
    () =>
      of("DataServiceDown").length > 0 && of("HighErrorRate").some(({ text }) => text.includes("needs no database")),
    { seconds: 60, details: alerting.logs },
  );
  expect(of("PhpFpmQueueGrowing")).toEqual([]);
  expect(of("HighResponseTime").filter(({ text }) => text.includes("slow behind"))).toEqual([]);
}, 120_000);
