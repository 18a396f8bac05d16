import type { CloudQuota } from "../clouds/node-supply";
import { type ConnectionUse, connectionUses, KEPT } from "../kubernetes/connection-problems";
import type { KubernetesObject, ResourceQuota } from "../kubernetes/objects";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import { lacking, type NodeReport } from "./nodes";

/** What an application's workloads can open to one of its services, and what that takes. */
export interface ServiceConnections {
  readonly service: string;
  readonly kind: string;
  readonly uses: readonly ConnectionUse[];
  /** All of them together. */
  readonly wanted: number;
  /** Kept for the service's own care. */
  readonly kept: number;
  /** `undefined`: unknown, or nothing bounds them. */
  readonly most: number | undefined;
}

export interface ApplicationCapacity {
  readonly application: string;
  readonly namespace: string;
  /** What the namespace's ResourceQuota admits: it follows from the same pods, with those that are stopping. */
  readonly quota: ResourceQuota["spec"]["hard"] | undefined;
  readonly connections: readonly ServiceConnections[];
}

/** What an environment needs at most, and what there is. */
export interface CapacityReport {
  readonly environment: string;
  readonly nodes: NodeReport;
  readonly applications: readonly ApplicationCapacity[];
  /** Quotas of the cloud's account. */
  readonly quotas: readonly CloudQuota[];
}

export interface ApplicationCapacityInput {
  readonly application: ResolvedApplication;
  /** Objects that it finds in its namespace. */
  readonly prepared: readonly KubernetesObject[];
  /** Most connections that a service takes. */
  readonly most: (service: ResolvedService) => number | undefined;
}

export function applicationCapacity({ application, prepared, most }: ApplicationCapacityInput): ApplicationCapacity {
  return {
    application: application.name,
    namespace: application.namespace,
    quota: prepared.find((object): object is ResourceQuota => object.kind === "ResourceQuota")?.spec.hard,
    connections: application.services
      .map((given): ServiceConnections => {
        const uses = connectionUses(application.workloads, given.name);
        return {
          service: given.name,
          kind: given.service.kind,
          uses,
          wanted: uses.reduce((sum, { connections }) => sum + connections, 0),
          kept: KEPT,
          most: most(given),
        };
      })
      // Objects are asked for one request at a time, by HTTP.
      .filter(({ kind }) => kind !== "bucket"),
  };
}

/** Whether something does not fit of which that is known. */
export const isShort = ({ nodes }: CapacityReport): boolean =>
  lacking(nodes.applications).length + lacking(nodes.all).length + nodes.tooLarge.length > 0;
