import { asIs, json, listed, REF, tagList, type Translations, truth } from "../translation";

const TEMPLATE = "LaunchTemplateData";

export const cluster: Translations = {
  aws_cloudwatch_event_rule: {
    type: "AWS::Events::Rule",
    says: { event_pattern: { name: "EventPattern", value: json } },
    reads: { name: REF },
  },
  aws_cloudwatch_event_target: {
    of: "rule",
    list: "Targets",
    says: { target_id: "Id", "input_transformer.input_paths": { name: "InputPathsMap", value: asIs } },
  },
  aws_eks_access_entry: { type: "AWS::EKS::AccessEntry" },
  aws_eks_access_policy_association: {
    of: "principal_arn",
    list: "AccessPolicies",
    says: { cluster_name: { without: "it is the access entry's" } },
  },
  aws_eks_addon: {
    type: "AWS::EKS::Addon",
    says: {
      pod_identity_association: "PodIdentityAssociations",
      resolve_conflicts_on_create: "ResolveConflicts",
      resolve_conflicts_on_update: { without: "CloudFormation has one answer for creating and updating" },
    },
  },
  aws_eks_cluster: {
    type: "AWS::EKS::Cluster",
    says: {
      enabled_cluster_log_types: {
        name: "Logging.ClusterLogging.EnabledTypes",
        value: (types) => listed(types).map((Type) => ({ Type })),
      },
      encryption_config: { name: "EncryptionConfig", as: "list" },
      vpc_config: "ResourcesVpcConfig",
    },
    reads: { name: REF, id: REF, "vpc_config[0].cluster_security_group_id": "ClusterSecurityGroupId" },
  },
  aws_eks_node_group: {
    type: "AWS::EKS::Nodegroup",
    says: {
      labels: { name: "Labels", value: asIs },
      node_group_name_prefix: { without: "Terraform makes a name of it" },
      node_role_arn: "NodeRole",
      subnet_ids: "Subnets",
      tags: { name: "Tags", value: asIs },
      taint: "Taints",
    },
  },
  aws_eks_pod_identity_association: { type: "AWS::EKS::PodIdentityAssociation" },
  aws_launch_template: {
    type: "AWS::EC2::LaunchTemplate",
    says: {
      block_device_mappings: `${TEMPLATE}.BlockDeviceMappings`,
      "block_device_mappings.ebs.delete_on_termination": { name: "DeleteOnTermination", value: truth },
      "block_device_mappings.ebs.encrypted": { name: "Encrypted", value: truth },
      metadata_options: `${TEMPLATE}.MetadataOptions`,
      monitoring: `${TEMPLATE}.Monitoring`,
      name: "LaunchTemplateName",
      tag_specifications: `${TEMPLATE}.TagSpecifications`,
      "tag_specifications.tags": { name: "Tags", value: tagList },
      update_default_version: { without: "it says what Terraform does after a change" },
    },
    reads: { latest_version: "LatestVersionNumber" },
  },
  aws_sqs_queue: {
    type: "AWS::SQS::Queue",
    says: { message_retention_seconds: "MessageRetentionPeriod", name: "QueueName" },
    reads: { url: REF, id: REF },
  },
  aws_sqs_queue_policy: {
    type: "AWS::SQS::QueuePolicy",
    says: { policy: { name: "PolicyDocument", value: json }, queue_url: { name: "Queues", value: listed } },
  },
};
