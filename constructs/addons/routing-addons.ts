import type { Environment } from "../model/resolved";
import type { Addon, Definitions } from "./addon";

/** What add-ons ask of the way in which requests reach workloads. Every `Routing` answers it. */
export interface RoutingAddons {
  /** What it needs in the cluster, in the order of installation: the controller. `environment` is asked for its profile only. */
  addons(environment: Environment): readonly Addon[];
  /** Where external-dns reads hosts and addresses: values of its flag `--source`, such as `ingress`. */
  readonly dnsSources: readonly string[];
  /**
   * Kinds of the Gateway API, where routes are of them. Installed before the add-ons, of which cert-manager and
   * external-dns look for them when they start, and cert-manager watches Gateways then. @default - none
   */
  readonly gatewayApi?: Definitions;
}
