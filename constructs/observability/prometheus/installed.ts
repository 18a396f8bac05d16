import type { Addon } from "../../addons/addon";
import type { Labels } from "../../kubernetes/objects";
import type { PodPeer } from "../../model/connection";
import { orEmpty } from "../../model/plain";
import type { Environment, ResolvedApplication } from "../../model/resolved";
import { clusterBackupObjects } from "../cluster-backups/cluster-backups";
import { logAddons } from "../logs/logs";
import { LOGS_HOLDING } from "../logs/names";
import type { Observability } from "../observability";
import { runbookUrl } from "../runbooks/address";
import { TRACES_HOLDING } from "../traces/names";
import { spanCollector, traceAddons } from "../traces/traces";
import { applicationObjects } from "./application-objects";
import { base, type BaseProps } from "./base";
import { DEFINITIONS } from "./charts";
import { consoles } from "./consoles";
import { environmentDashboards } from "./environment-dashboard";
import { platformMonitors } from "./monitors";
import { BASE_RELEASE, GRAFANA, NAMESPACE, OPERATOR, PROMETHEUS } from "./names";
import { nodeExporter } from "./node-exporter";
import { platformRunbooks } from "./platform-runbooks";
import type { PrometheusProps } from "./props";
import { stack, type StackProps } from "./stack";

/** Pods of Prometheus itself. */
const SCRAPER: PodPeer = {
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/name": "prometheus", "operator.prometheus.io/name": PROMETHEUS },
};

const GRAFANA_PODS: PodPeer = { namespace: NAMESPACE, labels: { "app.kubernetes.io/name": "grafana" } };

/** What of an environment's choice is the same wherever measures are kept. */
interface CommonProps extends Pick<PrometheusProps, "logs" | "runbooks" | "traces"> {
  readonly drops?: readonly string[];
}

export interface Installed {
  /** What was given, which is checked before anything is installed. */
  readonly props: CommonProps & StackProps;
  /** Who is told by an Alertmanager in the cluster. @default - nobody: another tells */
  readonly receivers?: BaseProps["receivers"];
  /** Add-ons between the objects that all read and the stack. @default - none */
  readonly before?: (environment: Environment) => readonly Addon[];
  /** What holds data beside logs and traces. @default - nothing */
  readonly holdings?: readonly { readonly name: string; readonly kind: string }[];
  /** Labels of every alert of an application that nothing adds on its way. @default - none */
  readonly ruleLabels?: (application: ResolvedApplication) => Labels;
}

/** What is installed in a cluster and derived of an application, whether or not the cluster keeps the measures alone. */
export function installed({
  props,
  receivers,
  before,
  holdings = [],
  ruleLabels,
}: Installed): Omit<Observability, "problems" | "secrets" | "title"> {
  // Asked before `problems` has said what is wrong with it.
  const { logs, traces, drops = [], managed }: Partial<CommonProps & StackProps> = orEmpty(props);
  const held = [
    ...(logs === undefined ? [] : [LOGS_HOLDING]),
    ...(traces === undefined ? [] : [TRACES_HOLDING]),
    ...holdings,
  ];
  return {
    // A word that names nothing yet, or nothing any more.
    warnings: () =>
      drops
        .filter((name) => !held.some((one) => one.name === name))
        .map((name) => `drops: "${name}" is not in it; take the word out once a deploy has deleted the store`),
    holdings: held,
    drops,
    definitions: DEFINITIONS,
    addons: (environment, facts) => [
      base(environment, { ...props, ...(receivers && { receivers }) }),
      ...(before?.(environment) ?? []),
      stack(environment, facts, props),
      ...(logs === undefined
        ? []
        : logAddons(environment, facts, {
            ...{ logs, dropped: drops.includes(LOGS_HOLDING.name) },
            ...{ runbooks: props.runbooks, grafana: GRAFANA_PODS, scraper: SCRAPER, after: [BASE_RELEASE] },
          })),
      ...(traces === undefined
        ? []
        : traceAddons(environment, facts, {
            ...{ traces, dropped: drops.includes(TRACES_HOLDING.name) },
            ...{ runbooks: props.runbooks, grafana: GRAFANA_PODS, scraper: SCRAPER, after: [BASE_RELEASE] },
          })),
      ...(facts.hostAccess === false ? [] : [nodeExporter()]),
    ],
    objects: (environment) => [...platformMonitors(environment), ...clusterBackupObjects(environment, props.runbooks)],
    runbookUrl: (application, alert) => runbookUrl(props.runbooks, application, alert),
    applicationObjects: (application, objects) =>
      applicationObjects(application, objects, {
        runbookUrl: (alert) => runbookUrl(props.runbooks, application, alert),
        ...(ruleLabels && { labels: ruleLabels(application) }),
        scraper: SCRAPER,
        keepsLogs: logs !== undefined,
      }),
    keepsLogs: logs !== undefined,
    operator: { namespace: NAMESPACE, name: OPERATOR },
    secretNamespaces: [NAMESPACE],
    dashboards: [
      `kubectl -n ${NAMESPACE} port-forward service/${GRAFANA} 3000:80`,
      `kubectl -n ${NAMESPACE} port-forward service/${PROMETHEUS} 9090`,
    ],
    consoles: consoles({ pods: { grafana: GRAFANA_PODS, prometheus: SCRAPER }, tells: managed !== true }),
    environmentDashboards: (environment) => environmentDashboards(environment, props),
    ...(traces !== undefined && { spans: spanCollector(traces) }),
    ...platformRunbooks({ logs, traces }),
    scraper: SCRAPER,
  };
}
