import type { CloudEnvironment } from "../cloud";
import type { NodeSupply, Room } from "../node-supply";
import { coresOf, CPU_TIERS, type Machine, MEMORY_TIERS, roomOf, tiered } from "../shared/reservations";
import type { GoogleProps } from "./props";
import { settingsOf, SYSTEM_POOL } from "./settings";

/** GiB for each vCPU. `highcpu` has one in the older series and two in others, so it is not known here. */
const RATIO: Readonly<Record<string, number>> = { standard: 4, highmem: 8 };

/** Series whose machines have those shapes. @see https://cloud.google.com/compute/docs/general-purpose-machines */
const SERIES = ["e2", "n2", "n2d", "t2d", "t2a", "c3", "c3d", "c4", "c4a", "n4", "n4a"];

/** GKE's own bound, which nobody here changes. */
const MAX_PODS = 110;

/** `undefined` for machines that are not known here. */
export function machineOf(machineType: string): Machine | undefined {
  const [series = "", shape = "", size = ""] = machineType.split("-");
  const [ratio, cores] = [RATIO[shape], Number(size)];
  const isKnown =
    SERIES.includes(series) && ratio !== undefined && /^\d+$/.test(size) && machineType.split("-").length === 3;
  return isKnown ? { cores, gibibytes: cores * ratio } : undefined;
}

/** What GKE leaves of it. @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes */
export function allocatable(machineType: string): Room | undefined {
  const machine = machineOf(machineType);
  if (machine === undefined) return undefined;
  const reserved = {
    cpu: tiered(machine.cores * 1000, CPU_TIERS),
    memory: tiered(machine.gibibytes * 2 ** 30, MEMORY_TIERS),
  };
  return roomOf(machine, reserved, MAX_PODS);
}

/** The smaller of both numbers in docs/operations/google.md is a trial's. */
const QUOTA_COMMAND = (region: string): string => `gcloud compute regions describe ${region} --format='table(quotas)'`;

type Pools = NonNullable<ReturnType<typeof settingsOf>["pools"]>;

/** GB of SSD disks that nodes have at most. One node more comes for a while during an upgrade. */
export const ssdWanted = (pools: Pools): number =>
  Object.values(pools).reduce((sum, { diskGib, max }) => sum + diskGib * (max + 1), 0);

/** Cores of the machines that are counted together. `undefined`: one of them is not known here. */
export const cpusWanted = (pools: Pools, isCounted: (machineType: string) => boolean = () => true): number | undefined =>
  coresOf(
    Object.values(pools)
      .filter(({ machineType }) => isCounted(machineType))
      .map(({ machineType, max }) => ({ machine: machineOf(machineType), nodes: max + 1 })),
  );

/** Nodes of the pools, of all zones together. */
export function nodeSupply(props: GoogleProps, environment: CloudEnvironment): NodeSupply {
  const { pools } = settingsOf(props, environment);
  if (pools === undefined) return { pools: [], unbounded: "Autopilot makes as many nodes as pods need" };
  return {
    pools: Object.entries(pools).map(([name, { machineType, max }]) => ({
      name,
      path: ["nodes", ...(name === SYSTEM_POOL ? ["system"] : ["pools", name]), "max"],
      machine: machineType,
      nodes: max,
      allocatable: allocatable(machineType),
      system: name === SYSTEM_POOL,
    })),
    quotas: [
      {
        name: "GB of SSD disks in the region, for nodes alone",
        wanted: ssdWanted(pools),
        newAccount: 250,
        look: QUOTA_COMMAND(props.region),
      },
      {
        name: "vCPUs in the region",
        wanted: cpusWanted(pools),
        newAccount: undefined,
        look: QUOTA_COMMAND(props.region),
      },
    ],
  };
}
