import type { NodePorts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { Identity } from "../kubernetes/provided";
import type { GrantedMeasures } from "./measures";
import type { CloudNeeds, GrantedStore, PermissionValues } from "./permissions";

/**
 * Something installed into the cluster once, by Helm: a pinned chart and the values it needs. Plain data; one file
 * per add-on, each with a function that returns one of these.
 */
export interface Addon {
  /** Release name and construct id. */
  readonly name: string;
  readonly namespace: string;
  /** `false` where the cluster has the namespace already: `kube-system`. @default true */
  readonly createNamespace?: boolean;
  /** Labels of the namespace, Pod Security among them. @default - Pod Security `restricted` */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  readonly chart: Chart | LocalChart;
  /** The chart's values. Every key was looked up in the chart at its pinned version: Helm ignores unknown ones. */
  readonly values: (context: AddonContext) => JsonObject;
  /**
   * Values that name the chart's images, each without its tag where the chart adds that. They count where the environment
   * has a mirror of one of their registries. @default - it runs nothing
   */
  /** Its pods by `replicas` and `resources`, where the chart has the two apart. @default - as its values say */
  readonly counted?: readonly JsonObject[];
  readonly images?: (placeOf: PlaceOf, context?: AddonContext) => JsonObject;
  /** Cloud permissions and the service account that has them. @default - none */
  readonly needs?: CloudNeeds;
  /** Names of add-ons that must be installed before, with their objects. @default - none */
  readonly after?: readonly string[];
  /**
   * Objects of the kinds that the chart brings, as the release `<name>-objects` right after it: it is removed, and waited
   * for, while the add-on still runs to take its finalizers off them. @default - none
   */
  readonly objects?: readonly JsonObject[];
}

/** Where an image comes from in this environment. */
export type PlaceOf = (image: string) => string;

/** What the cloud adds to an add-on's values. */
export interface AddonContext {
  /** Identity of the service account in `needs` and of the pods under it; empty without one. */
  readonly identity: Identity;
  /** What the cloud tells of each permission in `needs`, by the permission's name. @default - nothing */
  readonly granted?: Partial<PermissionValues>;
  /** Where the store in `needs` is. @default - none was asked for */
  readonly store?: GrantedStore;
  /** Where the cloud keeps the environment's measures. @default - it keeps none */
  readonly measures?: GrantedMeasures;
  /** `facts.loadBalancerAnnotations`, for the add-on that receives traffic from outside. */
  readonly loadBalancerAnnotations: Readonly<Record<string, string>>;
  /** `facts.loadBalancerClass`, for the same add-on. @default - the cluster's own load balancers */
  readonly loadBalancerClass?: string;
  /** `facts.loadBalancerDrainSeconds`, for the same add-on. @default - `DRAIN_SECONDS` of the controllers */
  readonly loadBalancerDrainSeconds?: number;
  /** `facts.nodePorts`, for the same add-on. @default - a load balancer */
  readonly nodePorts?: NodePorts;
}

/** `repository` is an `https://` index or an `oci://` registry folder; `version` is exact. */
export interface Chart {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** A chart of this package, in `charts/<folder>`. `version` is the one in its `Chart.yaml`. */
export interface LocalChart {
  readonly folder: string;
  readonly version: string;
}

/**
 * Definitions of kinds as a release of their own: upgraded with it, and kept when the release is uninstalled, for with them
 * goes every object of their kinds.
 */
export interface Definitions {
  /** Release name and construct id. */
  readonly name: string;
  /**
   * A chart that is pulled, with the values by which it keeps them. @default - the one in `charts/<name>`, whose dependency
   * has them and says nothing of keeping
   */
  readonly chart?: Chart & { readonly values: JsonObject };
}
