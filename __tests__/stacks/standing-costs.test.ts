import { STANDING_COSTS } from "../../scripts/docs/standing-costs";
import { type Block, stack, type StackJson, synthesizeReference } from "../support/reference";

/* The numbers of `docs/operations/costs.md`, counted in the shipped stacks. */

const blocks = (json: StackJson, type: string): readonly Block[] => Object.values(json.resource[type] ?? {});
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : NaN);

const COUNT: Readonly<Record<keyof typeof STANDING_COSTS, (cluster: StackJson, state: StackJson) => number>> = {
  controlPlane: (cluster) => blocks(cluster, "aws_eks_cluster").length,
  systemNodes: (cluster) =>
    (blocks(cluster, "aws_eks_node_group")[0]?.["scaling_config"] as { desired_size: number }).desired_size,
  natGateways: (cluster) => blocks(cluster, "aws_nat_gateway").length,
  endpoints: (cluster) =>
    blocks(cluster, "aws_vpc_endpoint")
      .filter(({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface")
      .reduce((sum, { subnet_ids }) => sum + lengthOf(subnet_ids), 0),
  controlPlaneLogs: (cluster) => lengthOf(blocks(cluster, "aws_eks_cluster")[0]?.["enabled_cluster_log_types"]),
  flowLogs: (cluster) =>
    blocks(cluster, "aws_flow_log").filter(
      ({ max_aggregation_interval, traffic_type }) => max_aggregation_interval === 60 && traffic_type === "ALL",
    ).length,
  retention: (cluster) => Number(blocks(cluster, "aws_cloudwatch_log_group")[0]?.["retention_in_days"]),
  keys: (cluster, state) => blocks(cluster, "aws_kms_key").length + blocks(state, "aws_kms_key").length,
};

const CASES = (Object.keys(COUNT) as (keyof typeof COUNT)[]).flatMap((name) =>
  (
    [
      ["small", "staging"],
      ["production", "production"],
    ] as const
  ).map(([profile, environment]) => [name, profile, environment] as const),
);

test.each(CASES)("%s of profile %s are as many as is said of them", (name, profile, environment) => {
  const given = synthesizeReference();
  const count = COUNT[name](stack(given, `${environment}-cluster`), stack(given, `state-${environment}`));
  expect(count).toBe(STANDING_COSTS[name].count[profile]);
});
