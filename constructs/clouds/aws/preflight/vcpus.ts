import type { CloudEnvironment } from "../../cloud";
import { completePool } from "../karpenter/pool";
import { machineOf } from "../node-supply";
import { karpenterPool } from "../place";
import type { AwsProps } from "../props";
import { settingsOf } from "../settings";

/** How machines are paid for: AWS counts each with a quota of its own. */
export type Market = "on-demand" | "spot";

/** Families that count together: A, C, D, H, I, M, R, T and Z. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
export const isStandard = (type: string): boolean => /^(?:a|c|d|h|i|im|is|m|r|t|z)\d/.test(type);

/** vCPUs that nodes may have at most. */
export interface Vcpus {
  /** Those of standard machines. A market that no machine is of has none. */
  readonly wanted: Readonly<Record<Market, number>>;
  /** Machines that nobody here knows the vCPUs of, or that other quotas count: with one of them `wanted` is not all. */
  readonly unknown: readonly string[];
}

interface Machines {
  readonly markets: readonly string[];
  readonly vcpus: number;
}

/**
 * vCPUs of an environment's own nodes, by market. Of a group's types the largest counts: EKS takes any of them; of a pool of Karpenter's
 * that may be of both markets, either may be all of it.
 *
 * @returns `undefined` where as many machines are made as pods need
 */
export function vcpusOf(props: AwsProps, environment: CloudEnvironment): Vcpus | undefined {
  const { nodeGroups } = settingsOf(props, environment);
  if (nodeGroups === undefined) return undefined;
  const groups = Object.values(nodeGroups);
  const pool = karpenterPool(props);
  const made = pool && completePool(pool, environment.profile);
  const counted: Machines[] = [
    ...groups.map(({ instanceTypes, max, capacity }) => ({
      markets: [capacity],
      vcpus: max * Math.max(...instanceTypes.map((type) => machineOf(type)?.cores ?? 0)),
    })),
    ...(made === undefined ? [] : [{ markets: made.capacity, vcpus: made.cpuLimit }]),
  ];
  const of = (market: Market): number =>
    counted.filter(({ markets }) => markets.includes(market)).reduce((sum, { vcpus }) => sum + vcpus, 0);
  const types = [
    ...groups.flatMap(({ instanceTypes }) => instanceTypes.filter((type) => machineOf(type) === undefined)),
    // Karpenter's bound counts vCPUs of whatever machine.
    ...(made !== undefined && "types" in made.instances ? made.instances.types : []).filter((type) => !isStandard(type)),
    ...(made !== undefined && "categories" in made.instances ? made.instances.categories : []).filter(
      (category) => !isStandard(`${category}1`),
    ),
  ];
  return { wanted: { "on-demand": of("on-demand"), spot: of("spot") }, unknown: [...new Set(types)].sort() };
}
