import { ON_SYSTEM_NODES, resources } from "../../addons/scheduling";
import type { JsonObject } from "../../kubernetes/json";
import { reloadedWith } from "../../kubernetes/reload";
import type { Environment } from "../../model/resolved";
import { logSource } from "../logs/logs";
import { TRACE_OF_LINE, traceSource } from "../traces/traces";
import { DASHBOARDS_ROLE, GRAFANA_ADMIN } from "./names";
import type { PrometheusProps } from "./props";
import { sizesOf } from "./sizes";

/** Reads ConfigMaps alone, of every namespace: by the chart's own role it would read every Secret of the cluster too. */
const FROM_CONFIG_MAPS = { resource: "configmap" } as const;

export interface GrafanaProps extends Pick<PrometheusProps, "logs" | "traces"> {
  /** Address of the Prometheus that it asks. @default - the one in the cluster */
  readonly url?: string;
  /** Address of its Alertmanager, of which people see alerts and silence them. @default - the one in the cluster */
  readonly alertmanagerUrl?: string;
}

/** Values of Grafana, which shows what is in ConfigMaps and keeps nothing itself. Nobody reaches it from outside. */
export const grafana = (
  environment: Environment,
  { logs, traces, url, alertmanagerUrl }: GrafanaProps,
): JsonObject => ({
  admin: {
    existingSecret: GRAFANA_ADMIN.name,
    userKey: GRAFANA_ADMIN.user,
    passwordKey: GRAFANA_ADMIN.password,
  },
  // It has its users in the pod, and so takes another password when that is replaced.
  annotations: reloadedWith({ secrets: [GRAFANA_ADMIN.name] }),
  rbac: { useExistingClusterRole: DASHBOARDS_ROLE },
  sidecar: {
    dashboards: {
      ...FROM_CONFIG_MAPS,
      searchNamespace: "ALL",
      // Those of an application in a folder of its own: two may have one title.
      folderAnnotation: "grafana_folder",
      provider: { foldersFromFilesStructure: true },
    },
    datasources: {
      ...FROM_CONFIG_MAPS,
      ...(url !== undefined && { url }),
      ...(alertmanagerUrl !== undefined && { alertmanager: { url: alertmanagerUrl } }),
    },
    resources: resources("10m", "128Mi", "250m"),
  },
  ...sources(environment, logs !== undefined, traces !== undefined),
  // A source that is not among them any more goes, whether or not the pod stays.
  prune: true,
  defaultDashboardsEditable: false,
  // Pods of the chart's own test, with an image of their own.
  testFramework: { enabled: false },
  "grafana.ini": {
    analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
    log: { mode: "console" },
    // Plugins are those of the image: https://github.com/grafana/grafana/blob/v13.2.0/pkg/setting/setting_plugins.go
    plugins: { preinstall_auto_update: false },
    "log.console": { format: "json" },
    users: { allow_sign_up: false },
  },
  resources: resources("50m", sizesOf(environment).grafanaMemory, "1"),
  ...ON_SYSTEM_NODES,
});

/** Sources beside Prometheus, each with ways to the other where both are there. */
function sources(environment: Environment, logs: boolean, traces: boolean): JsonObject {
  const all = [
    ...(logs ? [logSource(environment, traces ? TRACE_OF_LINE : {})] : []),
    ...(traces ? [traceSource(logs)] : []),
  ];
  return all.length === 0 ? {} : { additionalDataSources: all };
}
