import type { Environment, ResolvedApplication } from "../../../constructs/model/resolved";
import type { Relation } from "./entities";

/*
 * The graph of the model in the catalog's words, made from nothing but names and edges: what a catalog has to say, whoever renders
 * it. Of names as they are where none is long and none was chosen.
 */

const ref = (kind: string, ...names: string[]): string => `${kind}:default/${names.join("-")}`;

type Model = Pick<Environment, "applications">;

function ofApplication(application: ResolvedApplication, all: readonly ResolvedApplication[]): Relation[] {
  const { name, workloads, objects, owner, domain, services } = application;
  const system = ref("system", name);
  const relations: Relation[] = [
    { from: system, type: "owner", to: ref("group", owner) },
    ...(domain === undefined ? [] : [{ from: system, type: "domain", to: ref("domain", domain) }]),
  ];
  const owned = (from: string, by: string): void => {
    relations.push({ from, type: "owner", to: ref("group", by) }, { from, type: "system", to: system });
  };
  for (const service of services) owned(ref("resource", name, service.name), owner);
  for (const one of [...workloads, ...objects]) {
    const from = ref("component", name, one.name);
    const by = "owner" in one ? (one.owner ?? owner) : owner;
    owned(from, by);
    for (const volume of "volumes" in one ? one.volumes : []) {
      const claim = `${ref("resource", name, one.name)}.${volume.name}`;
      owned(claim, by);
      relations.push({ from, type: "dependsOn", to: claim });
    }
    for (const edge of one.edges) {
      if (edge.to === "service")
        relations.push({ from, type: "dependsOn", to: ref("resource", name, edge.service.name) });
      else if (edge.to === "workload") {
        const isRequest = edge.portName === undefined;
        const [type, kind] = isRequest ? (["consumesApis", "api"] as const) : (["dependsOn", "component"] as const);
        relations.push({ from, type, to: ref(kind, name, edge.workload) });
      } else if (edge.external.kind === "objects") {
        relations.push({ from, type: "dependsOn", to: ref("component", name, edge.name) });
      } else {
        const { external } = edge;
        const peer =
          external.kind === "peer" ? all.find(({ namespace }) => namespace === external.namespace) : undefined;
        const there = peer?.workloads.find(
          ({ objectName }) => external.kind === "peer" && objectName === external.service,
        );
        if (peer === undefined || there === undefined) {
          const to = ref("resource", name, edge.name);
          owned(to, owner);
          relations.push({ from, type: "dependsOn", to });
        } else relations.push({ from, type: "consumesApis", to: ref("api", peer.name, there.name) });
      }
    }
  }
  return relations;
}

const textOf = ({ from, type, to }: Relation): string => `${from} ${type} ${to}`;

/** Relations of a kind that edges and owners make, each once. */
export function modelRelations(environments: readonly Model[]): string[] {
  const all = environments.flatMap(({ applications }) => applications);
  return [...new Set(all.flatMap((one) => ofApplication(one, all)).map(textOf))].sort();
}

/** The same of a catalog: APIs, which are a view of their workloads, and teams are said by other tests. */
export const comparable = (relations: readonly Relation[]): string[] =>
  [
    ...new Set(
      relations
        .filter(({ from, type }) => /^(?:component|resource|system):/.test(from) && type !== "providesApis")
        .map(textOf),
    ),
  ].sort();
