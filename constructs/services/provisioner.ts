import type { CopyElsewhere, NoCopyElsewhere } from "../model/elsewhere";
import type { Path, Problem } from "../model/problem";
import type { Recoverable } from "../model/recovery";
import type { ResolvedSizing, Service, SizingField } from "../model/service";
import type { AnyCloudAlarms } from "./cloud-alarms";
import type { PinnedVersion } from "./pinned-version";

/*
 * The contract of whoever provides a service: a cloud, the cluster, Docker Compose. A place has one provisioner for each
 * kind, in one table; whoever wants a service asks the table.
 */

/**
 * The places, by the names under which a kind of another program brings its provisioners. Each place adds itself where it is
 * defined: `declare module`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the places
export interface Places {}

export type PlaceName = keyof Places;

/** Types of one place: what it tells its provisioners beside the service, and what it wants of them. */
export interface Place {
  /** Told before anything exists: to look for problems, and to describe. Literals only. */
  readonly asked: object;
  /** Answer of `describe`. */
  readonly described: unknown;
  /** Told when the service is created. */
  readonly given: object;
  /** Answer of `provide`. */
  readonly provided: unknown;
  /** What the place has to know of a kind before any service of it exists, such as APIs to switch on. */
  readonly facts: object;
}

/** A service of an application, as every provisioner is asked for it. */
export interface ServiceRequest<S extends Service> {
  readonly service: S;
  /** Name in its application: `orders-db`. */
  readonly name: string;
  readonly sizing: ResolvedSizing;
}

export type DescribeRequest<S extends Service, P extends Place> = ServiceRequest<S> & P["asked"];

export type ProvisionRequest<S extends Service, P extends Place> = ServiceRequest<S> & P["given"];

/**
 * How one place provides one kind of service. Its functions are methods on purpose: the compiler then lets a provisioner of
 * one kind stand for one of any service, which `provisionerTable` asks it for by that kind alone.
 */
export interface Provisioner<S extends Service, P extends Place> {
  /** Versions of products that it runs. @default - the place says of none what it is */
  readonly versions?: readonly PinnedVersion[];
  /**
   * Fields of the sizing that services of the kind have elsewhere and not here, each with the reason: an environment that
   * gives one is refused, and its profile's value counts for nothing. @default - none
   */
  readonly lacks?: Readonly<Partial<Record<SizingField, string>>>;
  /** @default - the place has to know nothing */
  readonly facts?: P["facts"];
  /** What of a valid service is not to be had here. `path` is the service's own. @default - everything is */
  problems?(request: DescribeRequest<S, P>, path: Path): Problem[];
  /** Most connections that a service of this size takes at one time. @default - unknown, or nothing bounds them */
  connections?(sizing: ResolvedSizing): number | undefined;
  /**
   * How its data come back once they are lost: what the place documents of what `provide` sets.
   * @default - unknown: an environment that promises anything of it is refused
   */
  recoverable?(request: ServiceRequest<S>): Recoverable | undefined;
  /**
   * What becomes of its data once the region is lost, where the environment has copies in `region`.
   * @default - no copy of it leaves the region
   */
  elsewhere?(request: ServiceRequest<S>, region: string): CopyElsewhere | NoCopyElsewhere;
  /**
   * How the cloud tells what only it sees of the service, where the environment is measured: every failure of the kind, or why
   * not. @default - nothing of it is told
   */
  alarms?(request: DescribeRequest<S, P>): AnyCloudAlarms;
  /** What `provide` would create, in facts that people compare. */
  describe(request: DescribeRequest<S, P>): P["described"];
  /** Creates it. */
  provide(request: ProvisionRequest<S, P>): P["provided"];
}

/** What stands in place of a provisioner, where a place does not run a kind. */
export interface NotHere {
  /** Why, as a clause: `Azure sells no RabbitMQ`. */
  readonly notHere: string;
}

/** Provisioners of one kind that another program has defined, by place. */
export type ProvisionersByPlace<S extends Service> = { readonly [N in PlaceName]?: Provisioner<S, Places[N]> };
