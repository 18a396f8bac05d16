import { line, tableHead } from "../../constructs/portability/markdown";

type Profile = "small" | "production";

/** What AWS bills of an environment whether or not anybody uses it, and what there is to choose. */
export interface StandingCost {
  readonly what: string;
  readonly billed: "hour" | "GB" | "month";
  /** How many of it there are where the environment's file says nothing. */
  readonly count: Readonly<Record<Profile, number>>;
  readonly choice: string;
  /** Where AWS says what one costs. */
  readonly prices: string;
}

const VPC = "https://aws.amazon.com/vpc/pricing/";
const CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/";

export const STANDING_COSTS = {
  controlPlane: cost("EKS control planes", "hour", 1, 1, "none", "https://aws.amazon.com/eks/pricing/"),
  systemNodes: cost(
    "machines of the group `system`",
    "hour",
    2,
    3,
    "`nodes.system`",
    "https://aws.amazon.com/ec2/pricing/on-demand/",
  ),
  natGateways: cost("NAT gateways, and each GB through them", "hour", 1, 3, "`network.natGateways`", VPC),
  endpoints: cost(
    "interface endpoints, counted in each zone, and each GB through them",
    "hour",
    0,
    27,
    "`network.interfaceEndpoints`",
    "https://aws.amazon.com/privatelink/pricing/",
  ),
  controlPlaneLogs: cost("types of control plane logs", "GB", 2, 5, "`controlPlaneLogs`", CLOUDWATCH),
  flowLogs: cost(
    "flow logs of all traffic, a record a minute for each flow",
    "GB",
    1,
    1,
    "`network.flowLogInterval: 600`",
    CLOUDWATCH,
  ),
  retention: cost("days that these logs are stored", "month", 90, 365, "`logRetentionDays`", CLOUDWATCH),
  keys: cost("KMS keys of cluster and state", "month", 4, 4, "none", "https://aws.amazon.com/kms/pricing/"),
} as const;

function cost(
  what: string,
  billed: StandingCost["billed"],
  small: number,
  production: number,
  choice: string,
  prices: string,
): StandingCost {
  return { what, billed, count: { small, production }, choice, prices };
}

export const standingCostsTable = (): string =>
  [
    ...tableHead("of each environment", "billed by the", "`small`", "`production`", "to choose", "prices"),
    ...Object.values(STANDING_COSTS).map(({ what, billed, count, choice, prices }) =>
      line(what, billed, String(count.small), String(count.production), choice, `[AWS](${prices})`),
    ),
  ].join("\n");
