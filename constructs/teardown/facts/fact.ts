import type { Remains, TakenName } from "../rehearsal";
import type { Resource } from "../stack";

/** What is known of a type: what refuses its deletion beside Terraform, which name it leaves taken, what it leaves behind. */
export interface Fact {
  /** Who refuses, and when: a sentence's end. @default - nobody does */
  readonly refuses?: (resource: Resource) => string | undefined;
  /** The same of who refuses it only where there is something in it that no stack has. @default - nobody does */
  readonly mayRefuse?: (resource: Resource) => string | undefined;
  /** @default - its name is free at once, or nothing else asks for one like it */
  readonly taken?: (resource: Resource) => Taken | undefined;
  /** @default - nothing is left */
  readonly leaves?: (resource: Resource) => readonly Left[];
  /** Whether what it leaves was made while it was there, so that it is left by one that is turned off or gone before, too. */
  readonly accumulates?: boolean;
}

export type Taken = Omit<TakenName, "of">;
export type Left = Omit<Remains, "of">;

/** Facts by type. A type that leaves nothing, takes no name and refuses nothing has none of the three. */
export type Facts = Readonly<Record<string, Fact>>;
