import { z } from "zod";
import type { CloudFacts } from "../kubernetes/facts";
import { applicationMetadata } from "../kubernetes/labels";
import type { Ingress } from "../kubernetes/objects";
import { longestProxySeconds } from "../kubernetes/patience";
import { orEmpty } from "../model/plain";
import type { ResolvedApplication } from "../model/resolved";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { ingressAnnotations, type IngressSettings } from "./annotations";
import { hostSecret, mainDomain, mainSecret } from "./certificates";
import type { IngressController } from "./controller";
import { INGRESS_CLASS, ingressClass } from "./ingress-class";
import { CLUSTER_ISSUERS, type ClusterIssuerName, DEFAULT_ISSUER } from "./issuers";
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

/** Routes as an Ingress of the class `nginx`. */
export function ingress(props: IngressProps = {}): Routing {
  // `problems` says what is wrong with what was given.
  const { controller: given, clusterIssuer, rateLimit = 100 } = orEmpty(props);
  const controller = isController(given) ? given : traefik();
  const settings = (facts: Pick<CloudFacts, "clusterIssuer">) => ({
    clusterIssuer: facts.clusterIssuer ?? clusterIssuer ?? DEFAULT_ISSUER,
    rateLimit,
  });
  return {
    title: `Ingress (${controller.title})`,
    problems: (path) => [...check(SCHEMA, props, path), ...(controller.problems?.([...path, "controller"]) ?? [])],
    warnings: () => (controller.warning === undefined ? [] : [controller.warning]),
    clusterIssuer,
    objects: (application, facts) => (application.routes.length === 0 ? [] : [render(application, settings(facts))]),
    addons: (environment) => [controller.addon(environment)],
    controllerPods: controller.pods,
    controllerPorts: controller.ports,
    dnsSources: ["ingress"],
    clusterObjects: () => [ingressClass],
    // Its pods already satisfy `restricted`; the default type would open a port on every node.
    http01Solver: { ingress: { ingressClassName: INGRESS_CLASS, serviceType: "ClusterIP" } },
  };
}

function render(application: ResolvedApplication, settings: Omit<IngressSettings, "patienceSeconds">): Ingress {
  const hosts = [...new Set(application.routes.map(({ host }) => host))];
  const main = mainDomain(application);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      ...applicationMetadata(application, `${application.name}-ingress`),
      // One number for all routes: the longest of them.
      annotations: ingressAnnotations({ ...settings, patienceSeconds: longestProxySeconds(application.routes) }),
    },
    spec: {
      ingressClassName: INGRESS_CLASS,
      tls: hosts.map((host) => ({
        hosts: [host],
        secretName: host === main ? mainSecret(application.name) : hostSecret(application.name, host),
      })),
      rules: hosts.map((host) => ({
        host,
        http: {
          paths: application.routes
            .filter((route) => route.host === host)
            .map(({ path, pathType, workload }) => ({
              path,
              pathType,
              backend: { service: { name: workload.objectName, port: { name: "http" } } },
            })),
        },
      })),
    },
  };
}

function isController(value: unknown): value is IngressController {
  return typeof value === "object" && value !== null && "honours" in value && "addon" in value && "ports" in value;
}
