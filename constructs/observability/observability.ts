import type { Addon, Definitions } from "../addons/addon";
import type { MeasuresNeed } from "../addons/measures";
import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { KubernetesObject } from "../kubernetes/objects";
import type { PodPeer } from "../model/connection";
import type { EnvironmentOption } from "../model/environment";
import type { Environment, ResolvedApplication } from "../model/resolved";

/** Where what serves routes says how it does, as every routing of this program tells it. */
interface RouteController {
  readonly controllerPods: PodPeer;
  readonly controllerPorts?: { readonly metrics: number; readonly metricsPath?: string };
}

/** An environment that was given a routing of this program. */
export type MeasuredEnvironment = Environment<EnvironmentOption, EnvironmentOption & RouteController>;

/** What measures an environment and calls people, as the environment chooses it: `observability: prometheus({...})`. */
export interface Observability extends EnvironmentOption {
  /**
   * Kinds of the objects by which applications say what is measured. Installed before everything else, and kept: objects of
   * other stacks are of them. @default - none
   */
  readonly definitions?: Definitions;
  /**
   * What is installed, in the order of installation: after the platform's add-ons and objects, of which it may read secrets,
   * and before the environment's own.
   */
  addons(environment: MeasuredEnvironment, facts: CloudFacts): readonly Addon[];
  /**
   * The store of measures that it asks the cloud for, with who is told of alerts; its add-ons ask for access to it. With it the
   * cloud evaluates the PrometheusRules among `applicationObjects`, which are then no objects of the cluster.
   * @default - measures are kept by what is installed, which evaluates the rules too
   */
  measures?(environment: MeasuredEnvironment): MeasuresNeed;
  /** Objects by which the platform's own add-ons are measured. Unique by kind and name. */
  objects(environment: MeasuredEnvironment, facts: CloudFacts): readonly JsonObject[];
  /** Namespaces of it that read secrets of the cloud's store. */
  readonly secretNamespaces: readonly string[];
  /**
   * Objects of an application by which it is measured and people are called.
   *
   * @param objects all others of it, from which alerts are derived
   */
  applicationObjects(
    application: ResolvedApplication,
    objects: readonly KubernetesObject[],
  ): readonly KubernetesObject[];
  /** Deployment whose presence says that the cluster has the kinds of these objects. */
  readonly operator: { readonly namespace: string; readonly name: string };
  /**
   * Runbooks of alerts that are of the platform and of no application, by the paths of their files from the folder of all
   * runbooks. @default - none
   */
  pages?(environment: MeasuredEnvironment): Readonly<Record<string, string>>;
  /** Whether lines of pods are kept beyond the pod, and found in its dashboards. @default false */
  readonly keepsLogs?: boolean;
  /** Commands by which people open its dashboards, each until it is stopped; runbooks name them. @default - none */
  readonly dashboards?: readonly string[];
  /** Its pages, which nobody reaches from outside: what a session may lead to. @default - none */
  readonly consoles?: readonly Console[];
  /**
   * Dashboards of the environment itself, as Grafana loads them from files, by names that no application's file has. They are in
   * the cluster by what is installed. @default - none
   */
  environmentDashboards?(environment: MeasuredEnvironment): Readonly<Record<string, string>>;
  /** Pods that ask everything for its measures: the only ones that may open connections to the ports for them. */
  readonly scraper: PodPeer;
}

/** A page of what measures an environment, in the cluster. */
export interface Console {
  /** What people call it: `grafana`. */
  readonly name: string;
  /** Its Service, in the namespace of the pods. */
  readonly service: string;
  readonly port: number;
  readonly pods: PodPeer;
  readonly podPort: number;
  /** Secret, in the same namespace, with what people sign in with. @default - it asks nobody */
  readonly signIn?: { readonly secret: string; readonly keys: readonly string[] };
}
