import { applicationMetadata } from "../kubernetes/labels";
import type { ConfigMap } from "../kubernetes/objects";
import { routeHeadersName } from "../kubernetes/route-headers";
import type { RoutedApplication, RoutedRoute } from "../kubernetes/routed";
import { didYouMean, type Path, type Problem } from "../model/problem";
import { routeKey } from "../model/route";
import { routeName } from "./route-name";

/*
 * Headers that controllers of Ingresses set: of answers only, from a ConfigMap in the namespace, and those that the controller's
 * own settings list. An Ingress with any other answers 503.
 */

/** What every controller is told that routes may set, whether any does: an environment's last use of one closes no route. */
export const RESPONSE_HEADERS = [
  "Accept-CH",
  "Cache-Control",
  "CDN-Cache-Control",
  "Clear-Site-Data",
  "Content-Disposition",
  "Content-Language",
  "Content-Security-Policy",
  "Content-Security-Policy-Report-Only",
  "Cross-Origin-Embedder-Policy",
  "Cross-Origin-Opener-Policy",
  "Cross-Origin-Resource-Policy",
  "Deprecation",
  "Document-Policy",
  "Expires",
  "Link",
  "NEL",
  "Origin-Agent-Cluster",
  "Permissions-Policy",
  "Pragma",
  "Referrer-Policy",
  "Report-To",
  "Reporting-Endpoints",
  "Service-Worker-Allowed",
  "Sunset",
  "Surrogate-Control",
  "Timing-Allow-Origin",
  "X-Content-Type-Options",
  "X-DNS-Prefetch-Control",
  "X-Download-Options",
  "X-Environment",
  "X-Frame-Options",
  "X-Permitted-Cross-Domain-Policies",
  "X-Robots-Tag",
  "X-XSS-Protection",
] as const;

/** Headers of a route's answers. @returns `undefined` where it sets none */
export function headersConfigMap(application: RoutedApplication, route: RoutedRoute): ConfigMap | undefined {
  const data = route.settings?.headers?.response ?? {};
  if (Object.keys(data).length === 0) return undefined;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: applicationMetadata(application, routeHeadersName(application.name, routeName(route))),
    data,
  };
}

/**
 * Headers that no Ingress has an annotation for, or that the controllers are not told of.
 *
 * @param known what the controller is told that routes may set; without it nobody knows
 */
export function headerProblems(
  { routes }: Pick<RoutedApplication, "routes">,
  path: Path,
  known?: readonly string[],
): Problem[] {
  return routes.flatMap(({ hostName, path: of, settings }): Problem[] => {
    const { request = {}, response = {} } = settings?.headers ?? {};
    const at = [...path, "routes", routeKey({ host: hostName, path: of }), "headers"];
    return [
      ...Object.keys(request).map((name) => ({
        path: [...at, "request", name],
        why: "an Ingress has no annotation for headers of requests",
        fix: "let the workload do without, or use gatewayApi()",
      })),
      ...Object.keys(response)
        .filter((name) => known?.includes(name) === false)
        .map((name) => ({
          path: [...at, "response", name],
          why: "the controllers of Ingresses are told which headers routes may set, and this is none of them",
          fix: `let the workload send it, or use gatewayApi()${didYouMean(name, known ?? [])}`,
        })),
    ];
  });
}
