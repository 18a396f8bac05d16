import type { ResolvedApplication } from "../model/resolved";

/** What something of an application is: the name of a workload or of a data service. */
export interface Part {
  readonly kind: "service" | "workload";
  readonly name: string;
}

type Graph = Pick<ResolvedApplication, "workloads">;

/** Names of the workloads that have an edge to it. */
const callers = ({ workloads }: Graph, { kind, name }: Part): string[] =>
  workloads
    .filter(({ edges }) =>
      edges.some((edge) =>
        kind === "service"
          ? edge.to === "service" && edge.service.name === name
          : edge.to === "workload" && edge.workload === name,
      ),
    )
    .map((workload) => workload.name);

/** Names of the workloads that do not work without it, in the order of the application: those that need it, and those that need these. */
export function dependants(application: Graph, part: Part): string[] {
  const found = new Set<string>();
  const follow = (of: Part): void => {
    for (const name of callers(application, of)) {
      if (found.has(name)) continue;
      found.add(name);
      follow({ kind: "workload", name });
    }
  };
  follow(part);
  // What it needs itself, where two need each other, is not what it breaks alone.
  if (part.kind === "workload") found.delete(part.name);
  return application.workloads.map(({ name }) => name).filter((name) => found.has(name));
}

/** What does not work without a service, after what is wrong with it: `, and backend does not work without it`, or nothing. */
export function without(application: Graph, service: string): string {
  const blamed = dependants(application, { kind: "service", name: service });
  if (blamed.length === 0) return "";
  return `, and ${blamed.join(", ")} ${blamed.length === 1 ? "does" : "do"} not work without it`;
}
