import type { Decision } from "./decide";
import type { Request } from "./request";

/** What a request is answered: the decision, and what merging it would change. Plain data, for people and programs. */
export interface Answer {
  /** File of the request. */
  readonly file: string;
  readonly request: Request;
  /** Team of the application. */
  readonly owner: string;
  readonly decision: Decision;
  /** What changes in each environment, in the order of their names. */
  readonly environments: readonly Consequences[];
  /** Files of requests that rest on this one, and are without it no more than it is. */
  readonly with: readonly string[];
}

/** What is different in one environment with the request and without it. A list is empty where nothing of that kind changes. */
export interface Consequences {
  readonly environment: string;
  /** Where it is: `AWS, account 111111111111, region eu-central-1`. */
  readonly place: string;
  /** What is bought or run, and how much of it: what a bill follows from. No price is among it, as none is known here. */
  readonly costs: readonly string[];
  /** Numbers of resources by what becomes of them. */
  readonly resources: Readonly<Record<string, number>>;
  /** Which parts of what is asked for are made. */
  readonly parts: readonly string[];
  /** Rights that somebody gets: in the service, in the cloud, in the cluster. */
  readonly rights: readonly string[];
  /** Ways through the network that the cluster's policies open. */
  readonly network: readonly string[];
  /** Variables that workloads get; of a secret one its name alone. */
  readonly variables: readonly string[];
  /** Alerts that may call somebody from then on. */
  readonly alerts: readonly string[];
  /** What is promised of lost data, and what brings them back. */
  readonly recovery: readonly string[];
  /** What else a reviewer is told of such a change: data loss, downtime, exposure; and pods that are replaced. */
  readonly notes: readonly string[];
}
