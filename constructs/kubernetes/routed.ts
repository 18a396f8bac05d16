import type { ResolvedRoute } from "../model/resolved";
import type { Owned } from "./labels";

/** What answers a route: a workload of the model, or a Service that somebody else made. */
export interface RoutedWorkload {
  /** Name of its Service. */
  readonly objectName: string;
  readonly kind: string;
  readonly protocol?: "http" | "grpc";
  /** Longest time of a request, in seconds. @default - it answers none */
  readonly requestSeconds?: number;
  /** Port of its Service, by number. @default - the one of every workload: `http`, 80 */
  readonly servicePort?: number;
}

/** A route as a routing asks it. */
export type RoutedRoute = Omit<ResolvedRoute, "workload"> & { readonly workload: RoutedWorkload };

/** What routes belong to: an application of the model, or one construct with routes. */
export interface RoutedApplication extends Owned {
  readonly routes: readonly RoutedRoute[];
  /** Name of the host whose Secret has no domain in its name. @default - the host whose name sorts first */
  readonly mainHost: string | false | undefined;
}
