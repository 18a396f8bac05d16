import { EksCluster, type EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { CheckException } from "../../model/check-exception";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { ClusterNetwork } from "./cluster-network";
import { EncryptionKey } from "./encryption-key";
import { Role, serviceTrust } from "./iam";
import { endOfEks } from "./kubernetes-versions";
import { createLogGroup } from "./log-group";
import { logGroupNames } from "./log-key";
import { AWS_NAMES } from "./names";
import { type ClusterEndpoint, CONTROL_PLANE_LOGS } from "./props";
import { SERVICE_CIDR, type Settings } from "./settings";

export interface ControlPlaneProps {
  readonly settings: Settings;
  readonly network: ClusterNetwork;
  readonly endpoint: ClusterEndpoint;
  readonly logKeyArn: string;
  /** Role of Auto Mode's nodes. @default - managed node groups */
  readonly autoModeNodeRole?: Role;
}

/** What the control plane needs, beside the right to run a cluster, to run nodes, disks and load balancers too. */
const AUTO_MODE_POLICIES = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
] as const;

/** The EKS control plane. */
export class ControlPlane extends Construct {
  readonly clusterName: string;
  /** Nodes have it too. */
  readonly securityGroupId: string;

  readonly #settings: Settings;

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { settings } = props;
    this.#settings = settings;
    const { clusterName: name, accountId, protect } = settings;
    const secretsKey = new EncryptionKey(this, "SecretsKey", {
      accountId,
      name: [name, "secrets"],
      description: `Kubernetes Secrets of ${name}`,
      protect,
    });
    const role = new Role(this, "Role", {
      name: fitName([name, settings.region, "cluster"], AWS_NAMES.role),
      description: `Control plane of ${name}`,
      // Auto Mode tags its sessions.
      trust: serviceTrust("eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]),
      awsPolicies: ["AmazonEKSClusterPolicy", ...(props.autoModeNodeRole === undefined ? [] : AUTO_MODE_POLICIES)],
      statements: [
        {
          Effect: "Allow",
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
          Resource: secretsKey.arn,
        },
      ],
    });
    // EKS would make the group itself, unencrypted and kept for ever.
    const logs = createLogGroup(this, "LogGroup", {
      name: logGroupNames(name).controlPlane,
      retentionDays: settings.logRetentionDays,
      keyArn: props.logKeyArn,
    });
    const cluster = new EksCluster(this, "Default", {
      name,
      version: settings.kubernetesVersion,
      roleArn: role.arn,
      deletionProtection: protect,
      // Every add-on is declared, so that Terraform owns its version and configuration.
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: [...settings.controlPlaneLogs],
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      vpcConfig: this.#reach(props.network, props.endpoint),
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: secretsKey.arn } },
      // No paid extended support: what is still on a version when its standard support ends, EKS upgrades unasked.
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      ...this.#compute(props.autoModeNodeRole),
      dependsOn: [logs, ...role.permissions, ...(props.autoModeNodeRole?.permissions ?? [])],
      lifecycle: { preventDestroy: protect },
    });
    exceptChecks(cluster, ...exceptions(settings, props.endpoint));
    this.clusterName = cluster.name;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
  }

  /** The three switches of Auto Mode are refused by EKS unless they agree. */
  #compute(nodeRole: Role | undefined): Partial<EksClusterConfig> {
    const enabled = nodeRole !== undefined;
    return {
      computeConfig: enabled
        ? { enabled, nodePools: ["general-purpose", "system"], nodeRoleArn: nodeRole.arn }
        : { enabled },
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: SERVICE_CIDR,
        elasticLoadBalancing: { enabled },
      },
      storageConfig: { blockStorage: { enabled } },
    };
  }

  #reach(network: ClusterNetwork, endpoint: ClusterEndpoint): EksClusterConfig["vpcConfig"] {
    const inside = { subnetIds: network.controlPlaneSubnetIds, endpointPrivateAccess: true };
    if (endpoint.access === "allow-list") {
      return { ...inside, endpointPublicAccess: true, publicAccessCidrs: [...endpoint.cidrs] };
    }
    const name = fitName([this.#settings.clusterName, "api"], AWS_NAMES.securityGroup);
    const securityGroup = new SecurityGroup(this, "Callers", {
      name,
      description: "Who may call the Kubernetes API from inside",
      vpcId: network.vpcId,
      tags: { Name: name },
    });
    for (const cidr of endpoint.cidrs ?? this.#settings.inside) {
      new VpcSecurityGroupIngressRule(this, `From${cidr}`, {
        securityGroupId: securityGroup.id,
        description: "Kubernetes API",
        cidrIpv4: cidr,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    }
    return { ...inside, endpointPublicAccess: false, securityGroupIds: [securityGroup.id] };
  }
}

function exceptions({ kubernetesVersion, controlPlaneLogs }: Settings, { access }: ClusterEndpoint): CheckException[] {
  return [
    ...(kubernetesVersion === "1.36"
      ? [
          {
            checks: ["CKV_AWS_339"],
            reason: `EKS supports 1.36 until ${endOfEks("1.36")}; checkov 3.3.30 knows 1.35 at most`,
          },
        ]
      : []),
    ...(controlPlaneLogs.length < CONTROL_PLANE_LOGS.length
      ? [
          {
            checks: ["CKV_AWS_37"],
            reason: "the environment does without some logs of the control plane, as in profile small",
          },
        ]
      : []),
    ...(access === "allow-list"
      ? [{ checks: ["CKV_AWS_39"], reason: "the environment lists the addresses that reach the Kubernetes API" }]
      : []),
  ];
}
