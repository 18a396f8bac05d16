import type { Addon, Definitions } from "../addons/addon";
import type { PodPeer } from "../model/connection";
import type { EnvironmentOption } from "../model/environment";
import type { Environment, ResolvedApplication } from "../model/resolved";
import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { KubernetesObject } from "../kubernetes/objects";

/** How requests from outside reach workloads, as an environment chooses it: `routing: ingress()`. */
export interface Routing extends EnvironmentOption {
  /** The objects of an application's routes; none where it has none. */
  objects(application: ResolvedApplication, facts: Pick<CloudFacts, "clusterIssuer">): readonly KubernetesObject[];
  /** What it needs in the cluster, in the order of installation: the controller. `environment` is asked for its profile only. */
  addons(environment: Environment): readonly Addon[];
  /** Where the controller's pods run: the only ones that may open connections to routed workloads. */
  readonly controllerPods: PodPeer;
  /** What those pods listen on. @default - unknown: they get no network policy */
  readonly controllerPorts?: ControllerPorts;
  /** Where external-dns reads hosts and addresses: values of its flag `--source`, such as `ingress`. */
  readonly dnsSources: readonly string[];
  /**
   * Objects for the whole cluster that routes refer to: the IngressClass. They belong to no controller's release, so
   * that another controller can take over. Unique by kind and name. `environment` is asked for its profile only.
   * @default - none
   */
  clusterObjects?(environment: Environment, facts: CloudFacts): readonly JsonObject[];
  /**
   * Kinds of the Gateway API, where routes are of them. Installed before the add-ons, of which cert-manager and
   * external-dns look for them when they start, and cert-manager watches Gateways then. @default - none
   */
  readonly gatewayApi?: Definitions;
  /** `spec.acme.solvers[0].http01` of the ClusterIssuers. */
  readonly http01Solver: JsonObject;
}

/** TCP ports of the controller's pods, not of its Service. */
export interface ControllerPorts {
  /** For clients, from anywhere. */
  readonly web: readonly number[];
  /** For whatever collects metrics in the cluster. */
  readonly metrics: number;
}
