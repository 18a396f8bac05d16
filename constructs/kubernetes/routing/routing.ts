import type { Addon } from "../../addons/addon";
import type { Choice } from "../../model/environment";
import type { Environment, ResolvedApplication } from "../../model/resolved";
import type { JsonObject } from "../json";
import type { KubernetesObject } from "../objects";

/** How requests from outside reach workloads, as an environment chooses it: `routing: ingress()`. */
export interface Routing extends Choice {
  /** The objects of an application's routes; none where it has none. */
  objects(application: ResolvedApplication): readonly KubernetesObject[];
  /** The controller, for the platform stack. `environment` is asked for its profile only. */
  addon(environment: Environment): Addon;
  /** Where the controller's pods run: the only ones that may open connections to routed workloads. */
  readonly controllerPods: PodPeer;
  /**
   * Objects for the whole cluster that routes refer to: the IngressClass. They belong to no controller's release, so
   * that another controller can take over. Unique by kind and name. @default - none
   */
  readonly clusterObjects?: readonly JsonObject[];
  /** `spec.acme.solvers[0].http01` of the ClusterIssuers. */
  readonly http01Solver: JsonObject;
}

/** Pods by the namespace they are in and labels they bear. */
export interface PodPeer {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}
