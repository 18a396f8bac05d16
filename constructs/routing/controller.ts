import type { Addon } from "../addons/addon";
import type { RoutedApplication } from "../kubernetes/routed";
import type { PodPeer } from "../model/connection";
import type { Path, Problem } from "../model/problem";
import type { Environment } from "../model/resolved";
import type { NginxAnnotation } from "./annotations";
import type { ControllerPorts } from "./routing";

/** A program that serves Ingresses of the class `nginx`. Made by `traefik()` and `ingressNginx()`. */
export interface IngressController {
  /** Title for people: `"Traefik"`. */
  readonly title: string;
  /**
   * The first version that acts on each annotation. No field may be missing: what a controller ignores has to be
   * rendered in its values, not in the Ingress.
   */
  readonly honours: Readonly<Record<NginxAnnotation, string>>;
  /** Version of the controller in the pinned chart. */
  readonly version: string;
  readonly pods: PodPeer;
  readonly ports: ControllerPorts;
  /** Mistakes in what was given to it. `path` is where it stands. @default - nothing is given to it */
  problems?(path: Path): Problem[];
  /** Routes that it would serve otherwise than they say. @default - none */
  routeProblems?(application: Pick<RoutedApplication, "routes">, path: Path): Problem[];
  addon(environment: Pick<Environment, "profile">): Addon;
  /** Worth knowing before choosing it. @default - nothing */
  readonly warning?: string;
}

/**
 * Seconds a stopping controller keeps serving, where the cloud does not say how long: a load balancer needs two failed
 * checks, 10 s apart, to turn away.
 */
export const DRAIN_SECONDS = 30;

/**
 * `spec` of a controller's Service where there are no load balancers. Any node takes requests, whichever has the
 * controller, though it then sees the node's address in place of the client's.
 */
export const ON_EVERY_NODE = { type: "NodePort", externalTrafficPolicy: "Cluster" } as const;

/**
 * What clients get either way, though no annotation says it and the two controllers differ in their defaults:
 * a browser that came by HTTPS stays with it for a year (the host alone, its subdomains may be somebody else's), and
 * a client above the limit is told 429.
 */
export const HSTS_SECONDS = "31536000";
export const TOO_MANY_REQUESTS = "429";
