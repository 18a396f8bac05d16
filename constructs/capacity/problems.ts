import type { NodePoolSupply } from "../clouds/node-supply";
import type { PodDemand } from "../kubernetes/demand";
import type { Path, Problem } from "../model/problem";
import { amountText, thereText } from "./amounts";
import type { MEASURES } from "./nodes";
import { type Fit, lacking, type NodeReport } from "./nodes";

/** The largest part of a demand, as many as people read. */
const NAMED = 4;

const COUNTED = "each autoscaler at its maximum, with the surge of an update, Jobs and runs of CronJobs";

const FEWER = "a smaller autoscaling.max, fewer replicas or smaller resources.requests";

type Measure = (typeof MEASURES)[number];

const each = ({ cpu, memory }: PodDemand, measure: Measure): number =>
  measure === "pods" ? 1 : measure === "cpu" ? cpu : memory;

function largest(demand: readonly PodDemand[], measure: Measure): string {
  const parts = demand
    .map((one) => ({ one, total: one.count * each(one, measure) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total || a.one.name.localeCompare(b.one.name));
  const named = parts
    .slice(0, NAMED)
    .map(({ one, total }) => `${one.name} ${one.count} pods, ${amountText(measure, total)}`);
  const others = parts.length - named.length;
  return others > 0 ? `${named.join("; ")}; and ${others} more` : named.join("; ");
}

const poolText = ({ name, nodes, machine }: NodePoolSupply): string => `${name} ${nodes} x ${machine}`;

function nodesText({ flexible }: NodeReport, pools: readonly NodePoolSupply[]): string {
  const made = flexible === undefined ? [] : [`${flexible.name} up to ${flexible.cpu / 1000} vCPUs`];
  return [...pools.map(poolText), ...made].join(", ");
}

/**
 * What cannot be scheduled whatever the scheduler does: pods that want more together than all nodes have, and single ones that
 * fit on no node.
 *
 * @param path of the environment's cloud
 */
export function nodeProblems(report: NodeReport, path: Path): Problem[] {
  const open = report.pools.filter(({ system }) => !system);
  const isApplications = lacking(report.applications).length > 0;
  const [fit, pools, demand, who] = isApplications
    ? ([
        report.applications,
        open,
        report.demand.filter(({ onSystemNodes }) => onSystemNodes !== true),
        "applications want",
      ] as const)
    : ([report.all, report.pools, report.demand, "applications and add-ons want"] as const);
  return [
    ...lacking(fit).map((measure) => tooLittle(report, { fit, pools, demand, who, measure }, path)),
    ...report.tooLarge.map((one) => tooLarge(one, open, path)),
  ];
}

interface Lack {
  readonly fit: Fit;
  readonly pools: readonly NodePoolSupply[];
  readonly demand: readonly PodDemand[];
  readonly who: string;
  readonly measure: Measure;
}

function tooLittle(report: NodeReport, { fit, pools, demand, who, measure }: Lack, path: Path): Problem {
  const { flexible } = report;
  const at = flexible?.path ?? pools.find(({ system }) => !system)?.path ?? pools[0]?.path ?? ["nodes"];
  const got = flexible === undefined ? undefined : flexible.cpu / 1000;
  return {
    path: [...path, ...at],
    got: got ?? nodesText(report, pools),
    why:
      `${who} up to ${amountText(measure, fit.wanted[measure])} (${COUNTED}), and nodes have ` +
      `${thereText(measure, fit.there[measure])} for them at most${got === undefined ? "" : `: ${nodesText(report, pools)}`}. ` +
      largest(demand, measure),
    fix: `allow more or larger nodes, or use ${FEWER}`,
  };
}

function tooLarge({ name, cpu, memory }: PodDemand, pools: readonly NodePoolSupply[], path: Path): Problem {
  const sizes = pools.map(({ machine, allocatable }) =>
    allocatable === undefined
      ? machine
      : `${machine} (${thereText("cpu", allocatable.cpu)}, ${thereText("memory", allocatable.memory)})`,
  );
  return {
    path: [...path, ...(pools[0]?.path.slice(0, -1) ?? ["nodes"])],
    got: sizes.length === 0 ? "no node for applications" : sizes.join(", "),
    why: `a pod of ${name} requests ${amountText("cpu", cpu)} and ${amountText("memory", memory)}, which no node has for it`,
    fix: "use larger machines, or smaller resources.requests",
  };
}
