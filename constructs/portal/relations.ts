import type { ApplicationDocument, WorkloadDocument } from "../model-json/schema";
import type { PortalModel } from "./model";

/* Who needs whom across a whole program, in all environments: an edge once, with where it is. */

type Edge = WorkloadDocument["edges"][number];

/** A thing at an end of an edge. */
export interface End {
  readonly kind: "objects" | "outside" | "service" | "workload";
  readonly application: string;
  readonly name: string;
}

export interface Relation {
  readonly from: End;
  readonly to: End;
  /** Whether it may only read. */
  readonly reads: boolean;
  /** Variables that it is found by: `BACKEND_URL`, `DATABASE_…`. */
  readonly by: string;
  /** Names of environments that have it. */
  readonly environments: readonly string[];
}

const KINDS: Readonly<Record<Edge["to"], End["kind"]>> = {
  service: "service",
  workload: "workload",
  external: "outside",
  objects: "objects",
};

const byOf = (edge: Edge): string =>
  edge.to === "workload" ? edge.variable : edge.prefix === "" ? "variables of its kind" : `${edge.prefix}…`;

/** Workloads of an environment by `<namespace>/<name of the Service>`, as a peer of another application names them. */
function peersIn(applications: Readonly<Record<string, ApplicationDocument>>): ReadonlyMap<string, End> {
  return new Map(
    Object.entries(applications).flatMap(([application, { namespace, workloads }]) =>
      Object.entries(workloads).map(([name, { objectName }]) => [
        `${namespace}/${objectName}`,
        { kind: "workload", application, name },
      ]),
    ),
  );
}

export const endKey = ({ kind, application, name }: End): string => `${kind}/${application}/${name}`;

/** Every edge of the program once, in the order of applications and of the model. */
export function relationsOf({ applications }: Pick<PortalModel, "applications">): Relation[] {
  const found = new Map<string, Relation>();
  for (const { name, each } of applications) {
    for (const { environment, application, facts } of each) {
      const peers = peersIn(facts.document.applications);
      const add = (from: End, edge: Edge): void => {
        const external = edge.to === "external" ? application.externals[edge.name] : undefined;
        const peer = external?.kind === "peer" ? peers.get(`${external.namespace}/${external.service}`) : undefined;
        const to = peer ?? { kind: KINDS[edge.to], application: name, name: edge.name };
        const reads = edge.to === "service" && edge.access === "read";
        const by = byOf(edge);
        const key = [endKey(from), endKey(to), by, reads].join("\n");
        const environments = [...(found.get(key)?.environments ?? []), environment];
        found.set(key, { from, to, reads, by, environments });
      };
      for (const [workload, { edges }] of Object.entries(application.workloads)) {
        for (const edge of edges) add({ kind: "workload", application: name, name: workload }, edge);
      }
      for (const [group, { edges }] of Object.entries(application.objects ?? {})) {
        for (const edge of edges) add({ kind: "objects", application: name, name: group }, edge);
      }
    }
  }
  return [...found.values()];
}

/** Edges by their ends, so that a page of each of hundreds finds its own at once. */
export interface Relations {
  readonly all: readonly Relation[];
  readonly from: (end: End) => readonly Relation[];
  readonly to: (end: End) => readonly Relation[];
}

export function indexed(all: readonly Relation[]): Relations {
  const grouped = (endOf: (one: Relation) => End): ReadonlyMap<string, Relation[]> => {
    const groups = new Map<string, Relation[]>();
    for (const one of all) {
      const key = endKey(endOf(one));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
    return groups;
  };
  const [leaving, arriving] = [grouped(({ from }) => from), grouped(({ to }) => to)];
  return {
    all,
    from: (end) => leaving.get(endKey(end)) ?? [],
    to: (end) => arriving.get(endKey(end)) ?? [],
  };
}
