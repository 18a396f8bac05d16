import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { InhibitRule } from "../../../constructs/observability/alertmanager";
import { duration } from "../../../constructs/observability/alerts/promql";
import { configuration } from "../../../constructs/observability/prometheus/receivers";
import type { RuleGroup } from "../../../constructs/observability/rules";
import { inNetwork } from "./network";
import { startProgram, waitUntil } from "./program";
import type { Site } from "./site";

/* Debian's Prometheus and Alertmanager, with rendered rules and Alertmanager's rendered configuration, and a stand-in for Slack. */

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
  readonly path: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertingOptions {
  readonly groups: readonly RuleGroup[];
  readonly targets: readonly Target[];
  readonly inhibitRules?: readonly InhibitRule[];
  /** By which all times of the rules are divided. */
  readonly faster: number;
}

export interface Alerting {
  /** All messages so far. */
  readonly messages: () => Message[];
  /** Raises an alert at Alertmanager itself, as Prometheus would. */
  readonly raise: (labels: Readonly<Record<string, string>>, description: string) => Promise<void>;
  readonly logs: () => string;
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

const inLessTime = (groups: readonly RuleGroup[], times: number): RuleGroup[] =>
  groups.map(({ name, interval, rules }) => ({
    name,
    interval: faster(interval, times),
    rules: rules.map((rule) => ({
      ...rule,
      ...("alert" in rule && { for: faster(rule.for, times) }),
      expr: rule.expr.replace(/\[(\w+)\]/g, (_, range: string) => `[${faster(range, times)}]`),
    })),
  }));

export async function startAlerting(site: Site, options: AlertingOptions): Promise<Alerting> {
  const { folder, network } = site;
  const at = (name: string): string => join(folder, name);
  const received = at("slack.jsonl");
  writeFileSync(received, "");
  const logs = ["slack", "alertmanager", "prometheus"].map((name) => at(`${name}.log`));
  const start = (name: string, command: readonly string[]): void => {
    site.add(startProgram(inNetwork(network, command), { log: at(`${name}.log`) }));
  };
  start("slack", [process.execPath, join(__dirname, "slack.mjs"), String(PORTS.slack), received]);

  const webhook = at("slack-webhook");
  writeFileSync(webhook, `http://127.0.0.1:${PORTS.slack}/services/T000/B000/secret`);
  const alertmanager = JSON.parse(
    JSON.stringify(configuration({ slack: { channel: "#my-app-alerts" } }, options.inhibitRules)).replaceAll(
      /"api_url_file":"[^"]*"/g,
      `"api_url_file":${JSON.stringify(webhook)}`,
    ),
  ) as object;
  writeFileSync(at("alertmanager.yaml"), stringify(alertmanager));
  start("alertmanager", [
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
      global: { scrape_interval: "1s", external_labels: { cluster: "here" } },
      rule_files: [at("rules.yaml")],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${PORTS.alertmanager}`] }] }] },
      scrape_configs: options.targets.map(({ address, path, labels }, index) => ({
        job_name: `job-${index}`,
        metrics_path: path,
        static_configs: [{ targets: [address], labels }],
      })),
    }),
  );
  start("prometheus", [
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
  return {
    logs: said,
    messages: () =>
      readFileSync(received, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => {
          const { path, channel, attachments } = JSON.parse(line) as {
            readonly path: string;
            readonly channel: string;
            readonly attachments: readonly { readonly title: string; readonly text: string; readonly color: string }[];
          };
          const [{ title, text, color } = { title: "", text: "", color: "" }] = attachments;
          return { path, channel, title, text, resolved: color === "good" };
        }),
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
