/**
 * What is known of one type of Terraform resource that services of a kind are made of, where this program has no such type itself. An
 * entry says all that there is to say of what is lost and of what a destroy meets: what it leaves out is not so. A type without an entry
 * is not known, and reports say so. Data alone: `model.json` carries it to whoever reads a plan.
 */
export interface ResourceFacts {
  /** What goes with it when it is deleted, or made anew. `{}`: nothing that another one would not have. */
  readonly lost: LostWithIt;
  /** What a destroy of it meets. `{}`: nobody refuses it, its name is free at once, and nothing is left. */
  readonly destroyed: Destroyed;
  /** Which of its arguments change in place. @default - only a plan tells */
  readonly changes?: ChangeFacts;
  /** Changes in place for which it is away for a while. @default - none is */
  readonly restarts?: readonly RestartFact[];
}

export interface LostWithIt {
  /** What is lost: `its databases`. @default - nothing */
  readonly holds?: string;
  /** What may be lost, and no plan says whether there is any: `the logs in it`. @default - nothing */
  readonly mayHold?: string;
  /** Who misses it while it is not there: `whoever uses it`. @default - nobody */
  readonly serves?: string;
}

/**
 * Arguments by what the provider does for another value, each with its path: `settings.tier`. A path means all that is below it, and
 * what is in no list is not known.
 */
export interface ChangeFacts {
  /** Another value is another resource. @default - none is known */
  readonly anew?: readonly string[];
  /** They change in place. @default - none is known */
  readonly inPlace?: readonly string[];
  /** Amounts that grow in place, and are another resource where they are less. @default - none is known */
  readonly grows?: readonly string[];
  /** Arguments that stay as they were where nothing is said of them any more. @default - none is known */
  readonly stays?: readonly string[];
  /** Whether what is in no list changes in place: where the provider was read whole. @default false */
  readonly isWhole?: true;
}

export interface RestartFact {
  /** Arguments that ask for it, as plans write them: `sku_name`, `settings[0].tier`. */
  readonly fields: readonly string[];
  /** What happens, as a clause: `the server restarts at once`. */
  readonly says: string;
  /** Page of the vendor that says so. */
  readonly source: string;
}

/** What a destroy meets. In its texts an argument in braces stands for its value: `{name}`, `{settings.tier}`. What Terraform draws is three dots. */
export interface Destroyed {
  /** Who refuses while an argument is true: `{ argument: "deletion_protection", by: "RDS" }`. @default - nobody */
  readonly refusedBy?: readonly { readonly argument: string; readonly by: string }[];
  /** Which name stays taken, or goes to anybody. @default - it is free at once, and nobody else may take it */
  readonly taken?: { readonly name: string; readonly says: string; readonly source: string };
  /** What is left behind. @default - nothing */
  readonly leaves?: readonly LeftBehind[];
  /** Whether what it leaves was made while it was there, so that one that is gone before has left it too. @default false */
  readonly accumulates?: true;
}

export interface LeftBehind {
  readonly what: string;
  /** How long it is there, and who ends it. */
  readonly says: string;
  readonly billed: boolean;
  readonly source: string;
  /** An argument and the value with which alone it is left. @default - it always is */
  readonly where?: { readonly argument: string; readonly is: boolean | number | string };
}

/** Facts by type: `azurerm_mysql_flexible_server`. */
export type ResourceTypes<F extends ResourceFacts = ResourceFacts> = Readonly<Record<string, F>>;
