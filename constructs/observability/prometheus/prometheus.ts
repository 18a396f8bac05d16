import type { PodPeer } from "../../model/connection";
import { orEmpty } from "../../model/plain";
import { check } from "../../model/schema";
import { clusterBackupObjects } from "../cluster-backups/cluster-backups";
import { logAddons } from "../logs/logs";
import { LOGS_HOLDING } from "../logs/names";
import type { Observability } from "../observability";
import { runbookUrl } from "../runbooks/address";
import { TRACES_HOLDING } from "../traces/names";
import { spanCollector, traceAddons } from "../traces/traces";
import { applicationObjects } from "./application-objects";
import { base } from "./base";
import { DEFINITIONS } from "./charts";
import { environmentDashboards } from "./environment-dashboard";
import { platformMonitors } from "./monitors";
import { BASE_RELEASE, NAMESPACE, OPERATOR, PROMETHEUS, STACK_RELEASE } from "./names";
import { nodeExporter } from "./node-exporter";
import { platformRunbooks } from "./platform-runbooks";
import { GRAFANA_SECRET, type PrometheusProps, receiverSecrets, SCHEMA } from "./props";
import { stack } from "./stack";

export type { LogsProps } from "../logs/props";
export type { TracesProps } from "../traces/props";
export type { Droppable, EmailProps, PagerDutyProps, PrometheusProps, SlackProps } from "./props";

/** Pods of Prometheus itself. */
const SCRAPER: PodPeer = {
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/name": "prometheus", "operator.prometheus.io/name": PROMETHEUS },
};

const GRAFANA: PodPeer = { namespace: NAMESPACE, labels: { "app.kubernetes.io/name": "grafana" } };

/** A word that names nothing yet, or nothing any more. */
const dropWarnings = (props: PrometheusProps): string[] =>
  (props.drops ?? [])
    .filter((name) => props[name] === undefined)
    .map((name) => `drops: "${name}" is not in it; take the word out once a deploy has deleted the store`);

/** What holds data, of what was given. */
const holdingsOf = ({ logs, traces }: Partial<PrometheusProps>) => [
  ...(logs === undefined ? [] : [LOGS_HOLDING]),
  ...(traces === undefined ? [] : [TRACES_HOLDING]),
];

/**
 * Prometheus, Alertmanager and Grafana in the cluster. Alerts are told in a channel of Slack, and to whoever is called beside.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export function prometheus(props: PrometheusProps): Observability {
  const given: Partial<PrometheusProps> = orEmpty(props);
  return {
    title: "Prometheus",
    problems: (path) => check(SCHEMA, props, path),
    warnings: () => dropWarnings(props),
    holdings: holdingsOf(given),
    drops: given.drops ?? [],
    // `problems` says what is wrong with what was given.
    secrets: [GRAFANA_SECRET, ...receiverSecrets(orEmpty(props))],
    definitions: DEFINITIONS,
    addons: (environment, facts) => [
      base(environment, props),
      stack(environment, facts, props),
      ...(props.logs === undefined
        ? []
        : logAddons(environment, facts, {
            ...{ logs: props.logs, dropped: props.drops?.includes("logs") === true },
            ...{ runbooks: props.runbooks, grafana: GRAFANA, scraper: SCRAPER, after: [BASE_RELEASE] },
          })),
      ...(props.traces === undefined
        ? []
        : traceAddons(environment, facts, {
            ...{ traces: props.traces, dropped: props.drops?.includes("traces") === true },
            ...{ runbooks: props.runbooks, grafana: GRAFANA, scraper: SCRAPER, after: [BASE_RELEASE] },
          })),
      ...(facts.hostAccess === false ? [] : [nodeExporter()]),
    ],
    objects: (environment) => [...platformMonitors(environment), ...clusterBackupObjects(environment, props.runbooks)],
    runbookUrl: (application, alert) => runbookUrl(props.runbooks, application, alert),
    applicationObjects: (application, objects) =>
      applicationObjects(application, objects, {
        runbookUrl: (alert) => runbookUrl(props.runbooks, application, alert),
        scraper: SCRAPER,
        keepsLogs: props.logs !== undefined,
      }),
    keepsLogs: given.logs !== undefined,
    operator: { namespace: NAMESPACE, name: OPERATOR },
    secretNamespaces: [NAMESPACE],
    dashboards: [
      `kubectl -n ${NAMESPACE} port-forward service/${STACK_RELEASE}-grafana 3000:80`,
      `kubectl -n ${NAMESPACE} port-forward service/${PROMETHEUS} 9090`,
    ],
    environmentDashboards: (environment) => environmentDashboards(environment, props),
    ...(given.traces !== undefined && { spans: spanCollector(given.traces) }),
    ...platformRunbooks(given),
    scraper: SCRAPER,
  };
}
