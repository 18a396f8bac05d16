import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { InhibitRule } from "../../../constructs/observability/alertmanager";
import { duration } from "../../../constructs/observability/alerts/promql";
import { configuration } from "../../../constructs/observability/prometheus/receivers";
import type { RuleGroup } from "../../../constructs/observability/rules";
import { run } from "./container";
import { inNetwork } from "./network";
import { type Program, startProgram, waitUntil } from "./program";
import type { Site } from "./site";

/* Debian's Prometheus and Alertmanager, with rendered rules and Alertmanager's rendered configuration, and a stand-in for Slack. */

const HEARTBEAT = "/heartbeat";

const PORTS = { prometheus: 9090, alertmanager: 9093, slack: 9099 };

/** A message as it reached Slack. */
export interface Message {
  readonly path: string;
  readonly channel: string;
  readonly title: string;
  readonly text: string;
  readonly resolved: boolean;
}

export interface Target {
  readonly address: string;
  /** With its query. */
  readonly path: string;
  readonly labels: Readonly<Record<string, string>>;
  /** File with who signed the certificate of one that speaks TLS, whose name it has. @default - it speaks none */
  readonly tls?: { readonly ca: string; readonly serverName: string };
}

export interface AlertingOptions {
  readonly groups: readonly RuleGroup[];
  readonly targets: readonly Target[];
  readonly inhibitRules?: readonly InhibitRule[];
  /** By which all times of the rules are divided. */
  readonly faster: number;
  /** Seconds between two samples. @default 1 */
  readonly scrapeSeconds?: number;
  /** What Alertmanager tells beside Slack. @default - nothing */
  readonly deadMansSwitch?: boolean;
}

export interface Alerting {
  /** All messages so far. */
  readonly messages: () => Message[];
  /** Raises an alert at Alertmanager itself, as Prometheus would. */
  readonly raise: (labels: Readonly<Record<string, string>>, description: string) => Promise<void>;
  /** Labels of each alert that fires now, as Prometheus says. */
  readonly firing: () => Promise<Readonly<Record<string, string>>[]>;
  /** Times at which the outside was told that alerting works, in milliseconds. */
  readonly heartbeats: () => number[];
  readonly prometheus: Program;
  readonly alertmanager: Program;
  readonly logs: () => string;
}

/** A line of what stands for Slack, and for whoever waits for heartbeats. */
interface Received {
  readonly at: number;
  readonly path: string;
  readonly channel: string;
  readonly attachments: readonly { readonly title: string; readonly text: string; readonly color: string }[];
}

interface Told {
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `5m` → `10s`, thirty times faster; a second at least. */
const faster = (text: string, times: number): string => {
  const seconds = [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0),
    0,
  );
  return duration(Math.max(1, Math.round(seconds / times)));
};

/** Rules with all their times divided. */
export const inLessTime = (groups: readonly RuleGroup[], times: number): RuleGroup[] =>
  groups.map(({ name, interval, rules }) => ({
    name,
    interval: faster(interval, times),
    rules: rules.map((rule) => ({
      ...rule,
      ...("alert" in rule && { for: faster(rule.for, times) }),
      // Ranges, steps of subqueries and offsets.
      expr: rule.expr.replace(
        /(\[|:|offset )((?:\d+[smhd])+)/g,
        (_, mark: string, time: string) => mark + faster(time, times),
      ),
    })),
  }));

const scraped = ({ address, path, labels, tls }: Target, index: number): object => {
  const { pathname, searchParams } = new URL(path, "http://target");
  const names = [...new Set(searchParams.keys())];
  return {
    job_name: `job-${index}`,
    metrics_path: pathname,
    params: Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)])),
    ...(tls !== undefined && { scheme: "https", tls_config: { ca_file: tls.ca, server_name: tls.serverName } }),
    static_configs: [{ targets: [address], labels }],
  };
};

export async function startAlerting(
  site: Pick<Site, "add" | "folder" | "network">,
  options: AlertingOptions,
): Promise<Alerting> {
  const { folder, network } = site;
  const at = (name: string): string => join(folder, name);
  const received = at("slack.jsonl");
  writeFileSync(received, "");
  const logs = ["slack", "alertmanager", "prometheus"].map((name) => at(`${name}.log`));
  const start = (name: string, command: readonly string[]): Program =>
    site.add(startProgram(inNetwork(network, command), { log: at(`${name}.log`) }));
  start("slack", [process.execPath, join(__dirname, "slack.mjs"), String(PORTS.slack), received]);

  const webhook = at("slack-webhook");
  writeFileSync(webhook, `http://127.0.0.1:${PORTS.slack}/services/T000/B000/secret`);
  const { deadMansSwitch = false, inhibitRules } = options;
  const file = JSON.parse(
    JSON.stringify(configuration({ slack: { channel: "#my-app-alerts" }, deadMansSwitch }, inhibitRules))
      .replaceAll(/"api_url_file":"[^"]*"/g, `"api_url_file":${JSON.stringify(webhook)}`)
      // Debian's is older than that it reads this address from a file.
      .replaceAll(/"url_file":"[^"]*"/g, `"url":"http://127.0.0.1:${PORTS.slack}${HEARTBEAT}"`),
  ) as object;
  writeFileSync(at("alertmanager.yaml"), stringify(file));
  const alertmanager = start("alertmanager", [
    "prometheus-alertmanager",
    `--config.file=${at("alertmanager.yaml")}`,
    `--storage.path=${at("alertmanager-data")}`,
    `--web.listen-address=127.0.0.1:${PORTS.alertmanager}`,
    "--cluster.listen-address=",
  ]);

  writeFileSync(at("rules.yaml"), stringify({ groups: inLessTime(options.groups, options.faster) }));
  writeFileSync(
    at("prometheus.yaml"),
    stringify({
      global: { scrape_interval: duration(options.scrapeSeconds ?? 1), external_labels: { cluster: "here" } },
      rule_files: [at("rules.yaml")],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${PORTS.alertmanager}`] }] }] },
      scrape_configs: options.targets.map(scraped),
    }),
  );
  const prometheus = start("prometheus", [
    "prometheus",
    `--config.file=${at("prometheus.yaml")}`,
    `--storage.tsdb.path=${at("prometheus-data")}`,
    `--web.listen-address=127.0.0.1:${PORTS.prometheus}`,
  ]);
  const said = (): string => logs.map((log) => readFileSync(log, "utf8")).join("\n");
  await waitUntil(
    "Prometheus and Alertmanager are there",
    () => /Server is ready/.test(said()) && /Listening on/.test(said()),
    {
      seconds: 30,
      details: said,
    },
  );
  const lines = (): Received[] =>
    readFileSync(received, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Received);
  return {
    ...{ prometheus, alertmanager },
    logs: said,
    messages: () =>
      lines()
        .filter(({ path }) => path !== HEARTBEAT)
        .map(({ path, channel, attachments }) => {
          const [{ title, text, color } = { title: "", text: "", color: "" }] = attachments;
          return { path, channel, title, text, resolved: color === "good" };
        }),
    heartbeats: () => lines().flatMap(({ path, at: time }) => (path === HEARTBEAT ? [time] : [])),
    firing: async () => {
      const url = `http://127.0.0.1:${PORTS.prometheus}/api/v1/alerts`;
      const { code, output } = await run(inNetwork(network, ["curl", "--silent", "--fail", url]));
      if (code !== 0) return [];
      const { data } = JSON.parse(output) as { readonly data: { readonly alerts: readonly Told[] } };
      return data.alerts.filter(({ state }) => state === "firing").map(({ labels }) => labels);
    },
    raise: async (labels, description) => {
      const words = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const program = startProgram(
        inNetwork(network, [
          ...["amtool", `--alertmanager.url=http://127.0.0.1:${PORTS.alertmanager}`, "alert", "add"],
          ...words,
          `--annotation=description=${description}`,
        ]),
        { log: at("amtool.log") },
      );
      const code = await program.exited;
      if (code !== 0) throw new Error(program.log());
    },
  };
}
