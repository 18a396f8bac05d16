import type { Planted } from "../planted";

/** What AWS's rules must find, one of each kind: a value, a property, a version, a reference, a limit. */
export const PLANTED: readonly Planted[] = [
  { type: "aws_db_instance", change: { instance_class: "db.m7g.tiny" }, check: "E3025" },
  { type: "aws_db_instance", change: { instance_class: "db.m3.medium" }, check: "E3062" },
  { type: "aws_db_instance", change: { engine_version: "5.1" }, check: "E9006" },
  { type: "aws_db_instance", change: { database_insights_mode: "some" }, check: "W3030" },
  { type: "aws_db_instance", change: { storage_gone: true }, check: "F3002" },
  { type: "aws_db_subnet_group", change: { subnet_ids: undefined }, check: "F3003" },
  { type: "aws_mq_broker", change: { engine_type: "Kafka" }, check: "F3017" },
  { type: "aws_mq_broker", change: { host_instance_type: "mq.m7g.tiny" }, check: "E3670" },
  { type: "aws_eks_cluster", change: { version: "0.1" }, check: "F3031" },
  { type: "aws_eks_cluster", change: { role_arn: undefined }, check: "F3003" },
  { type: "aws_elasticache_replication_group", change: { transit_encryption_enabled: undefined }, check: "F3003" },
  { type: "aws_kms_key", change: { deletion_window_in_days: 3 }, check: "F3034" },
  { type: "aws_iam_role", change: { name: "r".repeat(65) }, check: "F3033" },
  { type: "aws_s3_bucket", change: { bucket: "Not_A_Name" }, check: "F3031" },
  {
    type: "aws_iam_role_policy",
    change: { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) },
    check: "E3510",
  },
  { type: "aws_nat_gateway", change: { subnet_id: "${aws_vpc.Network.id}" }, check: "E1041" },
  { type: "aws_eks_node_group", change: { ami_type: "BOTTLEROCKET_x86" }, check: "W3030" },
  { type: "aws_db_instance", change: { kms_key_id: "${aws_kms_key.my-app_DataKey_92E4DC3E.nothing}" }, check: "E9004" },
];

/** Put into each template: that it is found there shows that the template was read. */
export const IN_EACH_TEMPLATE = {
  id: "PlantedHere",
  resource: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: 91 } },
  check: "W3030",
} as const;
