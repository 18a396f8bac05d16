/** What changes if an environment moved to another cloud. */
export interface Move {
  readonly environment: string;
  /** Titles of the clouds. */
  readonly from: string;
  readonly to: string;
  /** The environment whose cloud it would be: region, project, network and the like are that one's. */
  readonly like: string;
  readonly rows: readonly Row[];
  readonly services: readonly ServiceMove[];
  /** Problems that the environment would have there, as synthesis would print them. */
  readonly refused: readonly string[];
  /** What every production environment has, and would not have there, with the reason. */
  readonly missing: readonly string[];
}

export interface ServiceMove {
  readonly application: string;
  readonly service: string;
  /** `mysql` */
  readonly kind: string;
  readonly rows: readonly Row[];
}

/** One thing on both clouds, in the same words where it is the same. */
export interface Row {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

export const changed = ({ from, to }: Row): boolean => from !== to;

/** Text in place of words about what does not apply. */
export const NONE = "-";
