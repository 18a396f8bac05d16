/* What becomes of an environment that is taken down, as it is synthesized now. Plain data: it is printed, and says the same to programs. */

/** A stack, and in which order its resources go. */
export interface StackTeardown {
  readonly name: string;
  /** What it holds, for people. */
  readonly holds: string;
  readonly command: string;
  /**
   * Resources by the step in which they go: each as soon as all are gone that refer to it or were told to wait for it, and none of its
   * own step are.
   */
  readonly waves: readonly (readonly Leaving[])[];
}

export interface Leaving {
  readonly address: string;
  /** Part of the model that it is of: `my-app / orders-db`. */
  readonly element: string;
  /** Type, or kind of an object: `aws_db_instance`, `Ingress`, `release traefik`. */
  readonly what: string;
}

/** Something that refuses to be destroyed as it is. */
export interface Stop {
  readonly stack: string;
  readonly address: string;
  readonly element: string;
  /** Who refuses: Terraform in the plan, or somebody else in the apply. */
  readonly by: string;
  /** Whether it refuses whatever there is; else only where there is something that no stack has. */
  readonly certain: boolean;
  readonly lift: Lift;
}

/** Words by which a stop is lifted: those in `drops` of an application, `protect: false`, `locks: false` of a cloud, or not at all. */
export type Lift = "drops" | "locks" | "protect" | "never";

/** Something to do, in its place among all others. */
export interface Step {
  readonly say: string;
  /** Commands of a shell, whole. */
  readonly run: readonly string[];
}

/** Objects that do not go before a controller has seen that they are to. */
export interface Wait {
  readonly what: string;
  readonly finalizer: string;
  /** Which objects, by stack and address or name; what makes them, where no stack has them. */
  readonly objects: readonly string[];
  readonly controller: string;
  /** They go first; somebody has to see to it; somebody else runs it; or they would never go. */
  readonly verdict: "before" | "by hand" | "elsewhere" | "hangs";
  /** Why it is so. */
  readonly why: string;
  readonly source: string;
}

/** Something that a controller made, and that is in no state. */
export interface Made {
  readonly what: string;
  readonly by: string;
  /** What of the environment it was made for. */
  readonly of: string;
  readonly becomes: "goes" | "stays";
  readonly says: string;
}

/** A name that is not free at once, or free to anybody. */
export interface TakenName {
  readonly name: string;
  readonly of: string;
  readonly says: string;
  readonly source: string;
}

/** Something that is there afterwards. */
export interface Remains {
  readonly what: string;
  readonly of: string;
  readonly says: string;
  /** Whether somebody pays for it. */
  readonly billed: boolean;
  readonly source: string;
}

export interface Rehearsal {
  readonly environment: string;
  /** Whether each of the commands would go through now, the stack of the state aside, which is left for last: nothing refuses for certain, and nothing would hang. */
  readonly through: boolean;
  /** Stacks in the order in which they are destroyed. */
  readonly stacks: readonly StackTeardown[];
  readonly steps: readonly Step[];
  readonly stops: readonly Stop[];
  /** What would still refuse when all of that is lifted as the steps say. None, unless patches or objects of somebody's own do. */
  readonly unlifted: readonly Stop[];
  readonly waits: readonly Wait[];
  readonly made: readonly Made[];
  readonly names: readonly TakenName[];
  readonly remains: readonly Remains[];
  /** What nobody here knows, a sentence each. */
  readonly unknown: readonly string[];
}
