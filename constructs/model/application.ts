import { withDefaults } from "./defaults";
import type { ObjectGroup } from "./object-group";
import { rememberOrigin } from "./origin";
import type { RouteSettings } from "./route";
import type { Service } from "./service";
import type { Owner } from "./team";
import type { Workload } from "./workload";

/** What developers write: one application, the same on every cloud and in every environment. */
export interface ApplicationSpec {
  /** Lower-case letters, digits and hyphens. Begins the name of every object: `my-app` → `my-app-backend`. */
  readonly name: string;
  /** Team that answers for it, by its name or made by `team()`: its name is a label and a tag on everything. */
  readonly owner: Owner;
  /** What it is for, up to 1000 characters. @default - nothing is said */
  readonly description?: string;
  /** Name of the part of the business that it belongs to, together with other applications: `sales`. @default - none */
  readonly domain?: string;
  readonly workloads: Readonly<Record<string, Workload>>;
  /**
   * Name of the workload whose keys in the application's Secret are plain (`database-url`), where several need one service
   * with credentials of their own; those of every other one begin with its name (`consumer-database-url`). Say it before you
   * add a workload that comes first in the alphabet. @default - the one whose name comes first
   */
  readonly defaultWorkload?: string;
  /** Data services by name. @default - none */
  readonly services?: Readonly<Record<string, Service>>;
  /**
   * Names of the services whose keys in the application's Secret are plain (`database-url`), one of each kind; those of
   * every other one begin with its name (`reports-db-database-url`). Required for a kind of which there are several, so
   * that no order decides and no key changes when a service is added. @default - the only one of each kind
   */
  readonly defaultServices?: readonly string[];
  /**
   * Names of services whose keys in the application's Secret begin with their name (`reports-db-database-url`) even where there
   * is no other of the kind: one that comes later, or another that goes, then changes no key. @default - none
   */
  readonly prefixedServices?: readonly string[];
  /** Hosts outside of the environment and pods of other namespaces that workloads call. @default - none */
  readonly externals?: Readonly<Record<string, External>>;
  /** Kubernetes objects of its own, for which the model has no word, by names of their groups. @default - none */
  readonly objects?: Readonly<Record<string, ObjectGroup>>;
  /** Secrets that people create in the cloud's secret store, by name. @default - none */
  readonly secrets?: Readonly<Record<string, SecretSpec>>;
  /** HTTP paths open to the world. @default - none */
  readonly routes?: readonly Route[];
  /**
   * Name of the host whose certificate is in the Secret `<application>-tls` behind `ingress()`; every other host's is in
   * `<application>-tls-<domain>`. Say it before a host is added whose name sorts first, and `false` (no host) when the main
   * host goes: the certificates of hosts that stay are then left as they are.
   * @default - the host whose name sorts first
   */
  readonly mainHost?: string | false;
}

/** A secret made out of band. Its value is never in the repository, the plan or the state. */
export interface SecretSpec {
  /** Environment variable that carries it: `STRIPE_KEY`. */
  readonly variable: string;
  /** What it is for and where to get one, for whoever has to create it. */
  readonly description: string;
}

/** A destination outside of the application, made by `external()`, `smtp()` or `peer()`. */
export type External = OutsideHost | Peer;

/** A host outside of the environment. */
export interface OutsideHost {
  readonly kind: "external" | "smtp";
  readonly host: string;
  readonly port: number;
  /**
   * Address blocks the host answers from. Without them the port is open to every public address, or to what the name
   * resolves to where the environment's cluster has `policiesByName`. @default - by the name
   */
  readonly cidrs?: readonly string[];
}

/** An HTTPS or TCP service elsewhere, e.g. `external({ host: "api.stripe.com" })`. `port` @default 443. */
export const external = (spec: { host: string; port?: number; cidrs?: readonly string[] }): OutsideHost => ({
  ...withDefaults({ port: 443 }, spec),
  kind: "external",
});

/** A mail relay. Injects `SMTP_HOST` and `SMTP_PORT`. `port` @default 587. */
export const smtp = (spec: { host: string; port?: number; cidrs?: readonly string[] }): OutsideHost => ({
  ...withDefaults({ port: 587 }, spec),
  kind: "smtp",
});

/** Pods of another namespace of the same cluster, behind a Service. */
export interface Peer extends PeerSpec {
  readonly kind: "peer";
}

export interface PeerSpec {
  readonly namespace: string;
  /** Name of the Service: the workload finds it at `<service>.<namespace>.svc`. */
  readonly service: string;
  /** What the pods behind it bear, all of them; a network policy knows pods and no Services. At least one. */
  readonly labels: Readonly<Record<string, string>>;
  /** Port of the Service. */
  readonly port: number;
  /** What the pods listen on, which is what a network policy sees. @default - `port` */
  readonly podPort?: number;
}

/**
 * Something else on the cluster, e.g. `peer({ namespace: "monitoring", service: "pushgateway", labels: { app: "pushgateway" },
 * port: 9091 })`. Injects `<NAME>_HOST` and `<NAME>_PORT` and lets the workload out to those pods; whether it is let in, the
 * policies of the other namespace say.
 */
export const peer = (spec: PeerSpec): Peer => ({ ...spec, kind: "peer" });

/** One path of one host, and the workload that answers it. */
export interface Route extends RouteSettings {
  /** Name of a host; each environment says which domain it is: `hosts: { api: "api.example.com" }`. */
  readonly host: string;
  /** Begins with `/`. @default "/" */
  readonly path?: string;
  /** @default "Prefix" */
  readonly pathType?: "Prefix" | "Exact";
  /** Name of a workload that speaks HTTP. */
  readonly to: string;
}

/** Gives the object literal its type; everything is checked when the environments are loaded. */
export const application = (spec: ApplicationSpec): ApplicationSpec => rememberOrigin(spec, application);
