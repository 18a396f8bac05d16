import type { Connection, PartSource } from "../model/connection";
import { filledProblems } from "../model/filled-problems";
import { formatProblem, type Problem, refuse } from "../model/problem";
import type { Edge, ResolvedApplication, ResolvedWorkload } from "../model/resolved";
import { edgeVariables, type Variable } from "../model/variables";
import type { CloudFacts } from "./facts";
import type { KubernetesObject } from "./objects";
import { withSecretKeys } from "./secret-keys";

/** What an application's Kubernetes objects need from the cloud, filled by reference. No cloud is imported here. */
export interface ProvidedApplication {
  /**
   * The connection of one edge: per workload, because users may be. Workloads that have the same credentials must get
   * the same object, or parts of the same text: that is how they come to share a key of the application's Secret.
   */
  connection(workload: string, service: string): Connection;
  /** Users to be made in a service before anything starts. `undefined`: there are none, or they exist. */
  users(service: string): ProvidedUsers | undefined;
  /** How whoever measures a service connects to it. `undefined`: nothing of it is measured. @default - of none */
  measuring?(service: string): Connection | undefined;
  /** What of a service runs in the application's namespace, with its own way through the network. Empty: none of it. */
  objects(service: string, facts: CloudFacts): readonly KubernetesObject[];
  /** `undefined`: the workload cannot act in the cloud, and `facts.identityEndpoints` stay closed to it. */
  identity(workload: string): Identity | undefined;
}

/** What it takes to give each workload with an edge to a service a user of its own there. */
export interface ProvidedUsers {
  /** How the administrator connects. Its password is for the Job that makes the users; no workload gets it. */
  readonly administrator: Connection;
  readonly users: readonly { readonly name: string; readonly password: PartSource }[];
  /** Whether one of them is `MEASURING_USER`. @default false */
  readonly measured?: boolean;
}

/** What makes a service account and the pods that run under it act in the cloud. Either may be empty. */
export interface Identity {
  /** Annotations of the service account. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Labels of the pods. @default - none */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** A workload with everything its edges brought, asked of the cloud once. */
export interface WiredWorkload {
  readonly workload: ResolvedWorkload;
  readonly edges: readonly WiredEdge[];
  readonly identity?: Identity;
}

export interface WiredEdge {
  readonly edge: Edge;
  /** Connection of a service edge. */
  readonly connection?: Connection;
  readonly variables: readonly Variable[];
}

/**
 * Asks the cloud for everything that edges bring.
 *
 * @throws InvalidInput with every connection that is not what the contract of its kind says
 */
export function wire(application: ResolvedApplication, provided: ProvidedApplication): WiredWorkload[] {
  const { workloads, defaultWorkload } = application;
  const rank = ({ name }: ResolvedWorkload): string => `${name === defaultWorkload ? 0 : 1}${name}`;
  // Not in their order in the model: one put above the others would take the plain keys from whoever has them.
  const all = [...workloads]
    .sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
    .map((workload) => connected(provided, workload));
  refuse(connectionsProblems(application, all));
  const wired = all.map((one) => wireWorkload(provided, one));
  const keyed = withSecretKeys(
    wired.flatMap(({ workload, edges }) =>
      edges.flatMap(({ edge, variables }) => {
        const reads = edge.to === "service" && edge.access === "read" && edge.service.service.users !== undefined;
        return variables.map((variable) => ({ workload: workload.name, variable, reads }));
      }),
    ),
  );
  const withKeys = (edge: WiredEdge): WiredEdge => ({
    ...edge,
    variables: edge.variables.map((variable) => keyed.get(variable) ?? variable),
  });
  const byName = new Map(wired.map((one) => [one.workload.name, { ...one, edges: one.edges.map(withKeys) }]));
  return workloads.flatMap(({ name }) => byName.get(name) ?? []);
}

interface ConnectedWorkload {
  readonly workload: ResolvedWorkload;
  readonly edges: readonly Pick<WiredEdge, "connection" | "edge">[];
}

/** Asks the cloud for each connection, once. */
function connected(provided: ProvidedApplication, workload: ResolvedWorkload): ConnectedWorkload {
  return {
    workload,
    edges: workload.edges.map((edge) => ({
      edge,
      connection: edge.to === "service" ? provided.connection(workload.name, edge.service.name) : undefined,
    })),
  };
}

/** Each once, though all workloads have a connection of the same mistakes. */
function connectionsProblems(
  { environment, name: owner }: ResolvedApplication,
  all: readonly ConnectedWorkload[],
): Problem[] {
  const found = all.flatMap(({ edges }) =>
    edges.flatMap(({ edge, connection }) => {
      if (edge.to !== "service") return [];
      const { name, service } = edge.service;
      const path = ["environments", environment, "applications", owner, "services", name, "connection"];
      return filledProblems(service.contract, connection, path);
    }),
  );
  return [...new Map(found.map((problem) => [formatProblem(problem), problem])).values()];
}

function wireWorkload(provided: ProvidedApplication, { workload, edges }: ConnectedWorkload): WiredWorkload {
  return {
    workload,
    edges: edges.map(({ edge, connection }) => ({ edge, connection, variables: edgeVariables(edge, connection) })),
    identity: provided.identity(workload.name),
  };
}
