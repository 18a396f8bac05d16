import { bytes } from "../../model/quantity";
import type { CloudEnvironment } from "../cloud";
import type { CloudQuota, NodeSupply, Room } from "../node-supply";
import { coresOf, CPU_TIERS, type Machine, roomOf, tiered } from "../shared/reservations";
import { completePool } from "./karpenter/pool";
import { karpenterPool } from "./place";
import type { AwsProps } from "./props";
import { settingsOf, SYSTEM_GROUP } from "./settings";

/** GiB for each vCPU of the families whose machines are all of one shape. */
const RATIO: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Those that are not: vCPU and GiB. */
const BURSTABLE: Readonly<Record<string, Machine>> = {
  small: { cores: 2, gibibytes: 2 },
  medium: { cores: 2, gibibytes: 4 },
  large: { cores: 2, gibibytes: 8 },
  xlarge: { cores: 4, gibibytes: 16 },
  "2xlarge": { cores: 8, gibibytes: 32 },
};

const coresOfSize = (size: string): number | undefined => {
  if (size === "medium") return 1;
  if (size === "large") return 2;
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  return times === undefined ? undefined : 4 * Number(times === "" ? 1 : times);
};

/** `undefined` for families that are not known here. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ */
export function machineOf(type: string): Machine | undefined {
  const [family = "", size = ""] = type.split(".");
  if (/^t(?:3|3a|4g)$/.test(family)) return BURSTABLE[size];
  const [, letter = ""] = /^([cmr])[5-8](?:a|b|d|g|gd|gn|i|i-flex|id|in|n)?$/.exec(family) ?? [];
  const [ratio, cores] = [RATIO[letter], coresOfSize(size)];
  return ratio === undefined || cores === undefined ? undefined : { cores, gibibytes: cores * ratio };
}

const PODS: Readonly<Record<string, number>> = { medium: 8, large: 29, xlarge: 58, "2xlarge": 58 };
const BURSTABLE_PODS: Readonly<Record<string, number>> = {
  small: 11,
  medium: 17,
  large: 35,
  xlarge: 58,
  "2xlarge": 58,
};

/**
 * Addresses that the network add-on has for pods without prefixes. Larger machines have more than anybody fills; the eighth
 * generation has more in some families.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/templates/shared/runtime/eni-max-pods.txt
 */
export function maxPods(type: string): number | undefined {
  const [family = "", size = ""] = type.split(".");
  if (family.startsWith("t")) return BURSTABLE_PODS[size];
  return /^[cmr][5-7]/.test(family) ? PODS[size] : undefined;
}

/**
 * What Bottlerocket leaves of it, by the formulas of EKS: 255 MiB and 11 for each pod.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/pull/419
 */
export function allocatable(type: string): Room | undefined {
  const machine = machineOf(type);
  if (machine === undefined) return undefined;
  const pods = maxPods(type);
  const reserved = {
    cpu: tiered(machine.cores * 1000, CPU_TIERS),
    memory: bytes("255Mi") + (pods ?? 0) * bytes("11Mi"),
  };
  return roomOf(machine, reserved, pods);
}

const quotaCommand = (code: string, { region }: Pick<AwsProps, "region">): string =>
  `aws service-quotas get-service-quota --service-code ec2 --quota-code ${code} --region ${region}`;

/** The DaemonSets of EKS' add-ons that every environment has: network, proxy, identity, and the drivers of both kinds of disk. */
const DAEMON_PODS = 5;

/** Nodes of fixed groups, at what people may scale them to, and what Karpenter may make. */
export function nodeSupply(props: AwsProps, environment: CloudEnvironment): NodeSupply {
  const { nodeGroups, network } = settingsOf(props, environment);
  const { made } = network;
  if (nodeGroups === undefined) return { pools: [], unbounded: "Auto Mode makes as many nodes as pods need" };
  const pool = karpenterPool(props);
  return {
    pools: Object.entries(nodeGroups).map(
      ([
        name,
        {
          instanceTypes: [machine = ""],
          max,
        },
      ]) => ({
        name,
        path: ["nodes", ...(name === SYSTEM_GROUP ? ["system"] : ["groups", name]), "max"],
        machine,
        nodes: max,
        allocatable: allocatable(machine),
        system: name === SYSTEM_GROUP,
      }),
    ),
    ...(pool !== undefined && { flexible: flexibleOf(completePool(pool, environment.profile)) }),
    daemonPods: DAEMON_PODS,
    quotas: [
      vcpuQuota(props, environment, nodeGroups),
      // NAT gateways of somebody else's network are its owner's.
      ...(made === undefined
        ? []
        : [
            {
              name: "Elastic IP addresses in the region, for NAT gateways alone",
              wanted: made.natGateways === "single" ? 1 : made.zones.length,
              newAccount: undefined,
              look: quotaCommand("L-0263D0A3", props),
            },
          ]),
    ],
  };
}

/** The quota of cores: of the families A, C, D, H, I, M, R, T and Z together. */
const VCPUS = "vCPUs of standard on-demand instances in the region";

/** Cores of those families. What an update of a group adds is not counted. */
function vcpuQuota(
  props: AwsProps,
  { profile }: CloudEnvironment,
  groups: NonNullable<ReturnType<typeof settingsOf>["nodeGroups"]>,
): CloudQuota {
  const pool = karpenterPool(props);
  const fixed = coresOf(
    Object.values(groups).map(({ instanceTypes: [type = ""], max }) => ({ machine: machineOf(type), nodes: max })),
  );
  const made = pool === undefined ? 0 : completePool(pool, profile).cpuLimit;
  return {
    name: VCPUS,
    wanted: fixed === undefined ? undefined : fixed + made,
    newAccount: undefined,
    look: quotaCommand("L-1216C47A", props),
  };
}

function flexibleOf({ cpuLimit, instances }: ReturnType<typeof completePool>): NodeSupply["flexible"] {
  const ratios =
    "categories" in instances
      ? instances.categories.map((category) => RATIO[category])
      : instances.types.map((type) => {
          const machine = machineOf(type);
          return machine && machine.gibibytes / machine.cores;
        });
  const known = ratios.filter((ratio) => ratio !== undefined);
  return {
    name: "general",
    path: ["nodes", "karpenter", "cpuLimit"],
    cpu: cpuLimit * 1000,
    memory: known.length === ratios.length ? cpuLimit * Math.max(...known) * bytes("1Gi") : undefined,
  };
}
