import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alertManagerDefinition } from "../../constructs/observability/amazon/alert-manager";
import { writing } from "../../constructs/observability/prometheus/managed";
import { run } from "./support/container";
import { inNetwork } from "./support/network";
import { startProgram, waitUntil } from "./support/program";
import { PROMTOOLS } from "./support/promtool";
import { type Site, useSite } from "./support/site";

/*
 * The configuration of a workspace's alert manager, as Alertmanager itself reads it and sends by it, to what stands for SNS. What
 * AWS's own does with the same file was not seen: there was no account.
 */

const PORTS = { alertmanager: 9093, sns: 9098 };

interface Published {
  readonly at: number;
  readonly TopicArn: string;
  readonly Subject: string;
  readonly Message: string;
}

interface Custom {
  readonly version: string;
  readonly source: string;
  readonly content: {
    readonly textType: string;
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
  };
}

const arn = (name: string): string => `arn:aws:sns:eu-central-1:111111111111:${name}`;
const definition = JSON.parse(
  alertManagerDefinition({ email: { to: "on-call@example.com" } }, [], {
    alerts: arn("alerts"),
    mail: arn("mail"),
    heartbeats: { cluster: arn("heartbeat-cluster"), rules: arn("heartbeat-rules") },
    region: "eu-central-1",
  }),
) as { readonly alertmanager_config: string; readonly template_files: Readonly<Record<string, string>> };

let here: Pick<Site, "folder" | "network">;
let logs = (): string => "";
const at = (name: string): string => join(here.folder, name);

/** The file with what AWS adds itself: where SNS is, who signs, and where its templates are. */
const asAlertmanagerHas = (): string =>
  JSON.stringify(JSON.parse(definition.alertmanager_config))
    .replaceAll(
      '"sigv4":{"region":"eu-central-1"}',
      '"sigv4":{"region":"eu-central-1","access_key":"a","secret_key":"b"}',
    )
    .replaceAll('"topic_arn"', `"api_url":"http://127.0.0.1:${PORTS.sns}","topic_arn"`)
    .replace('"templates":["goldenpath"]', `"templates":[${JSON.stringify(at("goldenpath.tmpl"))}]`)
    // Nobody waits half a day here.
    .replaceAll(/"group_(wait|interval)":"10s"/g, '"group_$1":"1s"');

useSite(async (site) => {
  here = site;
  for (const [name, text] of Object.entries(definition.template_files)) writeFileSync(at(`${name}.tmpl`), text);
  writeFileSync(at("alertmanager.yaml"), asAlertmanagerHas());
  writeFileSync(at("sns.jsonl"), "");
  const start = (name: string, command: readonly string[]) =>
    site.add(startProgram(inNetwork(site.network, command), { log: at(`${name}.log`) }));
  start("sns", [process.execPath, join(__dirname, "support", "sns.mjs"), String(PORTS.sns), at("sns.jsonl")]);
  start("alertmanager", [
    "prometheus-alertmanager",
    `--config.file=${at("alertmanager.yaml")}`,
    `--storage.path=${at("alertmanager-data")}`,
    `--web.listen-address=127.0.0.1:${PORTS.alertmanager}`,
    "--cluster.listen-address=",
  ]);
  logs = () => readFileSync(at("alertmanager.log"), "utf8");
  await waitUntil("Alertmanager is there", () => /Listening on/.test(logs()), { seconds: 30, details: logs });
});

const published = (): Published[] =>
  readFileSync(at("sns.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Published);

const to = (topic: string): Published[] => published().filter(({ TopicArn }) => TopicArn === arn(topic));

async function raise(
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
  end?: string,
) {
  const { code, output } = await run(
    inNetwork(here.network, [
      ...["amtool", `--alertmanager.url=http://127.0.0.1:${PORTS.alertmanager}`, "alert", "add"],
      ...(end === undefined ? [] : [`--end=${end}`]),
      ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
      ...Object.entries(annotations).map(([name, value]) => `--annotation=${name}=${JSON.stringify(value)}`),
    ]),
  );
  if (code !== 0) throw new Error(output);
}

const custom = ({ Message }: Published): Custom => JSON.parse(Message) as Custom;
const RUNBOOK = "https://git.example.com/HighErrorRate.md";
/** With everything that JSON has a form of its own for. */
const TEXT = 'backend "answers"\nwith C:\\errors: 5 % – zu viele';

test("an alert reaches the channel as a notification of Amazon Q's form, with title, text and runbook", async () => {
  await raise(
    { alertname: "HighErrorRate", cluster: "production", severity: "warning" },
    { description: TEXT, runbook_url: RUNBOOK },
  );
  await waitUntil("the channel is told", () => to("alerts").length > 0, { seconds: 30, details: logs });
  const [first] = to("alerts");
  if (first === undefined) throw new Error("nothing");
  expect(first.Subject).toBe("HighErrorRate");
  expect(custom(first)).toEqual({
    version: "1.0",
    source: "custom",
    content: {
      textType: "client-markdown",
      title: "HighErrorRate",
      description: `${TEXT}\n`,
      nextSteps: [RUNBOOK],
    },
  });
  expect(to("mail")).toEqual([]);
});

test("what is critical is written by mail too, in plain words", async () => {
  await raise(
    { alertname: "DataServiceDown", cluster: "production", severity: "critical" },
    { description: "orders-db does not answer", runbook_url: RUNBOOK },
  );
  await waitUntil("mail", () => to("mail").length > 0, { seconds: 30, details: logs });
  expect(to("mail")[0]).toMatchObject({
    Subject: "DataServiceDown",
    Message: `orders-db does not answer\n\nRunbook: ${RUNBOOK}`,
  });
});

test("several of one name are one message, and an alert without a runbook is told as well", async () => {
  for (const workload of ["backend", "frontend"]) {
    await raise({ alertname: "Two", cluster: "production", severity: "warning", workload }, { description: workload });
  }
  const told = () =>
    to("alerts")
      .map(custom)
      .filter(({ content }) => content.title === "Two");
  await waitUntil("both are told", () => told().some(({ content }) => content.description === "backend\nfrontend\n"), {
    seconds: 30,
    details: () => JSON.stringify(published()),
  });
  for (const { content } of told()) expect(content).not.toHaveProperty("nextSteps");
});

test("that it is over is said in the title", async () => {
  const labels = { alertname: "Over", cluster: "production", severity: "warning" };
  const title = () => to("alerts").map((one) => custom(one).content.title);
  await raise(labels, { description: "x" });
  await waitUntil("it is told", () => title().includes("Over"), { seconds: 30, details: logs });
  await raise(labels, { description: "x" }, new Date().toISOString());
  await waitUntil("its end is told", () => title().includes("Resolved: Over"), { seconds: 30, details: logs });
});

test("the two heartbeats reach their topics, and nobody else", async () => {
  const before = to("alerts").length;
  await raise({ alertname: "Watchdog", cluster: "production", severity: "none" }, { description: "x" });
  await raise({ alertname: "RulesEvaluated", cluster: "production", severity: "none" }, { description: "x" });
  await waitUntil("both", () => to("heartbeat-cluster").length > 0 && to("heartbeat-rules").length > 0, {
    seconds: 30,
    details: logs,
  });
  expect(to("heartbeat-rules")[0]).toMatchObject({ Subject: "heartbeat", Message: "firing" });
  expect(to("alerts")).toHaveLength(before);
});

test("Prometheus takes the alert manager of a workspace among those that it tells", async () => {
  const { additionalAlertManagerConfigs } = writing({
    host: "aps-workspaces.eu-central-1.amazonaws.com",
    path: "/workspaces/ws-1",
    region: "eu-central-1",
  });
  writeFileSync(at("prometheus.yaml"), JSON.stringify({ alerting: { alertmanagers: additionalAlertManagerConfigs } }));
  const { code, output } = await run([PROMTOOLS[3], "check", "config", at("prometheus.yaml")]);
  expect([code, output]).toEqual([0, expect.stringContaining("is valid prometheus config file") as string]);
});
