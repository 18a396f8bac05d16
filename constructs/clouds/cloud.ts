import type { Construct } from "constructs";
import type { TerraformStack } from "cdktf";
import type { Addon, Capability } from "../addons/addon";
import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { Connection } from "../model/connection";
import type { Choice } from "../model/environment";
import type { Environment, ResolvedApplication } from "../model/resolved";

/**
 * A cloud, as an environment chooses it: `cloud: aws({...})`. One folder each. Nothing outside that folder knows
 * which cloud it has: stacks ask this object.
 *
 * Adding a cloud: implement this interface and `Cluster`; `clouds/aws` is the pattern. Everything that needs no
 * lookup is in `facts`, so Kubernetes objects can be rendered without Terraform.
 */
export interface Cloud extends Choice {
  /** What Kubernetes objects need to know of the cloud: constants and values given in the environment. */
  facts(environment: CloudEnvironment): CloudFacts;
  /** Puts backend, provider, required versions and default tags on a stack, under the state key `stack.node.id`. */
  configure(stack: TerraformStack, environment: CloudEnvironment): void;
  /** `state-<env>`: the place that keeps the Terraform state of the environment's other stacks. Has a local backend. */
  createState(stack: TerraformStack, environment: CloudEnvironment): void;
  /** `<env>-cluster`: network, cluster, nodes and the identities people use. */
  createCluster(scope: Construct, environment: CloudEnvironment): void;
  /**
   * Finds the environment's cluster by name and tags, configures the Kubernetes and Helm providers for it
   * (by `exec`: no token enters the state) and returns what can be asked of it. Once per stack.
   */
  connect(scope: Construct, environment: CloudEnvironment): Cluster;
}

/** A cloud never looks at the objects chosen beside it. */
export type CloudEnvironment = Environment;

/** A cluster that exists, found by lookup. */
export interface Cluster {
  /** Creates the Kubernetes objects that only this cloud needs, such as storage classes, in `<env>-platform`. */
  platform(scope: Construct): void;
  /** Lets an add-on's service account use a capability. Returns annotations for that service account. */
  allow(scope: Construct, addon: Addon, capability: Capability): Readonly<Record<string, string>>;
  /** The object `spec.provider` of the ClusterSecretStore `STORE_NAME`. */
  secretStoreProvider(): JsonObject;
  /** Creates the application's data services and its workloads' identities. */
  provide(scope: Construct, application: ResolvedApplication): ProvidedApplication;
}

/** What an application's Kubernetes objects need from the cloud, filled by reference. */
export interface ProvidedApplication {
  /** The connection of one edge. Per workload, because users may be. */
  connection(workload: string, service: string): Connection;
  /** Annotations of a workload's service account; empty where its identity needs none. */
  serviceAccountAnnotations(workload: string): Readonly<Record<string, string>>;
  /**
   * Whether the workload acts in the cloud under an identity of its own and so must reach `facts.identityEndpoint`.
   * @default - true where it has service account annotations
   */
  usesIdentity?(workload: string): boolean;
}
