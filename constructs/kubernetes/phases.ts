import type { KubernetesObject } from "./objects";

/**
 * Phases in which the objects of an application come into being, in this order. What goes, goes in the opposite one. Terraform's
 * resources wait by them (`constructs/terraform/prerequisites.ts`) beside what their objects refer to by name.
 */
export const PHASES = [
  /** The namespace, which everything else is in. */
  "namespace",
  /** What has to be there before rules close something and before anything is pulled: policies by name, logins of registries. */
  "openings",
  /** What pods are told and may do: quota, limits, policies, service accounts, configuration, logins of servers and of Jobs. */
  "rules",
  /** The issuer that signs its own certificate, for the authority's. */
  "root",
  /** The certificate of the application's authority. */
  "authority",
  /** The issuer that signs by that certificate. */
  "issuer",
  /** What servers and workloads stand on: claims, Services, disruption budgets, gateways, certificates of servers. */
  "ground",
  /** Data services that run in the cluster, and what stands there in front of one of the cloud. */
  "data",
  /** Jobs that make the users of data services. */
  "users",
  /** Secrets that workloads sign in with. */
  "secrets",
  /** Jobs that a release runs once, such as migrations. */
  "release",
  /** Pods that run for good, and those that run by the clock. */
  "workloads",
  /** What scales pods and leads to them. */
  "traffic",
  /** What is measured and when people are called: gone before that of which it is. */
  "watch",
  /** What goes by the new state of everything before: Jobs that retire users, limits of routes. */
  "cleanup",
] as const;

export type Phase = (typeof PHASES)[number];

/** Field of an object that is in no YAML, JSON or resource: texts of objects have no symbols. The same in every copy of this package. */
const PHASE = Symbol.for("goldenpath/phase");

/** The object, in another phase than the others of its kind. Said where the object is made. */
export const inPhase = <T extends KubernetesObject>(phase: Phase, object: T): T => ({ ...object, [PHASE]: phase });

/** The same for what was made without a phase of its own. */
export const inPhaseByDefault = <T extends KubernetesObject>(phase: Phase, object: T): T =>
  Reflect.has(object, PHASE) ? object : inPhase(phase, object);

/** Phase of each kind of object: the compiler asks for a new one. */
const PHASE_OF_KIND: Readonly<Record<KubernetesObject["kind"], Phase>> = {
  Namespace: "namespace",
  ApplicationNetworkPolicy: "openings",
  CiliumNetworkPolicy: "openings",
  FQDNNetworkPolicy: "openings",
  ResourceQuota: "rules",
  LimitRange: "rules",
  NetworkPolicy: "rules",
  ServiceAccount: "rules",
  ConfigMap: "rules",
  Issuer: "issuer",
  PersistentVolumeClaim: "ground",
  Service: "ground",
  PodDisruptionBudget: "ground",
  Gateway: "ground",
  SecurityPolicy: "ground",
  Certificate: "ground",
  StatefulSet: "data",
  RabbitmqCluster: "data",
  ExternalSecret: "secrets",
  SealedSecret: "secrets",
  Job: "release",
  Deployment: "workloads",
  CronJob: "workloads",
  HorizontalPodAutoscaler: "traffic",
  TriggerAuthentication: "traffic",
  ScaledObject: "traffic",
  Ingress: "traffic",
  HTTPRoute: "traffic",
  PodMonitor: "watch",
  PrometheusRule: "watch",
  ClientTrafficPolicy: "traffic",
  BackendTrafficPolicy: "cleanup",
};

/** The phase that the object was made with, or else that of its kind. */
export function phaseOf(object: KubernetesObject): Phase {
  const said: unknown = Reflect.get(object, PHASE);
  return PHASES.find((phase) => phase === said) ?? PHASE_OF_KIND[object.kind];
}
