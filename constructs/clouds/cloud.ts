import type { ITerraformDependable, TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Addon } from "../addons/addon";
import type { Installed } from "../addons/installed";
import type { GrantedMeasures, MeasuresNeed } from "../addons/measures";
import type { CloudNeeds, Granted } from "../addons/permissions";
import type { CloudFacts } from "../kubernetes/facts";
import type { JsonObject } from "../kubernetes/json";
import type { ProvidedApplication } from "../kubernetes/provided";
import type { EnvironmentOption } from "../model/environment";
import type { CloudOperations } from "../model/operations";
import type { PreviewStates } from "../model/preview-states";
import type { Environment, ResolvedApplication, ResolvedService } from "../model/resolved";
import type { Service } from "../model/service";
import type { CloudPipeline } from "../pipelines/pipeline";
import type { CloudChecks } from "../preflight/check";
import type { WrittenStack } from "../preflight/stacks";
import type { PinnedVersion } from "../services/pinned-version";
import type { ResourceTypes } from "../services/resource-facts";
import type { ServiceTraits } from "../services/traits";
import type { Guarantees } from "./guarantees";
import type { NodeSupply } from "./node-supply";
import type { EnvironmentTraits } from "./traits";

export type { Identity, ProvidedApplication } from "../kubernetes/provided";
export type { CloudOperations } from "../model/operations";
export type { CloudPipeline, PipelineAccess, PipelineIdentity } from "../pipelines/pipeline";

/**
 * A cloud, as an environment chooses it: `cloud: aws({...})`. One folder each. Nothing outside that folder knows
 * which cloud it has: stacks ask this object.
 *
 * Adding a cloud: implement this interface and `Cluster`; `clouds/aws` is the pattern. Everything that needs no
 * lookup is in `facts`, so Kubernetes objects can be rendered without Terraform.
 */
export interface Cloud extends EnvironmentOption {
  /** How it has what every production environment has. One object for all environments on this cloud. */
  readonly guarantees: Guarantees;
  /**
   * What of the platform the cluster has from somebody else. Of a cluster that this program makes there is nothing.
   * @default - nothing: `<env>-platform` installs all of it
   */
  readonly installed?: Installed;
  /**
   * Where the environment is: the cloud's short name, whose account, region, cluster. Recorded in states, and a plan for
   * another place is refused: parts are never written in another way, and hold neither spaces nor slashes.
   */
  place(environment: CloudEnvironment): readonly string[];
  /** What people compare before they move an environment. */
  describe(environment: CloudEnvironment): EnvironmentTraits;
  /** The same of a service that the cloud runs: what runs in the cluster is the same on every cloud, but for its disks. */
  describeService(application: ResolvedApplication, service: ResolvedService): ServiceTraits;
  /**
   * Versions that it runs or sells, its own Kubernetes among them, for the report of what ends next; of services the kinds of
   * this program and those of these.
   * @default - it says of none when its support ends
   */
  versions?(services: readonly Service[]): readonly PinnedVersion[];
  /**
   * What is known of types of resources that the kinds of these services bring with them, for who reads plans and destroys.
   * @default - nothing: of a type that this program does not have, it is said so
   */
  resourceTypes?(services: readonly Service[]): ResourceTypes;
  /**
   * Most connections that a data service takes at one time, wherever it runs. `undefined`: unknown, or nothing bounds them.
   * @default - it is unknown of every service
   */
  connections?(service: ResolvedService): number | undefined;
  /**
   * Nodes that the environment may have at most, which its pods are compared with. Paths begin below `cloud`.
   * @default - nobody here knows: the cluster is somebody else's
   */
  nodes?(environment: CloudEnvironment): NodeSupply;
  /** What people do with its own tools when something is lost. @default - it has none, and runbooks no pages about that */
  operations?(environment: CloudEnvironment): CloudOperations;
  /**
   * What its account has to have before the environment is deployed, by the stacks as they are written. It asks nobody: it says what
   * is to be asked. @default - nobody here knows
   */
  preflight?(environment: CloudEnvironment, stacks: readonly WrittenStack[]): CloudChecks;
  /**
   * Where the states of previews are, in this folder of the environment's own, and how they are taken away.
   * @default - nobody here knows: they stay
   */
  previewStates?(environment: CloudEnvironment, folder: string): PreviewStates;
  /** How jobs of a pipeline sign in to it, and which of its names they go by. Asked by what renders pipelines. */
  pipeline(environment: CloudEnvironment): CloudPipeline;
  /** What Kubernetes objects need to know of the cloud: constants and values given in the environment. */
  facts(environment: CloudEnvironment): CloudFacts;
  /**
   * Puts backend, provider, required versions and default tags on a stack, under the state key `stack.node.id`. A backend
   * and a provider that the stack has are left as they are.
   *
   * @throws InvalidInput where the stack's own provider is for another place than the environment's
   */
  configure(stack: TerraformStack, environment: CloudEnvironment, options?: ConfigureOptions): void;
  /**
   * `state-<env>`: the place that keeps the Terraform state of the environment's other stacks. Has a local backend.
   * @default - no such stack: the place is somebody else's
   */
  createState?(stack: TerraformStack, environment: CloudEnvironment): void;
  /**
   * `<env>-cluster`: network, cluster, nodes and the identities people use.
   * @default - no such stack: the cluster is somebody else's, and `connect` finds it
   */
  createCluster?(scope: Construct, environment: CloudEnvironment): void;
  /**
   * Finds the environment's cluster by name and tags, configures the Kubernetes and Helm providers for it
   * (by `exec`: no token enters the state) and returns what can be asked of it. Once per stack.
   */
  connect(scope: Construct, environment: CloudEnvironment): Cluster;
}

/** What is otherwise of a stack than of those of the environment itself. */
export interface ConfigureOptions {
  /** `false` where the stack's state is its owner's business. @default - one is made, unless the stack has one */
  readonly backend?: false;
  /** Folder of its state in the environment's place for states: `previews/<stack>`. @default - none: `<stack>` */
  readonly stateFolder?: string;
  /**
   * The stack's own provider of this cloud, without an alias. It is compared with the environment, and keeps its own
   * default tags. @default - the one that the stack has; else one is made
   */
  readonly provider?: TerraformProvider;
}

/** The environment as a cloud sees it: by their type, the objects chosen beside it have only a title and checks. */
export type CloudEnvironment = Environment;

/** A cluster that exists, found by lookup. */
export interface Cluster {
  /** Creates the Kubernetes objects that only this cloud needs, such as storage classes, in `<env>-platform`. */
  platform(scope: Construct): void;
  /**
   * Add-ons that only this cluster needs: what makes nodes and load balancers. They are installed before every other
   * add-on, whose pods may need a node and whose Service a load balancer, and removed after all of them, as their
   * finalizers are taken off by these. Identities that they need are created under `scope`, with statements of the
   * cloud's own. @default - none
   */
  addons?(scope: Construct): readonly Addon[];
  /** Gives an add-on's service account the permissions it needs. Creates nothing where these come to nothing. */
  allow(scope: Construct, addon: Pick<Addon, "name" | "namespace">, needs: CloudNeeds): Granted;
  /**
   * Makes the store of measures that the cloud runs, with who is told, in `<env>-platform`, before any add-on that asks for it.
   * @default - it runs none, and its `offers` says so
   */
  measures?(scope: Construct, need: MeasuresNeed): GrantedMeasures;
  /**
   * Has rules of an application evaluated where `measures` keeps its measures, in the application's stack.
   *
   * @param rules a file of Prometheus, as JSON
   * @param after what they are about, where this state has it: nobody is called for what is only on its way
   * @default - it evaluates none
   */
  rules?(
    scope: Construct,
    application: Pick<ResolvedApplication, "name">,
    rules: string,
    after: ITerraformDependable | undefined,
  ): void;
  /** The object `spec.provider` of the ClusterSecretStore `STORE_NAME`. */
  secretStoreProvider(): JsonObject;
  /** Creates the application's data services and its workloads' identities. */
  provide(scope: Construct, application: ResolvedApplication): ProvidedApplication;
}
