import type { Edge, ExternalEdge } from "../../model/edge";
import { SERVICE_HTTP_PORT } from "../../model/resolve-workload";
import { httpPort } from "../../model/resolved";
import { type CatalogApplication, groupsOf, type Placed, workloadsOf } from "./applications";
import { refOf } from "./entity";
import type { Naming } from "./naming";

/*
 * Edges of the model as relations of a catalog: requests to a workload consume its API, everything else is depended on.
 */

export interface Relations {
  /** References of APIs. */
  readonly consumes: readonly string[];
  /** References of components and resources. */
  readonly dependsOn: readonly string[];
}

/** Pods of another application of the program, by `<namespace>/<Service>`, as a peer names them. */
type Peers = ReadonlyMap<
  string,
  { readonly application: string; readonly workload: string; readonly answers: boolean }
>;

export function peersOf(applications: readonly CatalogApplication[]): Peers {
  return new Map(
    applications.flatMap((application) =>
      application.placed.flatMap(
        ({
          rendered: {
            application: { namespace, workloads },
          },
        }) =>
          workloads.map((workload) => [
            `${namespace}/${workload.objectName}`,
            { application: application.name, workload: workload.name, answers: httpPort(workload) !== undefined },
          ]),
      ),
    ),
  );
}

/** Workload of the program that an external is, where it is one. */
export function peerOf({ external }: ExternalEdge, peers: Peers): ReturnType<Peers["get"]> {
  return external.kind === "peer" ? peers.get(`${external.namespace}/${external.service}`) : undefined;
}

export interface RelationContext {
  readonly naming: Naming;
  readonly peers: Peers;
}

const consumes = (ref: string): Relations => ({ consumes: [ref], dependsOn: [] });
const dependsOn = (ref: string): Relations => ({ consumes: [], dependsOn: [ref] });

function relationOf(application: string, edge: Edge, { naming, peers }: RelationContext): Relations {
  switch (edge.to) {
    case "service":
      return dependsOn(refOf("Resource", naming.part(application, edge.service.name)));
    case "workload": {
      const name = naming.part(application, edge.workload);
      return edge.portName === undefined ? consumes(refOf("API", name)) : dependsOn(refOf("Component", name));
    }
    case "external": {
      const name = naming.part(application, edge.name);
      if (edge.external.kind === "objects") return dependsOn(refOf("Component", name));
      const peer = peerOf(edge, peers);
      if (peer === undefined) return dependsOn(refOf("Resource", name));
      const there = naming.part(peer.application, peer.workload);
      return peer.answers && edge.external.port === SERVICE_HTTP_PORT
        ? consumes(refOf("API", there))
        : dependsOn(refOf("Component", there));
    }
  }
}

/** Relations of a thing, in all environments together. */
export function relationsOf(
  application: string,
  each: readonly (Placed & { readonly one: { readonly edges: readonly Edge[] } })[],
  context: RelationContext,
): Relations {
  const all = each.flatMap(({ one }) => one.edges.map((edge) => relationOf(application, edge, context)));
  return { consumes: all.flatMap((one) => one.consumes), dependsOn: all.flatMap((one) => one.dependsOn) };
}

/** References of all APIs that somebody consumes. */
export const consumedApis = (
  applications: readonly CatalogApplication[],
  context: RelationContext,
): ReadonlySet<string> =>
  new Set(
    applications.flatMap((application) =>
      [...workloadsOf(application), ...groupsOf(application)].flatMap(
        ({ each }) => relationsOf(application.name, each, context).consumes,
      ),
    ),
  );
