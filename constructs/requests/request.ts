import type { KindName } from "../kinds/kinds";
import type { Recovery } from "../model/recovery";
import type { Access } from "../model/workload";

/* What a team asks for by a file: `requests/invoices-db.yaml`. Each file is one request. */

interface Common {
  /** Name of what is asked for: of the service, the host or the environment. Names its keys, variables and resources. */
  readonly name: string;
  /** Application that it is for. */
  readonly application: string;
  /** What it is for, in a sentence for whoever decides. */
  readonly reason: string;
  /** Person or team who asks, and is asked back. */
  readonly requestedBy: string;
}

/** Fields of every data service that can be asked for. */
export interface ServiceFields extends Common {
  /** Workloads of the application that use it. None: on its way out, as what is taken away is out of all needs before. */
  readonly usedBy: readonly (string | Use)[];
  /** Class of the data in it, of those that the policy names. */
  readonly data: string;
  /** Size by environment, of those that the policy names. @default - that of the environment's profile */
  readonly sizes?: Readonly<Record<string, string>>;
  /** What is promised of lost data, by environment. @default - what the environment promises */
  readonly recovery?: Readonly<Record<string, Recovery>>;
  /**
   * Last day on which it is needed: `2027-01-31`. It then runs in the cluster alone, everywhere. @default - it stays until its
   * file is taken away
   */
  readonly until?: string;
  /**
   * Whether its variables have the plain names of its kind, `DATABASE_URL`, where nothing of the kind is in the program. @default - its name is before them:
   * `INVOICES_DB_DATABASE_URL`
   */
  readonly default?: boolean;
}

/** A workload that uses a service, and how. */
export interface Use {
  readonly workload: string;
  /** @default "write" */
  readonly access?: Access;
}

export interface DatabaseRequest extends ServiceFields {
  readonly request: "database";
  /** Kind of database, of those that are to be had. @default "mysql" */
  readonly engine?: KindName;
  /** Name of the database in the server. @default - that of its kind */
  readonly database?: string;
  /** Major version. @default - that of its kind */
  readonly version?: string;
}

export interface CacheRequest extends ServiceFields {
  readonly request: "cache";
  /** @default "redis" */
  readonly engine?: "redis";
  /** What happens when memory is full. @default - that of `redis()` */
  readonly eviction?: string;
}

export interface QueueRequest extends ServiceFields {
  readonly request: "queue";
  /** @default "rabbitmq" */
  readonly engine?: "rabbitmq";
  /** Major and minor version. @default - that of `rabbitmq()` */
  readonly version?: string;
}

export interface BucketRequest extends Omit<ServiceFields, "sizes" | "recovery"> {
  readonly request: "bucket";
  /** Days that old versions of objects are kept. @default - that of `bucket()` */
  readonly keepVersionsDays?: number;
}

/** A host of the application, and a route of it. */
export interface DomainRequest extends Common {
  readonly request: "domain";
  /** Workload that answers. It speaks HTTP. */
  readonly to: string;
  /** Begins with `/`. @default "/" */
  readonly path?: string;
  /** Domain by environment: of each environment that runs the application. */
  readonly domains: Readonly<Record<string, string>>;
}

/** A further environment of an application, made by a template of the platform's. */
export interface EnvironmentRequest extends Common {
  readonly request: "environment";
  /** Name of the template, of those that the policy has. */
  readonly template: string;
  /** Domain of each host of the application's routes. @default - the application has no routes */
  readonly domains?: Readonly<Record<string, string>>;
  /** Last day on which it is needed: `2027-01-31`. @default - it stays until its file is taken away */
  readonly until?: string;
}

export type ServiceRequest = BucketRequest | CacheRequest | DatabaseRequest | QueueRequest;

/** What a file asks for. */
export type Request = DomainRequest | EnvironmentRequest | ServiceRequest;

export type RequestKind = Request["request"];

/** Kinds of data services. */
export const SERVICE_REQUESTS = ["bucket", "cache", "database", "queue"] as const;

/** Every kind, in the order of their names. */
export const REQUEST_KINDS = [...SERVICE_REQUESTS, "domain", "environment"] as const satisfies readonly RequestKind[];

/** Whether it asks for a data service. */
export const asksForService = (request: Request): request is ServiceRequest =>
  (SERVICE_REQUESTS as readonly string[]).includes(request.request);

/** Workloads that a service is used by, each with its access. */
export const usesOf = ({ usedBy }: ServiceRequest): readonly Use[] =>
  usedBy.map((use) => (typeof use === "string" ? { workload: use } : use));

/** Sizes that a request asks for, by environment. */
export const sizesOf = (request: Request): Readonly<Record<string, string>> =>
  ("sizes" in request ? request.sizes : undefined) ?? {};

/** Promises that a request asks for, by environment. */
export const promisesOf = (request: Request): Readonly<Record<string, Recovery>> =>
  ("recovery" in request ? request.recovery : undefined) ?? {};

/** Last day of it, where it has one. */
export const untilOf = (request: Request): string | undefined => ("until" in request ? request.until : undefined);
