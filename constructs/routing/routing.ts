import type { RoutingAddons } from "../addons/routing-addons";
import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { KubernetesObject } from "../kubernetes/objects";
import type { PodPeer } from "../model/connection";
import type { EnvironmentOption } from "../model/environment";
import type { Environment, ResolvedApplication } from "../model/resolved";

/** How requests from outside reach workloads, as an environment chooses it: `routing: ingress()`. */
export interface Routing extends EnvironmentOption, RoutingAddons {
  /** The objects of an application's routes; none where it has none. */
  objects(application: ResolvedApplication, facts: Pick<CloudFacts, "clusterIssuer">): readonly KubernetesObject[];
  /** Where the controller's pods run: the only ones that may open connections to routed workloads. */
  readonly controllerPods: PodPeer;
  /** What those pods listen on. @default - unknown: they get no network policy */
  readonly controllerPorts?: ControllerPorts;
  /**
   * Objects for the whole cluster that routes refer to: the IngressClass. They belong to no controller's release, so
   * that another controller can take over. Unique by kind and name. `environment` is asked for its profile only.
   * @default - none
   */
  clusterObjects?(environment: Environment, facts: CloudFacts): readonly JsonObject[];
  /** `spec.acme.solvers[0].http01` of the ClusterIssuers. */
  readonly http01Solver: JsonObject;
}

/** TCP ports of the controller's pods, not of its Service. */
export interface ControllerPorts {
  /** Ports for clients, from anywhere. */
  readonly web: readonly number[];
  /** Port for whatever collects metrics in the cluster. */
  readonly metrics: number;
  /** Where it is asked there. @default "/metrics" */
  readonly metricsPath?: string;
}

/** Kinds of objects that `Routing.objects` makes, and nothing else of an application. */
export const ROUTE_KINDS: readonly string[] = [
  "Ingress",
  "Gateway",
  "HTTPRoute",
  "ClientTrafficPolicy",
  "BackendTrafficPolicy",
  "SecurityPolicy",
] satisfies KubernetesObject["kind"][];
