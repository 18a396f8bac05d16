import type { AddonOption } from "./addon-option";
import type { ApplicationSpec } from "./application";
import type { EventScaling } from "./autoscaling";
import type { Claim } from "./claim";
import type { ClusterBackups } from "./cluster-backups";
import type { ContainerSpec, SidecarSpec } from "./containers";
import type { KeepsElsewhere, WithBackups } from "./elsewhere";
import type { EnvironmentSecret } from "./environment-secret";
import type { TakesOver } from "./imported";
import type { NamesEnvironments } from "./name-there";
import type { ObjectGroup } from "./object-group";
import type { Objectives } from "./objectives";
import type { Patch } from "./patch";
import type { Permissions, PermissionsOverride } from "./permissions";
import type { Previews } from "./previews";
import type { Path, Problem } from "./problem";
import type { Recoverable, Recovery } from "./recovery";
import type { Registries } from "./registries";
import type { ResolvedApplication } from "./resolved";
import type { RouteOverride } from "./route";
import type { Service, ServicePlacement, ServiceSizing, SizingField } from "./service";
import type { SpanCollector } from "./tracing";
import type { Volume } from "./volumes";
import type { Autoscaling, CommonSpec, MetricsApi, Probe, Resources } from "./workload";

export type { AddonOption } from "./addon-option";
export type { Claim } from "./claim";
export type { EnvironmentSecret } from "./environment-secret";

/** What the platform team writes: where applications run, and how large. */
export interface EnvironmentInput<
  C extends EnvironmentOption = EnvironmentOption,
  R extends EnvironmentOption = EnvironmentOption,
  A extends AddonOption = AddonOption,
  O extends EnvironmentOption = EnvironmentOption,
> extends WithBackups {
  /** Names the stacks: `staging` → `staging`, `staging-cluster`, `staging-platform`. */
  readonly name: string;
  /** A cloud object: `aws({...})`. */
  readonly cloud: C;
  /** A routing object: `ingress()`. */
  readonly routing: R;
  /**
   * Who measures what runs here, and calls people: `prometheus({...})`. `"off"`: nobody, and nothing is installed for it.
   * @default "off"
   */
  readonly observability?: O | typeof OFF;
  /**
   * `production`: everything stateful protected, standbys, three zones, two replicas at least.
   * `small`: one of each, deletable. @default "production"
   */
  readonly profile?: Profile;
  /** Ends the namespaces: `my-app` → `my-app-prod`. @default - the environment's name */
  readonly namespaceSuffix?: string;
  /**
   * Deletion protection, `prevent_destroy` and final snapshots of what holds data. @default - true in profile
   * `production`
   */
  readonly protect?: boolean;
  /** Who is asked about it, and mail address of the certificates' account. */
  readonly contact: string;
  /** A tag on every cloud resource, for the bill. */
  readonly costCenter: string;
  /**
   * How images are trusted not to change under a tag. `digest`: each has an `@sha256:`. `immutable-tags`: the
   * registry refuses to overwrite one. Required in profile `production`. @default "any" in profile `small`
   */
  readonly images?: ImagePolicy;
  /** Whether the cluster has the Sealed Secrets controller, for ciphertext in `applications[].sealed`. @default false */
  readonly sealedSecrets?: boolean;
  /**
   * APIs of measures that an add-on of the environment's own serves, or whoever runs the cluster: `custom.metrics.k8s.io` and
   * `external.metrics.k8s.io`, by their first words. An autoscaler that goes by another is refused. @default - none
   */
  readonly metricsApis?: readonly MetricsApi[];
  /** Who reads lengths of queues for autoscalers: KEDA, the cluster's one server of `external.metrics.k8s.io` then. @default "off" */
  readonly eventScaling?: EventScaling;
  /**
   * Who releases the applications. `terraform`: each of their objects is a resource, so that a plan shows each changed
   * field. `helm`: Terraform prepares namespace, services, secrets and policies, and a pipeline upgrades the Helm chart.
   * Never both: after a change to `helm` the next plan takes workloads off the state and leaves them running.
   * @default "terraform"
   */
  readonly release?: ReleaseTool;
  /**
   * Name of the application whose stack is called as the environment is: `cdktf deploy staging` deploys that one, and
   * `cdktf deploy billing-staging` another. Required where there are several, as no position in the list decides whose a
   * state is. `false`: none of them, and each is `<application>-<environment>`. @default - the only one
   */
  readonly defaultApplication?: string | false;
  /**
   * What is promised of data that are lost: `{ rpo: "5m", rto: "1h" }`, of every data service and volume of its applications.
   * Synthesis stops at each that its place cannot bring back so. @default - nothing is promised, and nothing compared
   */
  readonly recovery?: Recovery;
  /** Copies of each application's objects and disks by Velero, to a store of the cloud's. `{}`: each night. @default "off" */
  readonly clusterBackups?: ClusterBackups | typeof OFF;
  /** Private registries and mirrors of public ones. @default - none: images that everybody may pull, or nodes by themselves */
  readonly registries?: Registries;
  /**
   * Charts of the environment's own: `addon({...})`. Installed after everything of the platform's, in no order but that of
   * their `after`, and removed before it. @default - none
   */
  readonly addons?: readonly A[];
  /** Previews of pull requests in its cluster, where no customers' data are: `{ domain: "staging.example.com" }`. @default - none */
  readonly previews?: Previews;
  readonly applications: readonly ApplicationOverlay[];
}

/** What an environment says of an option that it can go without. */
export const OFF = "off";

export const RELEASE_TOOLS = ["terraform", "helm"] as const;

export type ReleaseTool = (typeof RELEASE_TOOLS)[number];

export type Profile = "production" | "small";
export type ImagePolicy = "digest" | "immutable-tags" | "any";

/** A service of one cloud, with its name for people. */
export type CloudService = "Amazon Managed Service for Prometheus";

/** Object that an environment chooses, such as its cloud or its routing, as validation asks it. The rest of its contract is beside its kind. */
export interface EnvironmentOption
  extends KeepsElsewhere<ResolvedApplication>, NamesEnvironments, TakesOver<ResolvedApplication> {
  /** Title for people: `"AWS"`, `"Ingress (Traefik)"`. Nothing compares it. */
  readonly title: string;
  /** Mistakes in what was given to it. `path` is where it stands. */
  problems(path: Path): Problem[];
  /** Address blocks a cloud's network takes; refused where two environments' overlap. */
  readonly networkCidrs?: readonly string[];
  /** What the environment of this name takes there that no second one may take. @default - nothing */
  claims?(environment: { readonly name: string }): readonly Claim[];
  /**
   * Domains of the zones in which it makes the records of hosts. Of others the records are made by people, and until one is
   * there a host has no certificate. @default - nothing is known of them
   */
  dnsZones?(): readonly string[];
  /** Tells the cluster of the environment of this name from every other. @default - nothing is known of it */
  place?(environment: { readonly name: string }): readonly string[];
  /**
   * Who can run a service of this kind here, the default first; empty where nobody can.
   * @default - the cloud runs all of them, and nobody else
   */
  readonly placements?: (service: Service) => readonly ServicePlacement[];
  /** Why the cloud itself does not run a service of this kind, as a clause. @default - nothing is said */
  readonly notManaged?: (service: Service) => string | undefined;
  /** Which of a workload's `permissions` its identities have. @default - there are no identities */
  readonly permissions?: keyof Permissions;
  /** Start of the types of its Terraform resources: `aws_`. @default - it has none of its own */
  readonly resourceTypePrefix?: string;
  /** Name of the environment whose previews alone run on it. @default - it runs environments */
  readonly previewsOf?: string;
  /** What of the platform somebody else has installed: add-ons by name, or `"all"` of it. @default - nothing */
  readonly installed?: "all" | readonly string[];
  /** Profiles it can serve. @default - both */
  readonly profiles?: readonly Profile[];
  /** ClusterIssuers that a routing may name, where they are not those of Let's Encrypt. @default - those */
  readonly clusterIssuers?: readonly string[];
  /** ClusterIssuer that a routing was told to name. @default - it takes the cloud's own */
  readonly clusterIssuer?: string;
  /**
   * What managed services of a kind have elsewhere and not here, by field of their sizing, with the reason. An environment
   * that says it is refused; its profile's value counts for nothing. @default - they have what their kind has
   */
  readonly lacks?: (service: Service) => Lacks;
  /**
   * Joins names to the place of a secret in the cloud's store, which decides what a name may hold. Two lists of names
   * never come to one place. @default - joined by slashes: `staging/my-app/stripe-key`
   */
  secretPlace?(names: readonly string[]): string;
  /** Key of the value in an out-of-band secret, in a store whose secrets are maps. @default - the secret is the value */
  readonly secretProperty?: string;
  /** What is wrong with `registries.byIdentity`, at `path`. @default - nodes have no identity of its own: all are refused */
  registryProblems?(registries: readonly string[], path: Path): Problem[];
  /** Secrets that people make for it in the cloud's store, each once for the environment. @default - none */
  readonly secrets?: readonly EnvironmentSecret[];
  /**
   * How data of the application come back that are lost, by the name of the service, the volume (`backend/uploads`) or the
   * group of objects that holds them. `undefined`: it does not know. @default - it knows of none
   */
  recoverable?(application: ResolvedApplication, holding: string): Recoverable | undefined;
  /** Whether it keeps objects and takes snapshots of disks. @default - it does not: `clusterBackups` is refused */
  readonly clusterBackups?: true;
  /** Services of the cloud itself that what is chosen beside it may be of. @default - none */
  readonly offers?: readonly CloudService[];
  /** Service of the cloud that it is of. @default - it runs on every cloud */
  readonly requires?: CloudService;
  /** What of it holds data that a protected environment keeps, each name once. @default - nothing */
  readonly holdings?: readonly { readonly name: string; readonly kind: string }[];
  /** Names among its holdings, or not any more, that may be deleted all the same. @default - none */
  readonly drops?: readonly string[];
  /** Where workloads with `tracing` send spans. @default - nowhere */
  readonly spans?: SpanCollector;
  /** What it lacks of an application that is valid by itself. `path` is where its overlay stands. */
  applicationProblems?(application: ResolvedApplication, path: Path): Problem[];
  /** Address of the runbook of an alert or failure, by its name, where it calls people. @default - there are no runbooks */
  runbookUrl?(application: { readonly environment: string; readonly name: string }, alert: string): string;
  /** Worth a reader's attention though not wrong; printed by synth. */
  warnings?(): string[];
}

export type Lacks = Readonly<Partial<Record<SizingField, string>>>;

/** An application as one environment runs it: what the application says, and what this environment changes of it. */
export interface ApplicationOverlay {
  readonly application: ApplicationSpec;
  /** Domain of each host that the application's routes name, every one of them. @default - there are no routes */
  readonly hosts?: Readonly<Record<string, string>>;
  /**
   * Overrides by route: the name of its host and its path, `"web/admin"`. Where two routes differ in the type of their paths
   * alone, they are of both. @default - what the application says
   */
  readonly routes?: Readonly<Record<string, RouteOverride>>;
  /** Overrides by workload. @default - what the application says */
  readonly workloads?: Readonly<Record<string, WorkloadOverride>>;
  /** Sizes by service. @default - the profile's */
  readonly services?: Readonly<Record<string, ServiceSizing>>;
  /**
   * Names of services whose `placement` may be another than it was: what they hold is given up, and must have been
   * copied. Taken off again once applied. @default - none: a plan that changes one stops
   */
  readonly moves?: readonly string[];
  /**
   * What of a protected environment may be deleted, by name: services (`"events"`) and volumes of workloads
   * (`"backend/uploads"`). Applied while it is still in the application, the word takes its protection off; then it may be
   * removed from the application. Taken off again once that is applied. @default - none: a plan without something that
   * was protected once stops
   */
  readonly drops?: readonly string[];
  /**
   * Ciphertext of out-of-band secrets by name, as `kubeseal --raw --scope strict` prints it for this namespace and the
   * name `<application>-sealed`. @default - they are in the cloud's secret store
   */
  readonly sealed?: Readonly<Record<string, string>>;
  /**
   * Changes to what is rendered, by names of their own, where the model has no word: `objectPatch()`, `resourcePatch()`. One
   * that changes nothing any more is refused. @default - none
   */
  readonly patches?: Readonly<Record<string, Patch>>;
  /**
   * What is promised of one service or volume in place of the environment's `recovery`, by names as `drops` has them:
   * `"orders-db"`, `"backend/uploads"`. `false`: of this one nothing, as a cache can be filled again.
   * @default - what the environment says
   */
  readonly recovery?: Readonly<Record<string, Recovery | false>>;
  /**
   * Names of externals that nothing here reaches: policies open no way there, and their variables name the host
   * `<name>.closed.invalid`, which no resolver knows. @default - none
   */
  readonly closed?: readonly string[];
  /** Groups of Kubernetes objects by name, each replaced as a whole or added; `false` takes one away. @default - the application's */
  readonly objects?: Readonly<Record<string, ObjectGroup | false>>;
}

/**
 * What an environment may change of a workload. `config`, `annotations` and `labels` are merged by their keys, and
 * `volumes`, `initContainers`, `sidecars` and `permissions` by their names, each of which is replaced as a whole: what the environment does
 * not name stays. Everything else is replaced as a whole, lists and the timing of a probe too.
 */
export interface WorkloadOverride extends Pick<
  CommonSpec,
  | "annotations"
  | "args"
  | "command"
  | "connections"
  | "hostAliases"
  | "labels"
  | "needs"
  | "scheduling"
  | "secrets"
  | "serviceAccount"
  | "terminationGraceSeconds"
  | "tracing"
> {
  readonly image?: string;
  /** Pods of a workload without an autoscaler. */
  readonly replicas?: number;
  /** `false` takes the autoscaler away. */
  readonly autoscaling?: Autoscaling | false;
  readonly resources?: Resources;
  readonly config?: Readonly<Record<string, string>>;
  readonly schedule?: string;
  /** `false` takes one away; of a persistent one the data is kept or not by `drops`. */
  readonly volumes?: Readonly<Record<string, Volume | false>>;
  /** `false` takes one away. */
  readonly initContainers?: Readonly<Record<string, ContainerSpec | false>>;
  /** `false` takes one away. */
  readonly sidecars?: Readonly<Record<string, SidecarSpec | false>>;
  readonly startup?: Probe;
  readonly liveness?: Probe;
  /** Merged by names, cloud by cloud; `false` takes one away. */
  readonly permissions?: PermissionsOverride;
  /** Timing of web workloads alone, as the two that follow. */
  readonly readiness?: Probe;
  readonly requestSeconds?: number;
  /** Promises as a whole. `false` promises nothing. */
  readonly objectives?: Objectives | false;
}
