import type { Planted } from "../planted";

const ANYONE = "0.0.0.0/0";

/** JSON text, as our own policies are. */
const policy = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

/** What checkov must find in resources of AWS. */
export const aws: readonly Planted[] = [
  { type: "aws_cloudwatch_log_group", change: { kms_key_id: undefined }, check: "CKV_AWS_158" },
  { type: "aws_db_instance", change: { publicly_accessible: true }, check: "CKV_AWS_17" },
  { type: "aws_db_instance", change: { storage_encrypted: false }, check: "CKV_AWS_16" },
  { type: "aws_efs_file_system", change: { encrypted: false }, check: "CKV_AWS_42" },
  { type: "aws_eks_cluster", change: { enabled_cluster_log_types: ["api"] }, check: "CKV_AWS_37" },
  {
    type: "aws_eks_cluster",
    change: { vpc_config: { endpoint_public_access: true, public_access_cidrs: [ANYONE] } },
    check: "CKV_AWS_38",
  },
  { type: "aws_elasticache_replication_group", change: { transit_encryption_enabled: false }, check: "CKV_AWS_30" },
  {
    type: "aws_iam_role",
    change: { assume_role_policy: policy({ Action: "sts:AssumeRole", Principal: { AWS: "*" } }) },
    check: "CKV_AWS_60",
  },
  {
    type: "aws_iam_role_policy",
    change: { policy: policy({ Action: "*", Resource: "*" }) },
    check: "CKV_AWS_62",
  },
  { type: "aws_kms_key", change: { enable_key_rotation: false }, check: "CKV_AWS_7" },
  { type: "aws_launch_template", change: { metadata_options: { http_tokens: "optional" } }, check: "CKV_AWS_79" },
  { type: "aws_mq_broker", change: { publicly_accessible: true }, check: "CKV_AWS_69" },
  {
    type: "aws_s3_bucket_policy",
    change: { policy: policy({ Action: "s3:GetObject", Resource: "*", Principal: "*" }) },
    check: "CKV_AWS_70",
  },
  { type: "aws_s3_bucket_public_access_block", change: { block_public_policy: false }, check: "CKV_AWS_54" },
  { type: "aws_secretsmanager_secret", change: { kms_key_id: undefined }, check: "CKV_AWS_149" },
  { type: "aws_subnet", change: { map_public_ip_on_launch: true }, check: "CKV_AWS_130" },
  {
    type: "aws_vpc_security_group_ingress_rule",
    change: { cidr_ipv4: ANYONE, from_port: 22, to_port: 22 },
    check: "CKV_AWS_24",
  },
];
