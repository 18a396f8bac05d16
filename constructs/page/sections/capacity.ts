import { amountText, thereText } from "../../capacity/amounts";
import { type Fit, MEASURES } from "../../capacity/nodes";
import { unplaced } from "../../capacity/placement";
import type { CapacityReport } from "../../capacity/report";
import { poolText } from "../../capacity/text";
import { type Html, markup, type Part } from "../html";
import { badge, codes, lines, list, muted } from "../parts";
import { table } from "../table";

const NAMES = { cpu: "CPU", memory: "Memory", pods: "Pods" } as const;

function verdict({ wanted, there }: Fit, measure: (typeof MEASURES)[number]): Html {
  if (!Number.isFinite(there[measure])) return badge("plain", "not bounded");
  if (wanted[measure] > there[measure]) return badge("bad", "does not fit");
  const share = there[measure] === 0 ? 0 : Math.ceil((wanted[measure] / there[measure]) * 100);
  return badge(share > 90 ? "warn" : "good", `fits, ${share} %`);
}

const fitRows = (of: string, fit: Fit): Part[][] =>
  MEASURES.map((measure) => [
    `${of}: ${NAMES[measure]}`,
    amountText(measure, fit.wanted[measure]),
    thereText(measure, fit.there[measure]),
    verdict(fit, measure),
  ]);

function nodes({ nodes: report }: CapacityReport): Html {
  const { pools, flexible, unbounded } = report;
  const found = unplaced(report);
  return list([
    ...pools.map((pool) => poolText(pool).trim()),
    ...(flexible === undefined
      ? []
      : [`${flexible.name}: machines that fit, up to ${flexible.cpu / 1000} vCPUs together`]),
    ...(unbounded === undefined ? [] : [`nothing is compared: ${unbounded}`]),
    ...(found === undefined || found.length === 0
      ? []
      : [
          `placed one by one, the largest first, these find no node: ${found.map(({ name, count }) => `${name} ${count}`).join(", ")}`,
        ]),
  ]);
}

/** What pods of the environment want at most, what its nodes have, and what its databases take. */
export function capacityPart(report: CapacityReport): Html {
  const { nodes: found, applications, quotas } = report;
  const connections = applications.flatMap((one) => one.connections.map((each) => ({ ...each, of: one.application })));
  const hard = applications.filter(({ quota }) => quota !== undefined);
  return markup`${nodes(report)}${table({
    caption: "Pods at their most, and nodes at their most",
    columns: ["What", "Wanted at most", "There at most", "Verdict"],
    empty: "",
    rows: [...fitRows("Applications", found.applications), ...fitRows("With add-ons", found.all)],
  })}${table({
    caption: "Connections to data services",
    columns: ["Connections to", "Wanted at most", "It takes", "By whom"],
    empty: "No application opens connections to a data service.",
    rows: connections.map(({ service, of, wanted, most, kept, uses }) => [
      `${of} / ${service}`,
      String(wanted),
      most === undefined ? muted("unknown, or not bounded") : `${most}, ${kept} of them for its own care`,
      lines(uses.map(({ said }) => said)),
    ]),
  })}${
    hard.length === 0
      ? undefined
      : table({
          caption: "Quotas of namespaces",
          columns: ["Namespace", "Admits"],
          empty: "",
          rows: hard.map(({ namespace, quota = {} }) => [
            namespace,
            codes(Object.entries(quota).map(([name, value]) => `${name} ${value}`)),
          ]),
        })
  }${
    quotas.length === 0
      ? undefined
      : table({
          caption: "Quotas of the account",
          columns: ["Quota", "Wanted at most", "A new account has", "Ask"],
          empty: "",
          rows: quotas.map(({ name, wanted, newAccount, look }) => [
            name,
            wanted === undefined ? muted("unknown how many") : String(wanted),
            newAccount === undefined ? muted("in no source here") : String(newAccount),
            markup`<code>${look}</code>`,
          ]),
        })
  }`;
}
