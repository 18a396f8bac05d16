import type { CloudFacts } from "../kubernetes/facts";
import type { KubernetesObject } from "../kubernetes/objects";
import type { Connection } from "../model/connection";
import type { ResolvedApplication } from "../model/resolved";
import type { ResolvedSizing } from "../model/service";

/** One service of an application, to be run in its namespace. */
export interface InClusterRequest {
  readonly application: ResolvedApplication;
  /** Name of the service: `orders-db`. */
  readonly service: string;
  /** Names of the workloads with an edge to it. Nothing else gets through to it. */
  readonly workloads: readonly string[];
  readonly sizing: ResolvedSizing;
}

/** A service that runs in the cluster. */
export interface InClusterForm {
  /** What the connections of all workloads have in common; whole where they share one sign-in. */
  readonly connection: Connection;
  readonly objects: (facts: CloudFacts) => readonly KubernetesObject[];
  /** How whoever measures it connects, where the kind has no users. @default - nobody does */
  readonly measuring?: Connection;
  /** Nodes of a server that can get more nodes and never fewer. @default - always one */
  readonly nodes?: number;
}

/** One with users, made by a Job that signs in as the administrator. */
export interface InClusterFormWithUsers extends InClusterForm {
  readonly administrator: Connection;
}
