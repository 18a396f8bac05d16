import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { SYSTEM_NODES } from "../../kubernetes/facts";
import { fitName } from "../../model/names";
import { Role, serviceTrust, type Statement } from "./iam";
import { isArm } from "./instance-types";
import { AWS_NAMES } from "./names";
import type { NodeGroup } from "./props";
import { type Settings, SYSTEM_GROUP, SYSTEM_TAINT } from "./settings";

/** A node's own rights: join the cluster, pull images. Pods have theirs by Pod Identity, the network add-on too. */
export const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

/** `statements`: what its nodes may do beside that. */
export function nodeRole(scope: Construct, settings: Settings, statements?: readonly Statement[]): Role {
  const autoMode = settings.nodeGroups === undefined;
  return new Role(scope, "NodeRole", {
    name: fitName([settings.clusterName, settings.region, "node"], AWS_NAMES.role),
    description: `Nodes of ${settings.clusterName}`,
    trust: serviceTrust("ec2.amazonaws.com"),
    awsPolicies: autoMode ? ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"] : NODE_POLICIES,
    statements,
  });
}

export interface ManagedNodeGroupProps {
  readonly name: string;
  readonly group: Required<NodeGroup>;
  /** Its name as a literal, for names, and as a reference, so that the group comes after it. */
  readonly settings: Settings;
  readonly clusterName: string;
  readonly subnetIds: readonly string[];
  readonly roleArn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly dependsOn: readonly ITerraformDependable[];
}

const DISK = { volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" } as const;

/** Bottlerocket machines. EKS replaces ill ones by itself, and all of them in turn when a run has another image. */
export class ManagedNodeGroup extends Construct {
  readonly nodeGroup: EksNodeGroup;

  constructor(scope: Construct, id: string, props: ManagedNodeGroupProps) {
    super(scope, id);
    const { group, name } = props;
    const system = name === SYSTEM_GROUP;
    const arm = group.instanceTypes.some(isArm);
    const template = this.#launchTemplate(props);
    this.nodeGroup = new EksNodeGroup(this, "Default", {
      clusterName: props.clusterName,
      // A prefix, so that a replacement can exist beside the group it replaces.
      nodeGroupNamePrefix: `${name}-`,
      nodeRoleArn: props.roleArn,
      subnetIds: [...props.subnetIds],
      version: props.settings.kubernetesVersion,
      releaseVersion: this.#image(props.settings, arm),
      amiType: arm ? "BOTTLEROCKET_ARM_64" : "BOTTLEROCKET_x86_64",
      capacityType: group.capacity === "spot" ? "SPOT" : "ON_DEMAND",
      instanceTypes: [...group.instanceTypes],
      launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
      // Nothing else sets a group's desired size, and EKS refuses a minimum above it: both move together.
      scalingConfig: { minSize: group.min, maxSize: group.max, desiredSize: group.min },
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: { [SYSTEM_NODES.label.key]: name },
      taint: system ? [SYSTEM_TAINT] : undefined,
      tags: { Name: name },
      dependsOn: [...props.dependsOn],
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** `1.50.0-1a2b3c4d`, as EKS writes release versions: without one a group keeps the image it was created with. */
  #image({ kubernetesVersion, image }: Settings, arm: boolean): string {
    if (image !== undefined) return image;
    const processor = arm ? "arm64" : "x86_64";
    return latestBottlerocket(this, kubernetesVersion, processor);
  }

  #launchTemplate({ settings, name, group, tags }: ManagedNodeGroupProps): LaunchTemplate {
    const { clusterName } = settings;
    const named = { ...tags, Name: `${clusterName}-${name}` };
    return new LaunchTemplate(this, "Template", {
      name: fitName([clusterName, name], AWS_NAMES.launchTemplate),
      updateDefaultVersion: true,
      // One hop: a pod in its own network namespace cannot reach the node's credentials.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        // Bottlerocket keeps the system on the first disk and everything that grows on the second.
        { deviceName: "/dev/xvda", ebs: { ...DISK } },
        { deviceName: "/dev/xvdb", ebs: { ...DISK, volumeSize: group.diskGib } },
      ],
      monitoring: { enabled: true },
      // Default tags of the provider stop at the group; machines are made by its autoscaling group.
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: named,
      })),
    });
  }
}

/** The version that AWS publishes. Public, so the form that Terraform does not hide: a plan shows from which to which. */
export function latestBottlerocket(scope: Construct, kubernetesVersion: string, processor: "arm64" | "x86_64"): string {
  return new DataAwsSsmParameter(scope, "Image", {
    name: `/aws/service/bottlerocket/aws-k8s-${kubernetesVersion}/${processor}/latest/image_version`,
  }).insecureValue;
}
