import type { CopyElsewhere, NoCopyElsewhere } from "../model/elsewhere";
import type { ElsewhereOperations, FailureOperations, Restore } from "../model/operations";
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

/** How a place knows what it takes over, and what may stand beside it. */
export interface ImportForm {
  /** What `imported.id` is: `the identifier of an RDS instance`, with the form that it has. */
  readonly id: ImportedName;
  /** Words of `imported.with`, each with what it takes over: `{ policy: "the bucket's policy" }`. @default - nothing stands beside it */
  readonly with?: Readonly<Record<string, string>>;
  /** What `imported.keeps` names. @default - it keeps nothing that is said */
  readonly keeps?: ImportedName;
}

/** A name that something has already. */
export interface ImportedName {
  /** What it is a name of, as the end of a sentence. */
  readonly what: string;
  readonly form: RegExp;
  readonly example: string;
}

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
  /** What of the kind is taken over where it is there already. @default - nothing is: an environment that says `imported` is refused */
  readonly imports?: ImportForm;
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
  /**
   * What people do with the place's own tools when the service fails, or its data are to come back, as runbooks tell it.
   * @default - runbooks have nothing of it
   */
  operations?(request: DescribeRequest<S, P>): ServiceOperations<DescribeRequest<S, P>>;
  /** What `provide` would create, in facts that people compare. */
  describe(request: DescribeRequest<S, P>): P["described"];
  /** Creates it. */
  provide(request: ProvisionRequest<S, P>): P["provided"];
}

/** What people do about one service. */
export interface ServiceOperations<Request> {
  /** Brings it back to the time `AT`. @default - there is nothing to bring back, or no way to a time */
  readonly restore?: Restore;
  /** About a failure that only the cloud sees, by its name. `undefined`: nobody knows more than the alarm says. @default - of none */
  failure?(name: string): FailureOperations | undefined;
  /**
   * Copies of it in the second region, and how they come into an environment that was made there.
   *
   * @param there the service as it is asked for there
   * @param stack the application's there
   * @default - there are none
   */
  elsewhere?(there: Request, stack: string): ElsewhereOperations;
}

/** What stands in place of a provisioner, where a place does not run a kind. */
export interface NotHere {
  /** Why, as a clause: `Azure sells no RabbitMQ`. */
  readonly notHere: string;
}

/** Places that the package has. Of one that a program does not import, a kind may say the reason all the same. */
type PackagedPlace = "aws" | "azure" | "compose" | "google" | "in-cluster";

/**
 * Provisioners of one kind that another program has defined, by place, or why a place has none. The compiler asks for each place that the
 * program imports, in whichever of its files, and for no other. A getter is asked when its place is, and not before: one that requires
 * its file loads the bindings of its cloud for programs on that cloud alone.
 */
export type ProvisionersByPlace<S extends Service> = {
  readonly [N in PlaceName]: Provisioner<S, Places[N]> | NotHere;
} & { readonly [N in Exclude<PackagedPlace, PlaceName>]?: NotHere };
