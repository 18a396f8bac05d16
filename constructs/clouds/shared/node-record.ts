import type { Construct } from "constructs";
import { expression } from "../../terraform/expression";
import { keepRecord, StateRecord } from "../../terraform/state-record";

/** A server in the cluster that can have several nodes, by its place in the model. */
export interface ClusteredServer {
  /** Name of the service. */
  readonly name: string;
  readonly kind: string;
  readonly environment: string;
  readonly application: string;
}

const refusal = ({ name, kind, environment, application }: ClusteredServer): string =>
  `environments.${environment}.applications.${application}.services.${name}.highAvailability: got false, but it has ` +
  `${expression`self.input.nodes`} nodes, and nobody can take nodes from a ${kind} in the cluster. Put it back, or add a second ` +
  `${kind} to the application, let the workloads need that one, and remove this one last.`;

/**
 * Remembers in the state that a server of the cluster has several nodes. Its operator takes none away: asked to, it leaves
 * the cluster as it is and says so where nobody looks. Growing writes the record anew, so one node is wanted where three
 * are recorded, and the plan stops.
 */
export function recordNodes(scope: Construct, server: ClusteredServer, nodes: number): void {
  new StateRecord(scope, "Nodes", {
    input: { nodes },
    lifecycle: nodes > 1 ? undefined : keepRecord("self.input.nodes == 1", refusal(server)),
  });
}
