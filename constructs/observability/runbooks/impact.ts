import type { ResolvedRoute } from "../../model/resolved";
import { dependants, type Part } from "../dependants";
import { code, listed } from "./in-words";
import type { Operated } from "./operated";

/* Who is affected, along the edges of the application. */

const address = ({ host, path }: ResolvedRoute): string => `<https://${host}${path}>`;

const routesOf = ({ application: { routes } }: Operated, workloads: readonly string[]): string[] => [
  ...new Set(routes.filter(({ workload }) => workloads.includes(workload.name)).map(address)),
];

/** One line: the routes that a workload or data service serves, who does not work without it, and the routes of those. */
export function affected(operated: Operated, part: Part): string {
  const own = part.kind === "workload" ? routesOf(operated, [part.name]) : [];
  const others = dependants(operated.application, part);
  const theirs = routesOf(operated, others).filter((route) => !own.includes(route));
  const said = [
    ...(own.length === 0 ? [] : [`serves ${listed(own)}`]),
    ...(others.length === 0
      ? ["no other workload needs it"]
      : [`${listed(others.map(code))} ${others.length === 1 ? "does" : "do"} not work without it`]),
    ...(theirs.length === 0 ? [] : [`${listed(theirs)} ${theirs.length === 1 ? "fails" : "fail"} with it`]),
  ];
  return `${code(part.name)}: ${said.join("; ")}.`;
}

export const affectedByWorkloads = (operated: Operated, names: readonly string[]): string[] =>
  names.map((name) => affected(operated, { kind: "workload", name }));
