import type { ResolvedApplication, ResolvedService } from "./resolved";

/* What people do with a cloud's own tools when something is lost, as runbooks tell it. */

/** Something to do, and the commands for it: whole, with nothing left to fill in. */
export interface Done {
  readonly say: string;
  /** Lines of a POSIX shell. @default - none */
  readonly run?: readonly string[];
}

/** The Terraform state of one stack, where the cloud keeps it. */
export interface StateOperations {
  /** Where it is, in words. */
  readonly place: string;
  /** Says who holds its lock, and since when; fails where nobody does. */
  readonly holder: readonly string[];
  /** Sets the variable `LOCK` to what `terraform force-unlock` wants. @default - a lock ends with its process */
  readonly lockId?: readonly string[];
  /** Lists its versions with their times. */
  readonly versions: readonly string[];
  /** Sets the variable `VERSION` to the newest that is not in force. @default - there is one, and `fetch` writes it */
  readonly previous?: string;
  /** Writes the version `VERSION` to a file. */
  readonly fetch: (file: string) => readonly string[];
}

/** The way of one database back to the time in the variable `AT`. */
export interface Restore {
  readonly steps: readonly Done[];
  /** What is left to clean up once all is well. */
  readonly last: readonly Done[];
  /** Whether users and their passwords come back as they were at that time, too. */
  readonly bringsUsers: boolean;
}

/** What people do about a failure that only the cloud sees. */
export interface FailureOperations {
  /** Says how it is now, by the cloud's own tool. */
  readonly look: readonly Done[];
  readonly mend: readonly Done[];
}

/** The environment as it is made again for one whose region is lost. */
export interface There {
  /** What names in its cloud have in place of its own: `production-eu-west-1`. */
  readonly nameThere: string;
  /** Its stack of the application. */
  readonly stack: string;
}

/** How an environment is made in another region while what it has in this one is there, reachable or not. */
export interface AnotherRegion {
  /** Where it is now. */
  readonly region: string;
  /** What of the cloud's object in its file changes, each in Markdown. */
  readonly change: readonly string[];
  /** Gives `kubectl` the new cluster: that of the name in the variable `CLUSTER`, in the region in `REGION`. */
  readonly credentials: readonly string[];
  /**
   * Gives the notes of external-dns, by which records of hosts have an owner, from the owner in the variable `OLD` to the one in `NEW`:
   * those of objects in one namespace. Nothing is changed where either is empty. Empty where it edits no zone.
   */
  readonly hosts: (namespace: string) => readonly Done[];
  /** What both have once, and goes with the first of them that is taken down: a sentence. @default - nothing */
  readonly shared?: string;
}

/** What people do with copies in a second region. */
export interface ElsewhereOperations {
  /** Says what has arrived there, and brings what has not. */
  readonly arrive: readonly Done[];
  /** Fills the services of an environment that was made there, empty. */
  readonly bring: readonly Done[];
}

/** What one environment's cloud answers. */
export interface CloudOperations {
  /** Gives `kubectl` the cluster. @default - it has it already */
  readonly credentials?: readonly string[];
  /** Says of the cluster, its machines and their zones what the cloud knows. @default - it knows nothing of them */
  readonly cluster?: readonly string[];
  /** Whether one zone's loss leaves the cluster's API standing, and who makes machines elsewhere: a sentence. */
  readonly zone: string;
  /** What stays taken after the cluster or its region is lost and made again, in lines. */
  readonly taken: readonly string[];
  /** A sentence on copies of disks that a loss of the cluster takes along. @default - they outlive it */
  readonly diskCopies?: string;
  /** @default - there is no other region */
  readonly anotherRegion?: AnotherRegion;
  /** A sentence on a copy of the state in another region, where the environment made the place of it. @default - there is none */
  readonly stateElsewhere?: string;
  readonly state: (stack: string) => StateOperations;
  /** Gives a secret of the store the value that is in a file. */
  readonly writeSecret: (remoteKey: string, file: string) => readonly string[];
  /** About a failure of a service, by its name. @default - nobody knows more than the alarm says */
  readonly failure?: (
    application: ResolvedApplication,
    service: ResolvedService,
    failure: string,
  ) => FailureOperations | undefined;
  /** Brings a database of the cloud's back to the time `AT`. `undefined`: it runs none of this kind. */
  readonly restore: (application: ResolvedApplication, service: ResolvedService) => Restore | undefined;
  /** Copies in a second region, and how they come into an environment there. @default - it keeps none */
  readonly elsewhere?: (application: ResolvedApplication, there: There) => ElsewhereOperations | undefined;
}
