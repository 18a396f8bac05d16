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
import { fitName } from "../model/names";
import { orEmpty } from "../model/plain";
import { SERVICE_HTTP_PORT } from "../model/resolve-workload";
import type { ResolvedApplication, ResolvedRoute } from "../model/resolved";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { hostSecret } from "./certificates";
import { envoyGateway, GATEWAY_CLASS, gatewayClass, PROXY_PODS, PROXY_PORTS } from "./envoy-gateway";
import { gatewayLimits } from "./gateway-limits";
import { clientTrafficPolicy, NAMES } from "./gateway-policies";
import { backendPolicies, bodyProblems, securityPolicies } from "./gateway-route-settings";
import { CLUSTER_ISSUERS, type ClusterIssuerName, DEFAULT_ISSUER } from "./issuers";
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
    objects: (application, facts) => (application.routes.length === 0 ? [] : render(application, settings(facts))),
    addons: (environment) => [envoyGateway(environment)],
    controllerPods: PROXY_PODS,
    controllerPorts: PROXY_PORTS,
    dnsSources: ["gateway-httproute"],
    clusterObjects: gatewayClass,
    gatewayApi: { name: "gateway-crds" },
    // No parents: cert-manager attaches the challenge to the Gateway that asked for the certificate. The default type
    // would open a port on every node.
    http01Solver: { gatewayHTTPRoute: { serviceType: "ClusterIP" } },
  };
}

interface Settings {
  readonly clusterIssuer: string;
  readonly rateLimit: number;
}

const GROUP = "gateway.networking.k8s.io";

const gatewayName = ({ name }: ResolvedApplication): string => `${name}-gateway`;

const listenerName = (protocol: "http" | "https", host: string): string => fitName([protocol, host], NAMES);

const listenerRef = (
  application: ResolvedApplication,
  protocol: "http" | "https",
  host: string,
): TargetRef<"Gateway"> => ({
  group: GROUP,
  kind: "Gateway",
  name: gatewayName(application),
  sectionName: listenerName(protocol, host),
});

const routeObject = ({ name }: ResolvedApplication, host: string): string => fitName([name, host], NAMES);

function render(application: ResolvedApplication, settings: Settings): GatewayObject[] {
  const hosts = [...new Set(application.routes.map(({ host }) => host))].sort();
  const refOf = (host: string): TargetRef<"HTTPRoute"> => ({
    group: GROUP,
    kind: "HTTPRoute",
    name: routeObject(application, host),
  });
  return [
    gateway(application, hosts, settings.clusterIssuer),
    clientTrafficPolicy(
      application,
      hosts.map((host) => listenerRef(application, "https", host)),
    ),
    redirect(application, hosts),
    ...securityPolicies(application, refOf),
    ...hosts.map((host) => httpRoute(application, host)),
    ...backendPolicies(application, refOf, settings.rateLimit),
  ];
}

function gateway(application: ResolvedApplication, hosts: readonly string[], issuer: string): Gateway {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "Gateway",
    metadata: {
      ...applicationMetadata(application, gatewayName(application)),
      annotations: { "cert-manager.io/cluster-issuer": issuer },
    },
    spec: {
      gatewayClassName: GATEWAY_CLASS,
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
function encrypted(application: ResolvedApplication, host: string): GatewayListener {
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

/** A challenge has a longer path than this, and so goes to its solver. */
function redirect(application: ResolvedApplication, hosts: readonly string[]): HttpRoute {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "HTTPRoute",
    metadata: applicationMetadata(application, `${application.name}-redirect`),
    spec: {
      parentRefs: hosts.map((host) => listenerRef(application, "http", host)),
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 308 } }],
        },
      ],
    },
  };
}

const match = ({ path, pathType }: ResolvedRoute) => ({
  path: { type: pathType === "Prefix" ? ("PathPrefix" as const) : pathType, value: path },
});

const leadsTo = (name: string): Pick<HttpRouteRule, "backendRefs" | "timeouts"> => ({
  backendRefs: [{ group: "", kind: "Service", name, port: SERVICE_HTTP_PORT, weight: 1 }],
  // Envoy's default ends every request after 15 seconds. How long one may take, its workload says.
  timeouts: { request: "0s" },
});

/** A rule for each workload, and one for each route that says something of its own, of which the policies have its name. */
function httpRoute(application: ResolvedApplication, host: string): HttpRoute {
  const routes = application.routes.filter((route) => route.host === host);
  const plain = routes.filter(({ settings }) => settings === undefined);
  const workloads = [...new Set(plain.map(({ workload }) => workload.objectName))];
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "HTTPRoute",
    metadata: applicationMetadata(application, routeObject(application, host)),
    spec: {
      parentRefs: [listenerRef(application, "https", host)],
      hostnames: [host],
      rules: [
        ...workloads.map((name) => ({
          matches: plain.filter(({ workload }) => workload.objectName === name).map(match),
          ...leadsTo(name),
        })),
        ...routes
          .filter(({ settings }) => settings !== undefined)
          .map((route) => ({ name: routeName(route), matches: [match(route)], ...leadsTo(route.workload.objectName) })),
      ],
    },
  };
}
