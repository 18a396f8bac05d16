import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import type { Construct } from "constructs";
import type { ResourceDefaults } from "./resource-group";
import type { Settings } from "./settings";

/** Where logs of the environment go. */
export interface Workspace {
  readonly id: string;
  /** Its own id, for services that do not know ids of Azure. */
  readonly guid: string;
}

/**
 * One workspace for control plane, network, vaults and data services. Azure encrypts it with keys of its own: another one
 * takes a dedicated cluster of workspaces, from 100 GB a day on.
 */
export function createWorkspace(scope: Construct, defaults: ResourceDefaults, settings: Settings): Workspace {
  const workspace = new LogAnalyticsWorkspace(scope, "Logs", {
    ...defaults,
    name: settings.names.workspace,
    sku: "PerGB2018",
    retentionInDays: settings.logRetentionDays,
    // By Entra alone: its keys, which Terraform keeps in the state, open nothing.
    localAuthenticationEnabled: false,
    lifecycle: { preventDestroy: settings.protect },
  });
  return { id: workspace.id, guid: workspace.workspaceId };
}

/** Sends these kinds of a resource's logs to the workspace, which says how long they are kept. */
export function sendLogs(
  scope: Construct,
  id: string,
  target: { readonly id: string; readonly workspaceId: string },
  categories: readonly string[],
): MonitorDiagnosticSetting {
  return new MonitorDiagnosticSetting(scope, id, {
    name: "goldenpath-logs",
    targetResourceId: target.id,
    logAnalyticsWorkspaceId: target.workspaceId,
    enabledLog: categories.map((category) => ({ category })),
  });
}
