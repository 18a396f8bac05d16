import { z } from "zod";
import type { CloudFacts } from "../kubernetes/facts";
import { applicationMetadata } from "../kubernetes/labels";
import type {
  Gateway,
  GatewayListener,
  GatewayObject,
  HttpRoute,
  HttpRouteRule,
  TargetRef,
} from "../kubernetes/objects";
import type { RoutedApplication, RoutedRoute, RoutedWorkload } from "../kubernetes/routed";
import { domainsOf } from "../model/domains";
import { fitName } from "../model/names";
import { orEmpty } from "../model/plain";
import { SERVICE_HTTP_PORT } from "../model/resolve-workload";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { hostSecret } from "./certificates";
import { envoyGateway, GATEWAY_CLASS, gatewayClass, PROXY_PODS, PROXY_PORTS } from "./envoy-gateway";
import { gatewayLimits } from "./gateway-limits";
import { clientTrafficPolicy, NAMES } from "./gateway-policies";
import { backendPolicies, bodyProblems, headerFilters, securityPolicies } from "./gateway-route-settings";
import { CLUSTER_ISSUERS, type ClusterIssuerName, DEFAULT_ISSUER, gatewaySolver } from "./issuers";
import { routeName } from "./route-name";
import type { Routing } from "./routing";

export interface GatewayApiProps {
  /**
   * Requests per second that each proxy lets one client make of each path of a route.
   * @see https://gateway.envoyproxy.io/v1.9/tasks/traffic/local-rate-limit/
   * @default 100
   */
  readonly rateLimit?: number;
  /**
   * Signs the certificates. Not on a cloud that signs them itself, such as `local()`. @default - the cloud's own, or
   * "letsencrypt-prod" where it has none
   */
  readonly clusterIssuer?: ClusterIssuerName;
}

const SCHEMA = schemaOf<GatewayApiProps>()({
  rateLimit: z.int().min(1).max(1_000_000).optional(),
  clusterIssuer: z.enum(CLUSTER_ISSUERS).optional(),
});

/** Routes as HTTPRoutes of a Gateway that each application has in its namespace, served by Envoy Gateway. */
export function gatewayApi(props: GatewayApiProps = {}): Routing {
  // `problems` says what is wrong with what was given.
  const { clusterIssuer, rateLimit = 100 } = orEmpty(props);
  const settings = (facts: Pick<CloudFacts, "clusterIssuer">) => ({
    clusterIssuer: facts.clusterIssuer ?? clusterIssuer ?? DEFAULT_ISSUER,
    rateLimit,
  });
  return {
    title: "Gateway API (Envoy Gateway)",
    problems: (path) => check(SCHEMA, props, path),
    applicationProblems: (application, path) => [
      ...gatewayLimits(application, path),
      ...bodyProblems(application, path),
    ],
    clusterIssuer,
    objects: (application, facts) =>
      application.routes.length === 0 ? [] : gatewayObjects(application, settings(facts)),
    addons: (environment) => [envoyGateway(environment)],
    controllerPods: PROXY_PODS,
    controllerPorts: PROXY_PORTS,
    dnsSources: ["gateway-httproute"],
    clusterObjects: gatewayClass,
    gatewayApi: { name: "gateway-crds" },
    http01Solver: gatewaySolver,
  };
}

/** What is said of all routes of an application. */
export interface GatewaySettings {
  readonly clusterIssuer: string;
  readonly rateLimit: number;
  /** A class of Envoy Gateway, whose policies go with it. @default "envoy" */
  readonly gatewayClass?: string;
}

const GROUP = "gateway.networking.k8s.io";

const gatewayName = ({ name }: RoutedApplication): string => `${name}-gateway`;

const listenerName = (protocol: "http" | "https", host: string): string => fitName([protocol, host], NAMES);

const listenerRef = (
  application: RoutedApplication,
  protocol: "http" | "https",
  host: string,
): TargetRef<"Gateway"> => ({
  group: GROUP,
  kind: "Gateway",
  name: gatewayName(application),
  sectionName: listenerName(protocol, host),
});

const routeObject = ({ name }: RoutedApplication, host: string): string => fitName([name, host], NAMES);

/** The Gateway of an application with routes, these, and the policies on both. */
export function gatewayObjects(application: RoutedApplication, settings: GatewaySettings): GatewayObject[] {
  const hosts = [...new Set(application.routes.map(({ host }) => host))].sort();
  const domains = domainsOf(application.routes).sort();
  const refOf = (host: string): TargetRef<"HTTPRoute"> => ({
    group: GROUP,
    kind: "HTTPRoute",
    name: routeObject(application, host),
  });
  return [
    gateway(application, domains, settings),
    clientTrafficPolicy(
      application,
      domains.map((domain) => listenerRef(application, "https", domain)),
    ),
    redirect(application, domains),
    ...otherNames(application),
    ...securityPolicies(application, refOf),
    ...hosts.map((host) => httpRoute(application, host)),
    ...backendPolicies(application, refOf, settings.rateLimit),
  ];
}

function gateway(
  application: RoutedApplication,
  hosts: readonly string[],
  { clusterIssuer, gatewayClass: gatewayClassName = GATEWAY_CLASS }: GatewaySettings,
): Gateway {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "Gateway",
    metadata: {
      ...applicationMetadata(application, gatewayName(application)),
      annotations: { "cert-manager.io/cluster-issuer": clusterIssuer },
    },
    spec: {
      gatewayClassName,
      listeners: hosts.flatMap((host) => [plain(host), encrypted(application, host)]),
    },
  };
}

const OWN_NAMESPACE: GatewayListener["allowedRoutes"] = { namespaces: { from: "Same" } };

/** Listener with a host of its own, for two Gateways of the class cannot both have a listener for all hosts. */
function plain(host: string): GatewayListener {
  return { name: listenerName("http", host), hostname: host, port: 80, protocol: "HTTP", allowedRoutes: OWN_NAMESPACE };
}

/**
 * Listener with a certificate of its own: where listeners share one, a browser may send requests for one host over the
 * connection it has to another, and Envoy Gateway takes HTTP/2 away from both to prevent it.
 */
function encrypted(application: RoutedApplication, host: string): GatewayListener {
  const name = hostSecret(application.name, host);
  return {
    name: listenerName("https", host),
    hostname: host,
    port: 443,
    protocol: "HTTPS",
    allowedRoutes: OWN_NAMESPACE,
    tls: { mode: "Terminate", certificateRefs: [{ group: "", kind: "Secret", name }] },
  };
}

const WHOLE: HttpRouteRule["matches"] = [{ path: { type: "PathPrefix", value: "/" } }];

/** A challenge has a longer path than this, and so goes to its solver. */
function redirect(application: RoutedApplication, hosts: readonly string[]): HttpRoute {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "HTTPRoute",
    metadata: applicationMetadata(application, `${application.name}-redirect`),
    spec: {
      parentRefs: hosts.map((host) => listenerRef(application, "http", host)),
      rules: [
        {
          matches: WHOLE,
          filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 308 } }],
        },
      ],
    },
  };
}

/** Sends clients from the other name of a host to the host, to the path and query that they asked for. */
function otherNames(application: RoutedApplication): HttpRoute[] {
  return application.routes.flatMap(({ host: hostname, settings }): HttpRoute[] => {
    const other = settings?.otherHost;
    if (other === undefined) return [];
    const filters = [
      { type: "RequestRedirect", requestRedirect: { scheme: "https", hostname, statusCode: 308 } },
    ] as const;
    return [
      {
        apiVersion: `${GROUP}/v1`,
        kind: "HTTPRoute",
        metadata: applicationMetadata(application, routeObject(application, other)),
        spec: {
          parentRefs: [listenerRef(application, "https", other)],
          hostnames: [other],
          rules: [{ matches: WHOLE, filters }],
        },
      },
    ];
  });
}

const match = ({ path, pathType }: RoutedRoute) => ({
  path: { type: pathType === "Prefix" ? ("PathPrefix" as const) : pathType, value: path },
});

const leadsTo = ({ objectName: name, servicePort: port = SERVICE_HTTP_PORT }: RoutedWorkload): LeadsTo => ({
  backendRefs: [{ group: "", kind: "Service", name, port, weight: 1 }],
  // Envoy's default ends every request after 15 seconds. How long one may take, its workload says.
  timeouts: { request: "0s" },
});

/** What becomes of the requests of a route with settings. */
function answer({ workload, settings }: RoutedRoute): Omit<HttpRouteRule, "name" | "matches"> {
  const replaceFullPath = settings?.redirectTo;
  if (replaceFullPath === undefined) {
    const filters = headerFilters(settings?.headers);
    return { ...(filters.length > 0 && { filters }), ...leadsTo(workload) };
  }
  const path = { type: "ReplaceFullPath", replaceFullPath } as const;
  return { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", path, statusCode: 308 } }] };
}

type LeadsTo = Pick<HttpRouteRule, "backendRefs" | "timeouts">;

const isSame = (one: RoutedWorkload, other: RoutedWorkload): boolean =>
  one.objectName === other.objectName && one.servicePort === other.servicePort;

/** A rule for each workload, and one for each route that says something of its own, of which the policies have its name. */
function httpRoute(application: RoutedApplication, host: string): HttpRoute {
  const routes = application.routes.filter((route) => route.host === host);
  const plain = routes.filter(({ settings }) => settings === undefined);
  const all = plain.map(({ workload }) => workload);
  const workloads = all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "HTTPRoute",
    metadata: applicationMetadata(application, routeObject(application, host)),
    spec: {
      parentRefs: [listenerRef(application, "https", host)],
      hostnames: [host],
      rules: [
        ...workloads.map((one) => ({
          matches: plain.filter(({ workload }) => isSame(workload, one)).map(match),
          ...leadsTo(one),
        })),
        ...routes
          .filter(({ settings }) => settings !== undefined)
          .map((route) => ({ name: routeName(route), matches: [match(route)], ...answer(route) })),
      ],
    },
  };
}
