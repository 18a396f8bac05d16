import type { NodePoolSupply } from "../clouds/node-supply";
import type { PodDemand } from "../kubernetes/demand";
import { amountText, thereText } from "./amounts";
import { type Fit, MEASURES, type NodeReport } from "./nodes";
import { type Unplaced, unplaced } from "./placement";
import type { ApplicationCapacity, CapacityReport, ServiceConnections } from "./report";

const MIB = 2 ** 20;

/** `5.7 of 7.7 CPUs, 6.3 of 24.4 GiB, 36 of 440 pods` */
const fitText = ({ wanted, there }: Fit): string =>
  MEASURES.map((measure) => {
    const [amount = "", unit = ""] = amountText(measure, wanted[measure]).split(" ");
    return Number.isFinite(there[measure])
      ? `${amount} of ${thereText(measure, there[measure])}`
      : `${amount} ${unit}, not bounded`;
  }).join("; ");

export function poolText({ name, nodes, machine, allocatable, system }: NodePoolSupply): string {
  const each =
    allocatable === undefined
      ? "a machine that is not known here"
      : `each ${allocatable.cpu}m, ${Math.floor(allocatable.memory / MIB)}Mi${allocatable.pods === undefined ? "" : `, ${allocatable.pods} pods`}`;
  return `  ${name}: ${nodes} x ${machine} at most, ${each}${system ? "; for add-ons alone" : ""}`;
}

function demandText(demand: readonly PodDemand[]): string[] {
  const rows = demand
    .filter(({ count }) => count > 0)
    .map(({ name, count, cpu, memory }) => [name, `${count} x ${cpu}m ${Math.ceil(memory / MIB)}Mi`] as const);
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, said]) => `    ${name.padEnd(width)}  ${said}`);
}

const placementText = (found: readonly Unplaced[] | undefined): string[] => {
  if (found === undefined) return [];
  const without = found.map(({ name, count }) => `${name} ${count}`).join(", ");
  return [
    without === ""
      ? "  placed one by one, the largest first: all of them find a node"
      : `  placed one by one, the largest first, these find no node: ${without}`,
  ];
};

function nodesText(report: NodeReport): string[] {
  const { pools, flexible, unbounded, demand, perNode, applications, all } = report;
  return [
    "Nodes",
    ...pools.map(poolText),
    ...(flexible === undefined
      ? []
      : [`  ${flexible.name}: machines that fit, up to ${flexible.cpu / 1000} vCPUs together`]),
    ...(unbounded === undefined ? [] : [`  nothing is compared: ${unbounded}`]),
    `  on each of them: ${perNode.pods} pods, ${perNode.cpu}m, ${Math.ceil(perNode.memory / MIB)}Mi, as far as they are known`,
    "  not counted: what the cloud's own DaemonSets request, and what a machine's hypervisor keeps",
    "Pods at most",
    `  applications: ${fitText(applications)}`,
    `  with add-ons: ${fitText(all)}`,
    ...placementText(unplaced(report)),
    ...demandText(demand),
  ];
}

function connectionText({ service, uses, wanted, kept, most }: ServiceConnections): string {
  const said = uses.map((use) => use.said).join(", ");
  const of = most === undefined ? "how many it takes is unknown" : `it takes ${most}, ${kept} of them for its own care`;
  return `  ${service}: up to ${wanted}; ${of}${said === "" ? "" : `: ${said}`}`;
}

function applicationText({ application, namespace, quota = {}, connections }: ApplicationCapacity): string[] {
  const admits = Object.entries(quota).map(([name, value]) => `${name} ${value}`);
  return [
    `${application}: what the quota of ${namespace} admits`,
    `  ${admits.join(", ")}`,
    ...(connections.length === 0 ? [] : [`${application}: connections`, ...connections.map(connectionText)]),
  ];
}

/** The report for people. */
export function capacityText({ environment, nodes, applications, quotas }: CapacityReport): string {
  const lines = [
    ...nodesText(nodes),
    ...applications.flatMap(applicationText),
    ...(quotas.length === 0 ? [] : ["Quotas of the account"]),
    ...quotas.map(
      ({ name, wanted, newAccount, look }) =>
        `  ${name}: ${wanted === undefined ? "unknown how many" : `up to ${wanted}`}; ${newAccount === undefined ? "what a new account has is in no source here" : `a new account has ${newAccount}`}; ask: ${look}`,
    ),
  ];
  return `${environment}\n${lines.map((line) => `  ${line}`).join("\n")}\n`;
}

/** The report for programs. JSON has no infinity: what is not bounded is `null`. */
export const capacityData = ({ environment, nodes, applications, quotas }: CapacityReport) => ({
  environment,
  nodes: {
    ...nodes,
    unbounded: nodes.unbounded ?? null,
    flexible: nodes.flexible ?? null,
    unplaced: unplaced(nodes) ?? null,
  },
  applications: applications.map((one) => ({
    ...one,
    quota: one.quota ?? null,
    connections: one.connections.map((each) => ({ ...each, most: each.most ?? null })),
  })),
  quotas: quotas.map((quota) => ({
    ...quota,
    wanted: quota.wanted ?? null,
    newAccount: quota.newAccount ?? null,
  })),
});
