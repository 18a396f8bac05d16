import type { HttpHeader, HttpRouteFilter } from "../kubernetes/gateway-objects";
import { applicationMetadata } from "../kubernetes/labels";
import type { BackendTrafficPolicy, SecurityPolicy, TargetRef } from "../kubernetes/objects";
import { longestProxySeconds, routeSeconds } from "../kubernetes/patience";
import type { RoutedApplication, RoutedRoute } from "../kubernetes/routed";
import { fitName } from "../model/names";
import type { Path, Problem } from "../model/problem";
import { type Bytes, bytes } from "../model/quantity";
import type { ResolvedCors, ResolvedRouteSettings } from "../model/resolved";
import { routeKey } from "../model/route";
import { backendTrafficPolicy, IDLE_SECONDS, NAMES } from "./gateway-policies";
import { routeName } from "./route-name";

/* What routes say of their own, as policies for their rules. Rules stay in the route of their host, whatever is said of them. */

type HttpRouteRef = TargetRef<"HTTPRoute">;

const ruleOf = (refOf: (host: string) => HttpRouteRef, route: RoutedRoute): HttpRouteRef => ({
  ...refOf(route.host),
  sectionName: routeName(route),
});

const corsOf = (cors: ResolvedCors): NonNullable<SecurityPolicy["spec"]["cors"]> => ({
  allowOrigins: cors.origins,
  allowMethods: cors.methods,
  allowHeaders: cors.headers,
  exposeHeaders: cors.exposedHeaders,
  allowCredentials: cors.credentials,
  maxAge: `${cors.maxAgeSeconds}s`,
});

/** An application's policies between Envoy and workloads: for all its routes, and for each that says how long or how much. */
export function backendPolicies(
  application: RoutedApplication,
  refOf: (host: string) => HttpRouteRef,
  rateLimit: number,
): BackendTrafficPolicy[] {
  const { routes } = application;
  const hosts = [...new Set(routes.map(({ host }) => host))].sort();
  const own = routes.filter(
    ({ settings }) => settings?.timeoutSeconds !== undefined || settings?.maxBodySize !== undefined,
  );
  const shared = routes.filter((route) => !own.includes(route));
  return [
    backendTrafficPolicy(application, {
      name: "",
      targetRefs: hosts.map(refOf),
      rateLimit,
      idleSeconds: Math.max(IDLE_SECONDS, longestProxySeconds(shared)),
    }),
    ...own.map((route) =>
      backendTrafficPolicy(application, {
        name: routeName(route),
        targetRefs: [ruleOf(refOf, route)],
        rateLimit,
        idleSeconds: route.settings?.timeoutSeconds ?? Math.max(IDLE_SECONDS, routeSeconds(route)),
        ...(route.settings?.maxBodySize !== undefined && { maxBodySize: route.settings.maxBodySize }),
      }),
    ),
  ];
}

/** Policies for who may call a route, of each route that says so. */
export function securityPolicies(
  application: RoutedApplication,
  refOf: (host: string) => HttpRouteRef,
): SecurityPolicy[] {
  return application.routes.flatMap((route): SecurityPolicy[] => {
    const { cors, allowFrom, basicAuth } = route.settings ?? {};
    if ([cors, allowFrom, basicAuth].every((said) => said === undefined)) return [];
    const name = fitName([application.name, "callers", routeName(route)], NAMES);
    return [
      {
        apiVersion: "gateway.envoyproxy.io/v1alpha1",
        kind: "SecurityPolicy",
        metadata: applicationMetadata(application, name),
        spec: {
          targetRefs: [ruleOf(refOf, route)],
          ...(cors && { cors: corsOf(cors) }),
          ...(basicAuth && { basicAuth: { users: { group: "", kind: "Secret", name: basicAuth.secretName } } }),
          ...(allowFrom && {
            authorization: {
              defaultAction: "Deny",
              rules: [{ name: "allow-from", action: "Allow", principal: { clientCIDRs: allowFrom } }],
            },
          }),
        },
      },
    ];
  });
}

const setting = (headers: Readonly<Record<string, string>>): HttpHeader[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** Headers of a route, as filters of its rule. */
export function headerFilters(headers: ResolvedRouteSettings["headers"]): HttpRouteFilter[] {
  const { request = {}, response = {} } = headers ?? {};
  const [ofRequests, ofAnswers] = [setting(request), setting(response)];
  return [
    ...(ofRequests.length > 0
      ? [{ type: "RequestHeaderModifier", requestHeaderModifier: { set: ofRequests } } as const]
      : []),
    ...(ofAnswers.length > 0
      ? [{ type: "ResponseHeaderModifier", responseHeaderModifier: { set: ofAnswers } } as const]
      : []),
  ];
}

/** A body that Envoy counts it also keeps in its memory, of which a proxy has 512Mi. */
const MAX_BODY: Bytes = "16Mi";

export function bodyProblems({ routes }: Pick<RoutedApplication, "routes">, path: Path): Problem[] {
  return routes.flatMap(({ hostName, path: at, settings }): Problem[] => {
    const got = settings?.maxBodySize;
    if (got === undefined || bytes(got) <= bytes(MAX_BODY)) return [];
    return [
      {
        path: [...path, "routes", routeKey({ host: hostName, path: at }), "maxBodySize"],
        got,
        why: `Envoy keeps a body that it counts in memory, and gatewayApi() has room for ${MAX_BODY}`,
        fix: `use at most "${MAX_BODY}", or leave it out and let the workload count`,
      },
    ];
  });
}
