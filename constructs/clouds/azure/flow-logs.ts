import { NetworkWatcher } from "@cdktf/provider-azurerm/lib/network-watcher";
import { NetworkWatcherFlowLog } from "@cdktf/provider-azurerm/lib/network-watcher-flow-log";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import { CLOSED_ACCOUNT } from "./closed-account";
import type { Workspace } from "./logs";
import { AZURE_NAMES } from "./names";
import type { ResourceDefaults } from "./resource-group";
import type { NetworkSettings, Settings } from "./settings";

/** Network Watcher keeps the raw records for a year at most; the workspace has what it made of them for longer. */
const MAX_DAYS = 365;

/**
 * The Network Watcher of a location where Azure makes none. To depend on: Azure makes its own with the first network unless
 * there is one, and takes no second.
 */
export function createWatcher(
  scope: Construct,
  defaults: ResourceDefaults,
  { watcher, createWatcher: wanted }: NetworkSettings,
): ITerraformDependable[] {
  return wanted ? [new NetworkWatcher(scope, "Watcher", { ...defaults, name: watcher.name })] : [];
}

export interface FlowLogsProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  readonly made: NetworkSettings;
  readonly networkId: string;
  readonly workspace: Workspace;
}

/** Who talked to whom in the network, accepted and rejected, in the workspace every ten minutes. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { defaults, settings } = props;
    const { location, names } = settings;
    const { watcher } = props.made;
    const days = Math.min(settings.logRetentionDays, MAX_DAYS);
    const account = new StorageAccount(this, "Account", {
      ...defaults,
      ...CLOSED_ACCOUNT,
      name: names.flowLogAccount,
      accountKind: "StorageV2",
      accountTier: "Standard",
      accountReplicationType: "ZRS",
      // Network Watcher writes with the account's key: the pinned provider cannot give it an identity.
      sharedAccessKeyEnabled: true,
      publicNetworkAccessEnabled: true,
      // What is signed with the key ends within a day, or is noted.
      sasPolicy: { expirationPeriod: "01.00:00:00", expirationAction: "Log" },
      networkRules: { defaultAction: "Deny", bypass: ["AzureServices"], ipRules: [], virtualNetworkSubnetIds: [] },
      blobProperties: { deleteRetentionPolicy: { days: 7 }, containerDeleteRetentionPolicy: { days: 7 } },
    });
    exceptChecks(
      account,
      {
        checks: ["CKV2_AZURE_40"],
        reason: "Network Watcher writes with the account's key: azurerm 4.55.0 cannot give it an identity",
      },
      {
        checks: ["CKV_AZURE_59", "CKV2_AZURE_33"],
        reason: "its firewall lets in Azure's own services alone, which come by the public address",
      },
      {
        checks: ["CKV2_AZURE_1"],
        reason: "addresses and ports; Azure's keys encrypt them, twice",
      },
      { checks: ["CKV_AZURE_33"], reason: "it has no queues" },
      { checks: ["CKV_AZURE_206"], reason: "in three zones; flow logs are worth nothing in another location" },
    );
    const flowLog = new NetworkWatcherFlowLog(this, "Default", {
      name: fitName([settings.clusterName, "flows"], AZURE_NAMES.networking),
      networkWatcherName: watcher.name,
      resourceGroupName: watcher.resourceGroup,
      location,
      tags: defaults.tags,
      targetResourceId: props.networkId,
      storageAccountId: account.id,
      enabled: true,
      version: 2,
      retentionPolicy: { enabled: true, days },
      trafficAnalytics: {
        enabled: true,
        workspaceId: props.workspace.guid,
        workspaceRegion: location,
        workspaceResourceId: props.workspace.id,
        intervalInMinutes: 10,
      },
    });
    if (days < 90) {
      exceptChecks(flowLog, {
        checks: ["CKV_AZURE_12"],
        reason: "the environment keeps its logs for less than ninety days",
      });
    }
  }
}
