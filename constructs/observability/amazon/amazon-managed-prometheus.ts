import type { MeasuresNeed } from "../../addons/measures";
import { check } from "../../model/schema";
import { inhibitRules } from "../inhibitions";
import type { MeasuredEnvironment, Observability } from "../observability";
import { installed } from "../prometheus/installed";
import { GRAFANA_SECRET } from "../prometheus/props";
import { alertManagerDefinition } from "./alert-manager";
import { heartbeatRules, heartbeats } from "./heartbeats";
import { MEASURES_HOLDING } from "./names";
import { type AmazonManagedPrometheusProps, DEFAULT_KEEP_DAYS, SCHEMA } from "./props";
import { reader } from "./reader";

export type { AmazonManagedPrometheusProps, MailProps, PagerDutySecretProps, SlackChannelProps } from "./props";

/** What the cloud is asked for. */
function needOf(
  { name, protect, applications }: Pick<MeasuredEnvironment, "applications" | "name" | "protect">,
  { keepDays = DEFAULT_KEEP_DAYS, slack, pagerDuty, email, drops = [] }: AmazonManagedPrometheusProps,
): MeasuresNeed {
  return {
    keepDays,
    protect: protect && !drops.includes(MEASURES_HOLDING.name),
    slack,
    ...(email !== undefined && { mail: email.to }),
    heartbeats: heartbeats(name),
    definition: (topics) =>
      alertManagerDefinition(
        { ...(pagerDuty && { pagerDuty }), ...(email && { email }) },
        inhibitRules(applications),
        topics,
      ),
    rules: `${JSON.stringify({ groups: heartbeatRules(name) }, undefined, 2)}\n`,
  };
}

/**
 * Amazon Managed Service for Prometheus: a workspace keeps the measures, evaluates the rules of applications and tells all alerts;
 * Prometheus in the cluster collects and sends, evaluates the rules of the platform, and keeps what it has for some days; Grafana in
 * the cluster shows what is in the workspace. Needs an environment on AWS.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/what-is-Amazon-Managed-Service-Prometheus.html
 */
export function amazonManagedPrometheus(props: AmazonManagedPrometheusProps): Observability {
  return {
    title: "Amazon Managed Service for Prometheus",
    requires: "Amazon Managed Service for Prometheus",
    problems: (path) => check(SCHEMA, props, path),
    secrets: [GRAFANA_SECRET],
    measures: (environment) => needOf(environment, props),
    ...installed({
      props: { ...props, managed: true },
      before: (environment) => [reader(environment)],
      holdings: [MEASURES_HOLDING],
      // The workspace adds none to alerts of its own: without it they would be of no cluster, and grouped apart from the others.
      ruleLabels: ({ environment }) => ({ cluster: environment }),
    }),
  };
}
