/** What an update makes of a file. */
export type Outcome = Changed | Stays;

/** A file that is written, or removed. */
export interface Changed {
  /**
   * `added`: new in the template. `updated`: nobody here had edited it. `merged`: edits of both, apart from each other. `conflict`: edits of both at one
   * place, with marks. `moved`: another path, the same text. `removed`: gone from the template, and not edited.
   */
  readonly is: "added" | "conflict" | "merged" | "moved" | "removed" | "updated";
  readonly path: string;
  /** Path that it had until now. @default - the same */
  readonly from?: string;
  /** What it is now. @default - it is removed */
  readonly written?: { readonly text: string; readonly executable: boolean };
  /** Lines at which conflicts begin, from 1. @default - none */
  readonly lines?: readonly number[];
}

/** A file that is left as it is, though the template has something new. */
export interface Stays {
  /**
   * `ejected`: the team's, by a reason. `seeded`: the team's from the first day. `edited`: gone from the template, and edited here. `deleted`: deleted here.
   * `unknown`: in the template before, and in no list of the record. `shared`: there already, and another service's.
   */
  readonly is: "deleted" | "edited" | "ejected" | "seeded" | "shared" | "unknown";
  readonly path: string;
  /** Path that the template has it under now. @default - the same */
  readonly to?: string;
  /** Why somebody ejected it. */
  readonly reason?: string;
  /** What the template had and what it has: the difference is what was missed. An empty text is no file. */
  readonly missed: { readonly base: string; readonly theirs: string };
}
