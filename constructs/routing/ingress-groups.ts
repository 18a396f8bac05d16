import type { RoutedApplication, RoutedRoute } from "../kubernetes/routed";
import { speaksGrpc } from "../model/resolved";
import { routeName } from "./route-name";

/*
 * Annotations are an Ingress's, so a route that says something of its own has one of its own. All others are in one, which is
 * also the only one that orders certificates, of all hosts: whatever becomes of routes, no certificate changes hands.
 */

/** Whether annotations are for this route alone: it says something of its own, or speaks gRPC. */
export const hasOwnIngress = ({ settings, workload }: Pick<RoutedRoute, "settings" | "workload">): boolean =>
  settings !== undefined || speaksGrpc(workload);

/** Routes of one Ingress. */
export interface IngressGroup {
  /** Name of the object. */
  readonly name: string;
  /** Whether it is the one of the application. */
  readonly isMain: boolean;
  /** Those that it leads to; none in the main one of an application of which each route has an Ingress of its own. */
  readonly routes: readonly RoutedRoute[];
}

export const mainIngress = (application: string): string => `${application}-ingress`;

export const ownIngress = (application: string, route: Parameters<typeof routeName>[0]): string =>
  `${mainIngress(application)}-${routeName(route)}`;

/** The Ingresses of an application with routes, its main one last: it changes when the others lead where it did. */
export function ingressGroups({ name, routes }: Pick<RoutedApplication, "name" | "routes">): IngressGroup[] {
  return [
    ...routes.filter(hasOwnIngress).map((route) => ({ name: ownIngress(name, route), isMain: false, routes: [route] })),
    { name: mainIngress(name), isMain: true, routes: routes.filter((route) => !hasOwnIngress(route)) },
  ];
}
