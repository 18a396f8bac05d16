import type { CloudEnvironment } from "../cloud";
import type { NodePoolSupply, NodeSupply, Room } from "../node-supply";
import { coresOf, type Machine, roomOf } from "../shared/reservations";
import type { AzureProps, NodePool } from "./props";
import { settingsOf, SYSTEM_POOL } from "./settings";

/** GiB for each vCPU, by the family's letter. @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview */
const RATIO: Readonly<Record<string, number>> = { D: 4, E: 8, F: 2 };

/** Pods of a node in overlay networks, where nobody says another number. */
const MAX_PODS = 250;

/** Cores, and thousandths of one that AKS keeps. A machine between two of them is counted as the smaller. */
const RESERVED_CPU: readonly (readonly [cores: number, millis: number])[] = [
  [64, 740],
  [32, 420],
  [16, 260],
  [8, 180],
  [4, 140],
  [2, 100],
  [1, 60],
];

/** `undefined` for sizes that are not known here: those with half the memory (`l`) and constrained cores among them. */
export function machineOf(vmSize: string): Machine | undefined {
  const [, family = "", size = "", letters = ""] = /^Standard_([A-Z])(\d+)([a-z]*)_v[3-6]$/.exec(vmSize) ?? [];
  const [ratio, cores] = [RATIO[family], Number(size)];
  return ratio === undefined || letters.includes("l") ? undefined : { cores, gibibytes: cores * ratio };
}

const MB = 1_000_000;

/**
 * What AKS leaves of it: 20 MB for each pod that it may have and 50, or a quarter of its memory if that is less.
 *
 * @see https://learn.microsoft.com/azure/aks/node-resource-reservations
 */
export function allocatable(vmSize: string): Room | undefined {
  const machine = machineOf(vmSize);
  if (machine === undefined) return undefined;
  const cpu = RESERVED_CPU.find(([cores]) => cores <= machine.cores)?.[1] ?? 0;
  const memory = Math.min((20 * MAX_PODS + 50) * MB, 0.25 * machine.gibibytes * 2 ** 30);
  return roomOf(machine, { cpu, memory }, MAX_PODS);
}

/** Cores that machines have at most, of those that are counted together. A third comes on top during an update. */
export function coresWanted(
  { system, pools, zones }: ReturnType<typeof settingsOf>,
  isCounted: (vmSize: string) => boolean = () => true,
): number | undefined {
  const counted = [system, ...Object.values(pools)].filter(({ vmSize }) => isCounted(vmSize));
  return coresOf(
    counted.map(({ vmSize, max }) => ({
      machine: machineOf(vmSize),
      nodes: (max + Math.ceil(max / 3)) * zones.length,
    })),
  );
}

/** Nodes of the pools: each zone has `max` of them. */
export function nodeSupply(props: AzureProps, environment: CloudEnvironment): NodeSupply {
  const settings = settingsOf(props, environment);
  const { system, pools, zones } = settings;
  const pool = (name: string, { vmSize, max }: NodePool, path: readonly string[]): NodePoolSupply => ({
    name,
    path: ["nodes", ...path, "max"],
    machine: vmSize,
    nodes: max * zones.length,
    allocatable: allocatable(vmSize),
    system: name === SYSTEM_POOL,
  });
  return {
    pools: [
      pool(SYSTEM_POOL, system, ["system"]),
      ...Object.entries(pools).map(([name, one]) => pool(name, one, ["pools", name])),
    ],
    quotas: [
      {
        name: "vCPUs in the location",
        wanted: coresWanted(settings),
        newAccount: 10,
        look: `az vm list-usage --location ${props.location}`,
      },
    ],
  };
}
