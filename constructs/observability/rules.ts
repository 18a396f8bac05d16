import type { Labels } from "../kubernetes/objects";
import type { ResolvedApplication } from "../model/resolved";
import { type Alert, STEP_SECONDS } from "./alerts/alert";
import type { AlertGroup } from "./alerts/alerts";
import { duration } from "./alerts/promql";

/* Alerts as Prometheus' files of rules have them. */

export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly (AlertingRule | RecordingRule)[];
}

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Labels;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** What rules are told of the application that they are of. */
export interface RuleContext {
  readonly application: Pick<ResolvedApplication, "name" | "namespace" | "owner">;
  /** Address of the runbook of an alert. */
  readonly runbookUrl: (alert: string) => string;
  /** Labels of every alert where nothing adds them on its way: what else Prometheus calls external. @default - none */
  readonly labels?: Labels;
}

/** Labels that every series of the alert has: whose it is, and how loud. */
export const staticLabels = (
  { labels, severity }: Pick<Alert, "labels" | "severity">,
  { application: { name, namespace, owner }, labels: external }: RuleContext,
): Labels => ({ ...external, application: name, namespace, owner, ...labels, severity });

export const annotationsOf = (
  { name }: Pick<Alert, "name">,
  { summary, description }: Alert["texts"],
  { runbookUrl }: RuleContext,
): Labels => ({ summary, description, runbook_url: runbookUrl(name) });

export const ruleGroups = (groups: readonly AlertGroup[], context: RuleContext): RuleGroup[] =>
  groups.map(({ name, alerts }) => ({
    name,
    interval: duration(STEP_SECONDS),
    // What is recorded first is there for the alerts after it, of the same evaluation.
    rules: [...recordingRules(alerts), ...alerts.map((alert) => alertingRule(alert, context))],
  }));

/** Those of all alerts, each once: several go by the same series. */
function recordingRules(alerts: readonly Alert[]): RecordingRule[] {
  const all = alerts.flatMap(({ recordings = [] }) => recordings);
  const byIdentity = new Map(all.map((one) => [JSON.stringify([one.record, one.labels]), one]));
  return [...byIdentity.values()].map(({ record, value, labels }) => ({ record, expr: value, labels }));
}

function alertingRule(alert: Alert, context: RuleContext): AlertingRule {
  return {
    alert: alert.name,
    expr: `(\n${alert.value}\n) ${alert.is} ${alert.threshold}`,
    for: duration(alert.forSeconds),
    labels: staticLabels(alert, context),
    annotations: annotationsOf(alert, alert.texts, context),
  };
}
