import type { RenderedReport } from "./rendered";

/** How much is at stake, from the least. */
export const LEVELS = ["low", "medium", "high", "critical"] as const;

export type Level = (typeof LEVELS)[number];

/** Kinds of risk, in the order in which a reader wants to know of them. */
export const RISK_CLASSES = [
  "data loss",
  "unknown",
  "downtime",
  "exposure",
  "permissions",
  "protection",
  "unmanaged",
  "secrets",
  "versions",
  "cost",
  "scorecard",
] as const;

export type RiskClass = (typeof RISK_CLASSES)[number];

/** What a change would mean for the people who use or run the application. */
export interface Risk {
  /** Names it wherever it turns up again: class, stack, what it is of, and what of it. The same risk has the same one. */
  readonly id: string;
  readonly class: RiskClass;
  readonly level: Level;
  /** Stack that it is in; the environment, where it is of all of them. */
  readonly stack: string;
  /** Address of the resource. Absent where the model alone says it. */
  readonly address?: string;
  /** Part of the model, in its words: `my-app / orders-db`. */
  readonly element: string;
  /** One sentence without a full stop, which does not name the element. */
  readonly says: string;
  /** Facts that it is concluded from, each with the place where it stands. */
  readonly because: readonly Fact[];
  /** Place in the program's source, `file:line`. Absent where the model does not tell. */
  readonly origin?: string;
  /** Why it may pass, where somebody has said so. */
  readonly acknowledged?: { readonly until: string; readonly reason: string };
}

/** Something that a conclusion rests on: a number, and where it was read. */
export interface Fact {
  readonly what: string;
  /** Argument of the plan, part of the model, or page of a vendor. */
  readonly from: string;
}

/** What changes in the model, in words: `memory limit 512Mi → 1Gi`. */
export interface ModelChange {
  readonly says: string;
  /** Place in the program's source, `file:line`. */
  readonly origin?: string;
}

/** One argument of a resource. Values are texts as they are shown: nothing sensitive is in them. */
export interface FieldReport {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  /** Whether it is why the resource is made anew. */
  readonly replaces: boolean;
}

export interface ResourceReport {
  readonly stack: string;
  readonly address: string;
  /** Which part of its element it is: `db instance`. */
  readonly part: string;
  /** What becomes of it: `replaced, the old one first`. */
  readonly becomes: string;
  /** Why, in words, where the engine says more than that its arguments changed. */
  readonly reason?: string;
  readonly fields: readonly FieldReport[];
  /** Number of its fields that are left out: what the provider alone computes, or writes in another way. */
  readonly leftOut: number;
}

/** What becomes of one part of the model. */
export interface ElementReport {
  /** `my-app / orders-db`. */
  readonly name: string;
  /** What it is: `Amazon RDS for MySQL`, `http`. */
  readonly kind?: string;
  readonly origin?: string;
  /** What becomes of it: `is replaced: its data is lost`. */
  readonly effects: readonly string[];
  readonly changes: readonly ModelChange[];
  readonly resources: readonly ResourceReport[];
}

/** What becomes of resources, in the order in which numbers of them are told. */
export const COUNTED = ["create", "update", "replace", "delete", "forget", "move", "import"] as const;

export interface StackSummary {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Names of its outputs that change. */
  readonly outputs: readonly string[];
  /** What is to be known of the plan itself: that it is not whole, or of a run that failed. */
  readonly notes: readonly string[];
  /** What its plan takes for true, where it was made before the stacks that it stands on. */
  readonly assumptions?: readonly { readonly address: string; readonly says: string }[];
}

/** What somebody else changed since the last apply. */
export interface DriftReport {
  readonly stack: string;
  readonly address: string;
  readonly element: string;
  readonly says: string;
  readonly fields: readonly FieldReport[];
}

/** A plan of one or more stacks, in the words of the model. */
export interface Report {
  /** Plans that it is made of, or what was compared in place of plans. */
  readonly of: "plans" | "stacks";
  readonly outcome: "changes" | "nothing";
  readonly stacks: readonly StackSummary[];
  /** Environments that they are of, as far as the models know. */
  readonly environments: readonly string[];
  /** Risks from the highest level to the lowest, and in order of their classes. */
  readonly risks: readonly Risk[];
  readonly elements: readonly ElementReport[];
  readonly drift: readonly DriftReport[];
  /** Outputs of the model beside the stacks that change. Absent where nobody has said what they were: it is no word that none does. */
  readonly rendered?: readonly RenderedReport[];
  /** SHA-256 of what is reviewed: that of `goldenpath reviewed`. Absent where the plans cannot be reviewed. */
  readonly digest?: string;
}

export const levelOf = (level: Level): number => LEVELS.indexOf(level);
