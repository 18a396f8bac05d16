/* Where states of previews are, and how whoever sweeps them asks for them and takes them away. */

/** State of one stack of a preview, with all its versions and its lock. */
export interface StoredState {
  readonly stack: string;
  /** Time of the newest of its objects: RFC 3339. */
  readonly changed: string;
  /** Whether somebody holds its lock: a deploy is on its way, or ended without putting it down. */
  readonly locked: boolean;
  /** Commands that take it away, one for each object and version. What is gone already may make one fail. */
  readonly remove: readonly (readonly string[])[];
}

/** What the command that lists has printed. */
export interface ListAnswer {
  readonly code: number;
  readonly text: string;
  readonly complaint: string;
}

/** The place of states of a cloud, as its own program asks it. */
export interface PreviewStates {
  /** `bucket staging-tfstate-111111111111, below previews/` */
  readonly place: string;
  /** Words of the command that lists what is below the folder. */
  readonly list: readonly string[];
  /**
   * Reads its answer.
   *
   * @throws Error where it has another form
   */
  readonly read: (answer: ListAnswer) => readonly StoredState[];
}
