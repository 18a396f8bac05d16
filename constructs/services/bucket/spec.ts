import type { BucketCors, BucketLifecycle } from "../../model/bucket";

export interface BucketSpec {
  /** Days after which an overwritten or deleted version is gone for good, 1 to 3650. @default 90 */
  readonly keepVersionsDays?: number;
  /** What becomes of objects by themselves. @default - they stay */
  readonly lifecycle?: BucketLifecycle;
  /** Which pages may use it from a browser, by URLs that a workload signs. @default - none */
  readonly cors?: readonly BucketCors[];
}

/** The same with its defaults. */
export type BucketSettings = Required<Pick<BucketSpec, "keepVersionsDays">> & Omit<BucketSpec, "keepVersionsDays">;
