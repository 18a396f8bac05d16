import { z } from "zod";
import type { CloudFacts } from "../kubernetes/facts";
import { applicationMetadata } from "../kubernetes/labels";
import type { ConfigMap, Ingress } from "../kubernetes/objects";
import { longestProxySeconds } from "../kubernetes/patience";
import type { IngressPort } from "../kubernetes/references";
import type { RoutedApplication, RoutedRoute } from "../kubernetes/routed";
import { namesOf } from "../model/domains";
import { orEmpty } from "../model/plain";
import { speaksGrpc } from "../model/resolved";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { ingressAnnotations } from "./annotations";
import { hostSecret, mainDomain, mainSecret } from "./certificates";
import type { IngressController } from "./controller";
import { INGRESS_CLASS, ingressClass } from "./ingress-class";
import { type IngressGroup, ingressGroups } from "./ingress-groups";
import { CLUSTER_ISSUERS, type ClusterIssuerName, DEFAULT_ISSUER, ingressSolver } from "./issuers";
import { headerProblems, headersConfigMap, RESPONSE_HEADERS } from "./route-headers";
import type { Routing } from "./routing";
import { traefik } from "./traefik";

export interface IngressProps {
  /** Serves the Ingresses. @default - `traefik()` */
  readonly controller?: IngressController;
  /**
   * Requests per second that each pod of the controller lets one client make, five times as many in a burst.
   * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#rate-limiting
   * @default 100
   */
  readonly rateLimit?: number;
  /**
   * Signs the certificates. Not on a cloud that signs them itself, such as `local()`. @default - the cloud's own, or
   * "letsencrypt-prod" where it has none
   */
  readonly clusterIssuer?: ClusterIssuerName;
}

const SCHEMA = schemaOf<IngressProps>()({
  controller: z.custom<IngressController>(isController, "use traefik() or ingressNginx()").optional(),
  rateLimit: z.int().min(1).max(1_000_000).optional(),
  clusterIssuer: z.enum(CLUSTER_ISSUERS).optional(),
});

/** What is said of all Ingresses of an application. */
export interface IngressesSettings {
  readonly clusterIssuer: string;
  readonly rateLimit: number;
  /** @default "nginx" */
  readonly ingressClass?: string;
}

/** Routes as Ingresses of the class `nginx`. */
export function ingress(props: IngressProps = {}): Routing {
  // `problems` says what is wrong with what was given.
  const { controller: given, clusterIssuer, rateLimit = 100 } = orEmpty(props);
  const controller = isController(given) ? given : traefik();
  const settings = (facts: Pick<CloudFacts, "clusterIssuer">): IngressesSettings => ({
    clusterIssuer: facts.clusterIssuer ?? clusterIssuer ?? DEFAULT_ISSUER,
    rateLimit,
  });
  return {
    title: `Ingress (${controller.title})`,
    problems: (path) => [...check(SCHEMA, props, path), ...(controller.problems?.([...path, "controller"]) ?? [])],
    warnings: () => (controller.warning === undefined ? [] : [controller.warning]),
    applicationProblems: (application, path) => [
      ...headerProblems(application, path, RESPONSE_HEADERS),
      ...(controller.routeProblems?.(application, path) ?? []),
    ],
    clusterIssuer,
    objects: (application, facts) =>
      application.routes.length === 0 ? [] : ingressObjects(application, settings(facts)),
    addons: (environment) => [controller.addon(environment)],
    controllerPods: controller.pods,
    controllerPorts: controller.ports,
    dnsSources: ["ingress"],
    clusterObjects: () => [ingressClass],
    http01Solver: ingressSolver(INGRESS_CLASS),
  };
}

/** The Ingresses of an application with routes, and before them the headers that their answers get. */
export function ingressObjects(application: RoutedApplication, settings: IngressesSettings): (ConfigMap | Ingress)[] {
  return [
    ...application.routes.flatMap((route) => headersConfigMap(application, route) ?? []),
    ...ingressGroups(application).map((group) => render(application, group, settings)),
  ];
}

/** Every Ingress shows the certificates of its hosts, or a controller may take it for one without TLS; the main one orders them. */
function render(application: RoutedApplication, group: IngressGroup, settings: IngressesSettings): Ingress {
  const { routes } = application;
  const hosts = [...new Set((group.isMain ? routes : group.routes).map(({ host }) => host))];
  const main = mainDomain(application);
  const { clusterIssuer, rateLimit, ingressClass: ingressClassName = INGRESS_CLASS } = settings;
  // One number for all routes of an Ingress: the longest of them. One that leads nowhere is left alone by what they say.
  const timed = group.routes.length === 0 ? routes.map((route) => ({ ...route, settings: undefined })) : group.routes;
  const patienceSeconds = longestProxySeconds(timed);
  const [own] = group.isMain ? [] : group.routes;
  const headers = own && headersConfigMap(application, own)?.metadata;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      ...applicationMetadata(application, group.name),
      annotations: ingressAnnotations({
        ...(group.isMain && { clusterIssuer }),
        rateLimit,
        patienceSeconds,
        ...(own && speaksGrpc(own.workload) && { grpc: true }),
        host: own?.host,
        ...(headers && { headers: `${headers.namespace}/${headers.name}` }),
        route: own?.settings,
      }),
    },
    spec: {
      ingressClassName,
      tls: hosts.map((host) => ({
        hosts: namesOf(routes, host),
        secretName: host === main ? mainSecret(application.name) : hostSecret(application.name, host),
      })),
      rules: hosts.map((host) => rule(host, group.routes)),
    },
  };
}

/** A host that is another Ingress's alone is named here for its certificate: the API asks for one rule at least. */
function rule(host: string, routes: readonly RoutedRoute[]): Ingress["spec"]["rules"][number] {
  const own = routes.filter((route) => route.host === host);
  if (own.length === 0) return { host };
  return {
    host,
    http: {
      paths: own.map(({ path, pathType, workload }) => ({
        path,
        pathType,
        backend: { service: { name: workload.objectName, port: portOf(workload) } },
      })),
    },
  };
}

function portOf({ servicePort: number }: RoutedRoute["workload"]): IngressPort {
  return number === undefined ? { name: "http" } : { number };
}

function isController(value: unknown): value is IngressController {
  return typeof value === "object" && value !== null && "honours" in value && "addon" in value && "ports" in value;
}
