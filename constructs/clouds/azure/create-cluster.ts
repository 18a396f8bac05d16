import { Construct } from "constructs";
import type { CloudEnvironment } from "../cloud";
import { Access } from "./access";
import { ControlPlane } from "./cluster";
import { ClusterKeys } from "./cluster-keys";
import type { ClusterNetwork } from "./cluster-network";
import { createDiskEncryption } from "./disks";
import { ExistingNetwork } from "./existing-network";
import { SharedFiles } from "./files";
import { createWatcher, FlowLogs } from "./flow-logs";
import { createWorkspace, type Workspace } from "./logs";
import { Network } from "./network";
import { ZonePool } from "./nodes";
import type { AzureProps, ClusterEndpoint, NodePool, Zone } from "./props";
import { pullFromRegistries } from "./registries";
import { createResourceGroup, type ResourceDefaults } from "./resource-group";
import { tagsOf } from "./resource-tags";
import { type Settings, settingsOf, SYSTEM_POOL } from "./settings";
import { Vault } from "./vault";

/** Everything of `<env>-cluster`, in the order it comes into being. */
export function createCluster(scope: Construct, environment: CloudEnvironment, props: AzureProps): void {
  const settings = settingsOf(props, environment);
  const { names, location, protect } = settings;
  const tags = tagsOf(scope, environment);
  const { endpoint } = props;
  const { defaults } = createResourceGroup(scope, { name: names.resourceGroup, location, tags, protect });
  const workspace = createWorkspace(scope, defaults, settings);
  const network = createNetwork(scope, { defaults, settings, endpoint, workspace });

  const inside = {
    subnetId: network.endpointSubnetId,
    zoneId: network.zones.zoneIds.vault,
    after: network.zones.links,
  };
  const shared = {
    workspaceId: workspace.id,
    callers: endpoint.access === "allow-list" ? endpoint.cidrs : undefined,
    inside,
  };
  const secrets = new Vault(scope, "SecretVault", {
    defaults,
    settings,
    ...shared,
    name: names.secretVault,
    purgeProtection: protect,
  });
  // Whatever encrypts with a key of it asks for the protection, in a small environment too, and MySQL refuses a vault that
  // keeps what was deleted for less than ninety days. A new environment of the same name finds the vault and gets it back.
  // https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-customer-managed-key#requirements-for-configuring-data-encryption-for-azure-database-for-mysql-flexible-server
  const applicationKeys = new Vault(scope, "KeyVault", {
    defaults,
    settings,
    ...shared,
    name: names.keyVault,
    purgeProtection: true,
    keepDeletedDays: 90,
  });
  const keys = new ClusterKeys(scope, "Keys", { defaults, settings, workspaceId: workspace.id });
  const diskEncryptionSetId = createDiskEncryption(scope, defaults, settings, keys);

  const cluster = new ControlPlane(scope, "Cluster", {
    defaults,
    settings,
    network,
    endpoint,
    keys,
    diskEncryptionSetId,
    workspaceId: workspace.id,
  });
  const pools = otherPools(settings).map(({ name, pool, zone }) => {
    const subnetId = network.nodeSubnetIds[zone] ?? "";
    const here = scope.node.tryFindChild(`Nodes-${name}`);
    const parent = here instanceof Construct ? here : new Construct(scope, `Nodes-${name}`);
    return new ZonePool(parent, `Zone${zone}`, {
      clusterId: cluster.clusterId,
      name,
      pool,
      zone,
      subnetId,
      settings,
      tags,
    }).pool;
  });
  cluster.finish(pools);
  pullFromRegistries(
    scope,
    { clusterName: settings.clusterName, kubeletPrincipalId: cluster.kubeletPrincipalId },
    environment.registries,
  );
  new Access(scope, "Access", {
    settings,
    access: props.access,
    resourceGroupName: defaults.resourceGroupName,
    secretVaultId: secrets.id,
    keyVaultId: applicationKeys.id,
  });
  new SharedFiles(scope, "Files", {
    defaults,
    settings,
    keys,
    driverPrincipalId: cluster.principalId,
    subnetId: network.endpointSubnetId,
    zoneId: network.zones.zoneIds.file,
    zoneLinks: network.zones.links,
  });
}

/** What nodes stand in: a network with its flow logs, or somebody else's as it is. */
function createNetwork(
  scope: Construct,
  {
    defaults,
    settings,
    endpoint,
    workspace,
  }: {
    readonly defaults: ResourceDefaults;
    readonly settings: Settings;
    readonly endpoint: ClusterEndpoint;
    readonly workspace: Workspace;
  },
): ClusterNetwork {
  const { made, existing } = settings.network;
  if (made === undefined) return new ExistingNetwork(scope, "Network", { defaults, settings, existing });
  const after = createWatcher(scope, defaults, made);
  const network = new Network(scope, "Network", { defaults, settings, made, endpoint, after });
  new FlowLogs(scope, "FlowLogs", { defaults, settings, made, networkId: network.id, workspace });
  return network;
}

/** Every pool in every zone, but the one that comes with the cluster. */
function otherPools({ system, pools, zones }: Settings) {
  const [first, ...others] = zones;
  const over = (name: string, pool: Required<NodePool>, within: readonly Zone[]) =>
    within.map((zone) => ({ name, pool, zone }));
  return [
    ...over(SYSTEM_POOL, system, others),
    ...Object.entries(pools).flatMap(([name, pool]) => over(name, pool, [first, ...others])),
  ];
}
