/** A day, or a month of which no day is documented: `2032-04-30`, `2030-03`. */
export type Day = `${number}-${number}-${number}` | `${number}-${number}`;

/** One version of a product that this program runs or has somebody run, for people who look ahead. */
export interface PinnedVersion {
  /** Name as it calls itself: `MySQL`. Of a cloud's service the service: `Amazon RDS for MySQL`. */
  readonly product: string;
  /** What is supported as one: `8.4`. */
  readonly version: string;
  /** Last day on which somebody mends it. `undefined`: no date is documented. */
  readonly endOfSupport: Day | undefined;
  /** Page that says so, or that would say so. */
  readonly source: string;
  /** Day on which it was read; of a stored copy that has a day, that. `undefined`: nobody has, and an end may have been announced. */
  readonly read: Day | undefined;
  /** What ends it where no day is announced, as a clause: `the next minor version ends it`. @default - nothing is known */
  readonly endedBy?: string;
  /** Why it is run past its end all the same. @default - past its end it is a mistake */
  readonly accepted?: Accepted;
  /** Arguments of resources that have the version: `aws_db_instance.engine_version`. @default - none has it */
  readonly arguments?: readonly string[];
}

/** A version past its end that is run on purpose. The reason holds until somebody has to look at it again. */
export interface Accepted {
  readonly until: Day;
  readonly reason: string;
}

/** The same of what runs from an image. */
export interface ImageVersion extends PinnedVersion {
  /** Image with its tag; with its digest where two independent sources agree on it. No registry was asked from here. */
  readonly image: string;
  /** Whether nobody will make another image of the version. @default false */
  readonly lastImage?: true;
}
