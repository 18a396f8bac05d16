import type { CloudFacts } from "../../kubernetes/facts";
import type { KubernetesObject } from "../../kubernetes/objects";
import type { ProvidedUsers } from "../../kubernetes/provided";
import type { Connection } from "../../model/connection";
import type { ResolvedApplication } from "../../model/resolved";
import type { ResolvedSizing, Service } from "../../model/service";

/** One service of an application, as whoever provides it is asked for it. */
export interface ServiceWish<S extends Service> {
  readonly service: S;
  readonly sizing: ResolvedSizing;
  readonly name: string;
  /** Names of the workloads with an edge to it, each once. */
  readonly workloads: readonly string[];
  readonly application: string;
  /** The same application, whole. */
  readonly resolved: ResolvedApplication;
  readonly environment: string;
  /** Deletion protection and `prevent_destroy`: nothing may delete it. */
  readonly protect: boolean;
  /**
   * Whether the environment is protected, which a service that may be deleted is in too: changes wait for the
   * maintenance window, and when it goes the cloud keeps what it can of it, such as a final snapshot.
   */
  readonly protectedEnvironment: boolean;
}

/** What each workload with an edge has of a service, as a function that knows of no other workload. */
export const byWorkload =
  <T>(service: string, has: ReadonlyMap<string, T>): ((workload: string) => T) =>
  (workload) => {
    const found = has.get(workload);
    if (found === undefined) throw new Error(`service ${service}: workload ${workload} has no edge to it`);
    return found;
  };

/** A service that exists. `Grant` is what the cloud calls a permission of a workload's identity. */
export interface ProvidedService<Grant> {
  /** How a workload with an edge connects. */
  connection(workload: string): Connection;
  /** Users for a Job in the cluster to make. @default - all workloads share what the cloud made */
  readonly users?: ProvidedUsers;
  /**
   * What of it runs in the application's namespace. Networks between it and workloads are opened by both: here, and by the
   * endpoints of `connection`. @default - nothing
   */
  readonly objects?: (facts: CloudFacts) => readonly KubernetesObject[];
  /** What the identity of a workload with an edge to it may do. Empty where the password is the permission. */
  readonly grants: readonly Grant[];
}
