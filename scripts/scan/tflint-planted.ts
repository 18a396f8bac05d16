import type { Planted } from "./planted";

/** An enum, a list of known values, a length and a pattern. */
export const PLANTED: readonly Planted[] = [
  { type: "aws_db_instance", change: { instance_class: "db.m7g.tiny" }, check: "aws_db_instance_invalid_type" },
  { type: "aws_eks_cluster", change: { name: "no spaces" }, check: "aws_eks_cluster_invalid_name" },
  {
    type: "aws_eks_node_group",
    change: { capacity_type: "CHEAP" },
    check: "aws_eks_node_group_invalid_capacity_type",
  },
  { type: "aws_flow_log", change: { traffic_type: "SOME" }, check: "aws_flow_log_invalid_traffic_type" },
  { type: "aws_iam_role", change: { name: "r".repeat(65) }, check: "aws_iam_role_invalid_name" },
  { type: "aws_mq_broker", change: { engine_type: "Kafka" }, check: "aws_mq_broker_invalid_engine_type" },
];

/** Put beside each stack as a file of its own: that it is found there shows that the folder was read. */
export const IN_EACH_STACK: { readonly resource: object; readonly check: string } = {
  resource: { aws_flow_log: { "planted-here": { traffic_type: "SOME" } } },
  check: "aws_flow_log_invalid_traffic_type",
};
