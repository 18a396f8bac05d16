import { EXPORTER_PORT } from "../../kubernetes/exporter";
import { applicationMetadata, selector, workloadMetadata } from "../../kubernetes/labels";
import type {
  ConfigMap,
  KubernetesObject,
  Labels,
  Metadata,
  PodMonitor,
  PrometheusRule,
} from "../../kubernetes/objects";
import { inPhase } from "../../kubernetes/phases";
import { type Endpoint, endpointsOf } from "../../kubernetes/scraped";
import type { PodPeer } from "../../model/connection";
import { METRICS_PATH } from "../../model/metrics";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import { STEP_SECONDS } from "../alerts/alert";
import { alertGroups } from "../alerts/alerts";
import { type ExportedService, exportedServices } from "../alerts/measured-services";
import { duration } from "../alerts/promql";
import { ofKind, type Watched } from "../alerts/watched";
import { applicationDashboard } from "../dashboards/application";
import { buildDashboard } from "../dashboards/build";
import { DASHBOARD } from "../dashboards/panel";
import { type RuleContext, type RuleGroup, ruleGroups } from "../rules";
import { brokerMonitoring } from "./brokers";

/** Seconds that one answer may take. */
const TIMEOUT_SECONDS = 10;

/** Most series of one pod. The samples have below a hundred; what grows with its users' input stops here. */
const SAMPLE_LIMIT = 5000;

/** One object for each group: the operator puts an object into a single ConfigMap, which holds half a megabyte. */
const rules = (application: ResolvedApplication, group: RuleGroup): PrometheusRule => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: applicationMetadata(application, group.name),
  spec: { groups: [group] },
});

/** No workload has a dot in its name, so this is never another one's ConfigMap. */
function dashboard(watched: Watched, runbooks: string, keepsLogs: boolean): ConfigMap {
  const { application } = watched;
  const { labels, ...metadata } = applicationMetadata(application, `${application.name}.dashboard`);
  return inPhase("watch", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      ...metadata,
      labels: { ...labels, ...DASHBOARD.label },
      annotations: { [DASHBOARD.folder]: application.name },
    },
    data: {
      [`${application.name}.json`]: `${JSON.stringify(buildDashboard(applicationDashboard(watched, runbooks, keepsLogs)), undefined, 2)}\n`,
    },
  });
}

/** Monitors, rules and the dashboard of an application, for Prometheus' operator. */
export function applicationObjects(
  application: ResolvedApplication,
  objects: readonly KubernetesObject[],
  {
    runbookUrl,
    labels,
    scraper,
    keepsLogs,
  }: Pick<RuleContext, "labels" | "runbookUrl"> & {
    readonly scraper: PodPeer;
    /** Whether logs can be asked for. */
    readonly keepsLogs: boolean;
  },
): KubernetesObject[] {
  const watched = { application, objects };
  const groups = ruleGroups(alertGroups(watched), { application, runbookUrl, ...(labels && { labels }) });
  return [
    ...application.workloads.flatMap((workload) => podMonitor(application, workload)),
    ...ofKind(watched, "RabbitmqCluster").flatMap((cluster) =>
      brokerMonitoring(watched, cluster, {
        scraper,
        interval: duration(STEP_SECONDS),
        timeout: duration(TIMEOUT_SECONDS),
      }),
    ),
    ...exportedServices(watched).map((one) => exporterMonitor(watched, one)),
    ...groups.map((group) => rules(application, group)),
    dashboard(watched, runbookUrl("README"), keepsLogs),
  ];
}

function podMonitor(application: ResolvedApplication, workload: ResolvedWorkload): PodMonitor[] {
  const endpoints = endpointsOf(workload);
  if (endpoints.length === 0) return [];
  return [
    monitor(workloadMetadata(application, workload), selector(workload), endpoints, {
      application: application.name,
      workload: workload.name,
    }),
  ];
}

/** Monitor of what measures a data service: its series are of the service, not of a workload. */
function exporterMonitor({ application }: Watched, { service, exporter }: ExportedService): PodMonitor {
  return monitor(exporter.metadata, exporter.spec.selector.matchLabels, [{ port: EXPORTER_PORT, path: METRICS_PATH }], {
    application: application.name,
    service: service.name,
  });
}

/** `labels` are those of its series. */
function monitor(
  { name, namespace, labels: own }: Metadata,
  matchLabels: Labels,
  endpoints: readonly Pick<Endpoint, "path" | "port">[],
  labels: Labels,
): PodMonitor {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name, namespace, labels: own },
    spec: {
      selector: { matchLabels },
      sampleLimit: SAMPLE_LIMIT,
      podMetricsEndpoints: endpoints.map(({ port, path }) => ({
        port,
        path,
        interval: duration(STEP_SECONDS),
        scrapeTimeout: duration(TIMEOUT_SECONDS),
        relabelings: Object.entries(labels).map(([targetLabel, replacement]) => ({
          action: "replace" as const,
          targetLabel,
          replacement,
        })),
      })),
    },
  };
}
