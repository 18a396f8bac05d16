import type { RoutedApplication, RoutedRoute } from "../kubernetes/routed";
import type { Path, Problem } from "../model/problem";
import { routeKey } from "../model/route";
import { routeName } from "./route-name";

/*
 * Of two rules that a request meets, Traefik takes the longer text, whatever they say. So a prefix comes before an exact path
 * below it, where Kubernetes has it the other way round.
 * @see https://doc.traefik.io/traefik/v3.7/reference/routing-configuration/http/routing/rules-and-priority/
 */

const bare = (path: string): string => path.replace(/\/+$/, "");

/** What its provider for annotations of ingress-nginx makes of a path. */
function ruleOf({ path, pathType }: RoutedRoute): string {
  if (pathType === "Exact") return `Path("${path}")`;
  return bare(path) === "" ? `PathPrefix("/")` : `(Path("${bare(path)}") || PathPrefix("${bare(path)}/"))`;
}

const covers = (prefix: RoutedRoute, { host, path }: RoutedRoute): boolean =>
  prefix.host === host && prefix.pathType === "Prefix" && `${path}/`.startsWith(`${bare(prefix.path)}/`);

/** Whether it is the same to a client which of them answers. */
const isSame = (one: RoutedRoute, other: RoutedRoute): boolean =>
  one.workload.objectName === other.workload.objectName &&
  one.workload.servicePort === other.workload.servicePort &&
  JSON.stringify(one.settings) === JSON.stringify(other.settings);

/** Exact paths that another route of their host would answer. */
export function precedenceProblems({ routes }: Pick<RoutedApplication, "routes">, path: Path): Problem[] {
  return routes.flatMap((route): Problem[] => {
    if (route.pathType !== "Exact") return [];
    const winner = routes.find(
      (other) => covers(other, route) && ruleOf(other).length >= ruleOf(route).length && !isSame(other, route),
    );
    if (winner === undefined) return [];
    const [key, taken] = [route, winner].map(({ hostName, path: of }) => routeKey({ host: hostName, path: of }));
    const why = `Traefik gives its requests to the prefix ${taken}, whose rule is the longer text`;
    const fix = 'use pathType "Prefix", or ingress({ controller: ingressNginx() }) or gatewayApi()';
    return [{ path: [...path, "routes", key ?? routeName(route)], why, fix }];
  });
}
