import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import type { CloudEnvironment } from "../cloud";
import { Access } from "./access";
import { ControlPlane } from "./cluster";
import { ClusterAddons } from "./cluster-addons";
import type { ClusterNetwork } from "./cluster-network";
import { environmentTags } from "./configure";
import { Endpoints } from "./endpoints";
import { ExistingNetwork } from "./existing-network";
import { SharedFiles } from "./files";
import { FlowLogs } from "./flow-logs";
import { KarpenterPrerequisites } from "./karpenter/prerequisites";
import { logKey } from "./log-key";
import { Network } from "./network";
import { ManagedNodeGroup, nodeRole } from "./nodes";
import type { AwsProps } from "./props";
import { asksOthers, mirrorStatements } from "./registries";
import { type Settings, settingsOf } from "./settings";

/** Everything of `<env>-cluster`, in the order it comes into being. */
export function createCluster(scope: Construct, environment: CloudEnvironment, props: AwsProps): void {
  const settings = settingsOf(props, environment);
  const { nodeGroups } = settings;
  const logs = logKey(scope, settings);
  const network = createNetwork(scope, settings, logs.arn);

  const { registries } = environment;
  const mirrors = mirrorStatements(registries);
  const role = nodeRole(scope, settings, mirrors);
  const cluster = new ControlPlane(scope, "Cluster", {
    settings,
    network,
    endpoint: props.endpoint,
    logKeyArn: logs.arn,
    autoModeNodeRole: nodeGroups === undefined ? role : undefined,
  });
  const { clusterName } = cluster;
  new Access(scope, "Access", { clusterName, access: props.access });

  const addons = new ClusterAddons(scope, "Addons", {
    ...{ settings, clusterName },
    snapshots: environment.clusterBackups !== undefined,
  });
  const dependsOn = [...addons.beforeNodes(), ...role.permissions, ...network.egress];
  const groups = Object.entries(nodeGroups ?? {}).map(
    ([name, group]) =>
      new ManagedNodeGroup(scope, `Nodes-${name}`, {
        name,
        group,
        settings,
        clusterName,
        subnetIds: network.privateSubnetIds,
        roleArn: role.arn,
        tags: environmentTags(environment),
        dependsOn,
      }),
  );
  const karpenter = settings.karpenter
    ? [new KarpenterPrerequisites(scope, "Karpenter", { settings, clusterName, statements: mirrors }).nodeRoleArn]
    : [];
  if (asksOthers(registries, props.accountId)) {
    new TerraformOutput(scope, "image-pullers", {
      value: [role.arn, ...karpenter],
      description: "Roles that pull images, for the policies of other accounts' registries",
    });
  }
  addons.afterNodes([...network.egress, ...groups.map(({ nodeGroup }) => nodeGroup)]);
  new SharedFiles(scope, "Files", {
    ...{ settings, network, clientsGroupId: cluster.securityGroupId },
    backups: environment.backups,
  });
}

/** What nodes stand in: a VPC with its flow logs and endpoints, or somebody else's as it is. */
function createNetwork(scope: Construct, settings: Settings, keyArn: string): ClusterNetwork {
  const { made, existing } = settings.network;
  if (made === undefined) return new ExistingNetwork(scope, "Network", { settings, existing });
  const network = new Network(scope, "Network", { settings, made });
  new FlowLogs(scope, "FlowLogs", { settings, vpcId: network.vpcId, interval: made.flowLogInterval, keyArn });
  new Endpoints(scope, "Endpoints", { settings, made, network });
  return network;
}
