/* What an account has to have before an environment is deployed to it. Plain data, and how an answer is judged: nobody is asked here. */

/** Kinds of checks, in the order in which they are read: what comes first is what the others need. */
export const KINDS = [
  "tools",
  "login",
  "rights",
  "services",
  "quotas",
  "offers",
  "names",
  "imports",
  "network",
  "dns",
  "secrets",
  "cluster",
] as const;

export type Kind = (typeof KINDS)[number];

/** Words of a command, the program first. They are run as they are, and no shell reads them. */
export type Words = readonly string[];

/** What a command answered. */
export interface Answer {
  /** Exit code of the command. */
  readonly code: number;
  /** What it printed. */
  readonly text: string;
  /** What it complained of. */
  readonly complaint: string;
}

/**
 * `passed`: it holds. `failed`: it does not, and a deploy would stop or wait for ever. `unclear`: there was an answer, and it does not say
 * which, or is none that is known here. `not asked`: nobody was asked, or what was asked about comes later. Only an answer passes.
 */
export type Verdict = "failed" | "not asked" | "passed" | "unclear";

export interface Finding {
  readonly verdict: Verdict;
  /** What was found, or why nothing was: a clause for people. Never a value of a secret. */
  readonly found: string;
}

/** What of an environment wants it. */
export interface Need {
  /** `1 of aws_eip`, `up to 14 vCPUs`: how much of it or what, for people. */
  readonly what: string;
  /** Part of the model: `my-app / orders-db`. */
  readonly of: string;
  /** Stack and address of the resource: `staging: aws_db_instance.…`. @default - none has it by itself */
  readonly at?: string;
}

/** Something to do, and its commands whole; they may change something, and nobody here runs one. */
export interface Remedy {
  readonly say: string;
  readonly run: readonly string[];
}

/** One thing that has to hold. */
export interface Check {
  /** Stays the same from run to run: `quota/ec2/L-1216C47A`. */
  readonly id: string;
  readonly kind: Kind;
  /** What has to hold: a sentence without its end. */
  readonly holds: string;
  /** Who wants it, at least one. */
  readonly needs: readonly Need[];
  /** Commands that ask: all of them read, and none writes. Empty where no command reads it. */
  readonly ask: readonly Words[];
  /** How the answer is judged, for people: it passes where this is so. */
  readonly passes: string;
  /** What to do where it does not hold. */
  readonly otherwise: Remedy;
  /** Page of who runs it that says so. */
  readonly source: string;
  /** Checks by their ids that pass first: where one does not, this one is not asked. */
  readonly after: readonly string[];
  /** What it means that a program of `ask` is not on this machine. @default - nobody is asked */
  readonly absent?: Finding;
  /** Judges the answers to `ask`, in their order. @throws NotUnderstood where there is no telling */
  judge(answers: readonly Answer[]): Finding;
}

/** What a cloud wants of an account for one environment, and what it cannot ask. */
export interface CloudChecks {
  readonly checks: readonly Check[];
  /** What is asked by no check, and why: a sentence each. */
  readonly unasked: readonly string[];
  /** How the cluster itself is asked. @default - nobody here knows */
  readonly cluster?: ClusterAsked;
}

/** How a cluster is asked by kubectl for what applications find there. */
export interface ClusterAsked {
  /** Arguments of every command. */
  readonly options: Words;
  /** Checks by their ids that tell that kubectl reaches this cluster, and no other. */
  readonly after: readonly string[];
  /** Resources that other checks ask for: `storageclasses.storage.k8s.io`. @default - none */
  readonly except?: readonly string[];
}

/** All of one environment. */
export interface Checklist extends CloudChecks {
  readonly environment: string;
}
