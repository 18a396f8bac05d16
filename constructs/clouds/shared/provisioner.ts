import type { Construct } from "constructs";
import type { CloudFacts } from "../../kubernetes/facts";
import type { KubernetesObject } from "../../kubernetes/objects";
import type { ProvidedUsers } from "../../kubernetes/provided";
import type { Connection } from "../../model/connection";
import type { ResolvedApplication } from "../../model/resolved";
import type { Service } from "../../model/service";
import type { Check, Words } from "../../preflight/check";
import type { WrittenStack } from "../../preflight/stacks";
import type { Place, ServiceRequest } from "../../services/provisioner";
import type { ResourceTypes } from "../../services/resource-facts";
import { DESCRIBED, type ServiceTraits } from "../../services/traits";
import type { SecretInState } from "./secrets-in-state";

/** Whose a service is. */
export interface ServiceOwner {
  /** Name of the application. */
  readonly application: string;
  /** The same application, whole. */
  readonly resolved: ResolvedApplication;
  /** The environment as names have it: with its region, where it says so. */
  readonly environment: string;
}

/** What the names of a service's resources are made of. */
export type ServiceNames = Pick<ServiceOwner, "application" | "environment"> & Pick<ServiceRequest<Service>, "name">;

/** `staging`, `my-app` and `orders-db`, of which names are made. */
export const nameParts = ({ environment, application, name }: ServiceNames): readonly string[] => [
  environment,
  application,
  name,
];

/** What every cloud is told to create a service. */
export interface CloudContext extends ServiceOwner {
  /** The service's alone. */
  readonly scope: Construct;
  /** Names of the workloads with an edge to it, each once. */
  readonly workloads: readonly string[];
  /** Those of them that may only read. */
  readonly readers: readonly string[];
  /** Deletion protection and `prevent_destroy`: nothing may delete it. */
  readonly protect: boolean;
  /**
   * Whether the environment is protected, which a service that may be deleted is in too: changes wait for the
   * maintenance window, and when it goes the cloud keeps what it can of it, such as a final snapshot.
   */
  readonly protectedEnvironment: boolean;
  /**
   * Whether it is made without an application, so that nobody makes users in it and its first user is whom programs sign in
   * as. @default - it is an application's
   */
  readonly alone?: true;
}

/** One service of an application, to be created on whichever cloud. */
export type CloudRequest<S extends Service> = ServiceRequest<S> & CloudContext;

/** How a cloud is asked what it offers. */
export interface OffersAsking {
  /** Region of the environment, as the cloud calls it. */
  readonly region: string;
  /** A command of the cloud's own tool that answers in JSON, without the tool's name: `mysql flexible-server list-skus …` in words. */
  readonly command: (...words: readonly string[]) => Words;
  /** Ids of the checks that come before. */
  readonly after: readonly string[];
}

/** What a cloud has to know of a kind before any service of it exists. */
export interface CloudKindFacts {
  /** What its services are made of, where this program has no such type itself. @default - of types that it knows alone */
  readonly resources?: ResourceTypes;
  /**
   * Attributes through which a secret of it enters the Terraform state, where the pinned provider has no write-only
   * argument for it. @default - there are none
   */
  readonly secretsInState?: readonly SecretInState[];
  /** What the cloud has to offer before its services are made, asked before the first deploy. @default - nothing is asked */
  readonly offers?: (stacks: readonly WrittenStack[], asking: OffersAsking) => readonly Check[];
}

/**
 * A cloud as a place of services. `Literals` is what it is asked by before anything exists, `Given` what it creates with, and
 * `Grant` what it calls a permission of a workload's identity.
 */
export interface CloudPlace<Literals extends object, Given extends object, Grant> extends Place {
  readonly asked: ServiceOwner & Literals;
  readonly described: ServiceTraits;
  readonly given: CloudContext & Given;
  readonly provided: ProvidedService<Grant>;
  readonly facts: CloudKindFacts;
}

/** What provisioners answer on every cloud. */
export const ANSWERS = { describe: DESCRIBED, provide: { connection: "function", grants: "object" } } as const;

/** What each workload with an edge has of a service, as a function that knows of no other workload. */
export const byWorkload =
  <T>(service: string, has: ReadonlyMap<string, T>): ((workload: string) => T) =>
  (workload) => {
    const found = has.get(workload);
    if (found === undefined) throw new Error(`service ${service}: workload ${workload} has no edge to it`);
    return found;
  };

/** A service that exists. `Grant` is what the cloud calls a permission of a workload's identity. */
export interface ProvidedService<Grant> {
  /** How a workload with an edge connects. */
  connection(workload: string): Connection;
  /**
   * How the server's first user connects to where workloads do, for whoever has a server without an application.
   * @default - as every workload does
   */
  readonly owner?: Connection;
  /** Users for a Job in the cluster to make. @default - all workloads share what the cloud made */
  readonly users?: ProvidedUsers;
  /** How whoever measures it connects, where the application is measured. @default - nothing measures it */
  readonly measuring?: Connection;
  /**
   * What of it runs in the application's namespace. Networks between it and workloads are opened by both: here, and by the
   * endpoints of `connection`. @default - nothing
   */
  readonly objects?: (facts: CloudFacts) => readonly KubernetesObject[];
  /** What the identity of a workload with an edge to it may do. Empty where the password is the permission. */
  readonly grants: readonly Grant[];
  /** The same of a workload that may only read. @default - `grants`: nothing there is its identity's to write */
  readonly readerGrants?: readonly Grant[];
}
