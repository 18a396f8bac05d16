import type { JsonObject } from "../../kubernetes/json";
import type { ResolvedApplication } from "../../model/resolved";
import { type AlertmanagerFile, alertmanagerFile, type Receiver } from "../alertmanager";
import type { Alert } from "../alerts/alert";
import { STEP_SECONDS } from "../alerts/alert";
import { type AlertGroup, alertGroups } from "../alerts/alerts";
import { duration } from "../alerts/promql";
import { answering, type Watched } from "../alerts/watched";
import { applicationDashboard } from "../dashboards/application";
import { buildDashboard, type Dashboard } from "../dashboards/build";
import type { DashboardSpec, Mark } from "../dashboards/panel";
import { inhibitRules } from "../inhibitions";
import type { Source } from "../metrics/source";
import { type RuleContext, type RuleGroup, ruleGroups } from "../rules";
import { unknownIn } from "./closed-world";
import type { PartGroup } from "./platform";
import type { Target } from "./targets";

/* What measures an application on one machine: the rules and panels of a cluster, as far as what they ask for is there. */

export interface LocalInput {
  readonly application: ResolvedApplication;
  /** Names of the data services among the targets. */
  readonly measured: readonly string[];
  readonly targets: readonly Target[];
  /** Alerts about what keeps lines and spans. */
  readonly parts: readonly PartGroup[];
  readonly runbookUrl: RuleContext["runbookUrl"];
}

/** Alerts of the application, or of a part of what measures it. */
export type LocalGroup = AlertGroup & Partial<Pick<PartGroup, "part">>;

const watchedOf = ({ application, measured }: LocalInput): Watched => ({ application, measured, objects: [] });

const sourcesOf = ({ targets }: LocalInput): Source[] => targets.flatMap(({ source }) => source ?? []);

/** Whether everything that it goes by is measured here. */
const isHere = ({ value, recordings = [] }: Alert, sources: readonly Source[]): boolean =>
  [value, ...recordings.map((one) => one.value)].every((expr) => unknownIn(expr, sources).length === 0);

/** The alerts of an application, and of what keeps its lines and spans, that can fire here. */
export function localAlerts(input: LocalInput): LocalGroup[] {
  const sources = sourcesOf(input);
  const all: readonly LocalGroup[] = [...alertGroups(watchedOf(input)), ...input.parts];
  return all
    .map((group) => ({ ...group, alerts: group.alerts.filter((alert) => isHere(alert, sources)) }))
    .filter(({ alerts }) => alerts.length > 0);
}

/** What the rules of a group are told. Those of a part are the platform's, as in a cluster. */
export const localContext = ({ part }: LocalGroup, { application, runbookUrl }: LocalInput): RuleContext => ({
  application:
    part === undefined ? application : { name: "platform", namespace: part.namespace, owner: application.owner },
  runbookUrl,
});

/** Rules of Prometheus for them. */
export const localRules = (input: LocalInput): RuleGroup[] =>
  localAlerts(input).flatMap((group) => ruleGroups([group], localContext(group, input)));

/** The dashboard of an application, of its panels those that have series here. */
export function localDashboardSpec(input: LocalInput): DashboardSpec {
  const sources = sourcesOf(input);
  const whole = applicationDashboard(watchedOf(input), input.runbookUrl("README"), true);
  const isMarked = ({ milliseconds }: Mark): boolean => unknownIn(milliseconds, sources).length === 0;
  const marks = whole.marks.filter(isMarked);
  return {
    ...whole,
    marks,
    rows: whole.rows
      .map(({ title, panels }) => ({
        title,
        panels: panels.filter(({ queries }) => queries.every(({ expr }) => unknownIn(expr, sources).length === 0)),
      }))
      .filter(({ panels }) => panels.length > 0),
  };
}

export const localDashboard = (input: LocalInput): Dashboard => buildDashboard(localDashboardSpec(input));

export interface PrometheusPlaces {
  /** Name that its series and alerts have as the label `cluster`. */
  readonly cluster: string;
  /** Path of the file with the rules. */
  readonly rules: string;
  /** Host and port of Alertmanager. */
  readonly alertmanager: string;
}

/** Prometheus' configuration. */
export const prometheusFile = (
  { targets }: Pick<LocalInput, "targets">,
  { cluster, rules, alertmanager }: PrometheusPlaces,
): JsonObject => ({
  global: {
    scrape_interval: duration(STEP_SECONDS),
    scrape_timeout: "10s",
    evaluation_interval: duration(STEP_SECONDS),
    external_labels: { cluster },
  },
  rule_files: [rules],
  alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
  scrape_configs: targets.map(({ job, address, path, params, labels }) => ({
    job_name: job,
    metrics_path: path,
    ...(params !== undefined && {
      params: Object.fromEntries(Object.entries(params).map(([name, values]) => [name, [...values]])),
    }),
    static_configs: [{ targets: [address], labels: { ...labels } }],
  })),
});

/** Alertmanager's configuration: what a cluster's tells Slack, it tells this receiver. */
export const localAlertmanager = (application: ResolvedApplication, told: Receiver): AlertmanagerFile =>
  alertmanagerFile({ told, inhibitRules: inhibitRules([application]) });

export { answering };
