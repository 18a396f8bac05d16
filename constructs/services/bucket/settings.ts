import type { BucketCors } from "../../model/bucket";
import type { BucketSettings } from "./spec";

/* What a bucket's settings come to, with every default. */

/** A rule for objects whose keys begin with a text. */
export interface Expiry {
  readonly prefix: string;
  readonly days: number;
}

export const expiries = ({ lifecycle }: BucketSettings): Expiry[] =>
  Object.entries(lifecycle?.expireAfterDays ?? {}).map(([prefix, days]) => ({ prefix, days }));

export const abortUploadsDays = ({ lifecycle }: BucketSettings): number => lifecycle?.abortUploadsAfterDays ?? 7;

export const corsRules = ({ cors = [] }: BucketSettings): Required<BucketCors>[] =>
  cors.map(({ origins, methods, headers = ["Content-Type"], exposedHeaders = [], maxAgeSeconds = 3600 }) => ({
    ...{ origins, methods, headers, exposedHeaders, maxAgeSeconds },
  }));

/** What people compare, by what it is called; nothing where the bucket says nothing of its own. */
export function bucketDeeds(spec: BucketSettings): Readonly<Record<string, string>> {
  const { cors, lifecycle } = spec;
  const expiry = expiries(spec).map(({ prefix, days }) => `${prefix}* after ${days} days`);
  return {
    ...(lifecycle && {
      lifecycle: [...expiry, `uploads nobody completed after ${abortUploadsDays(spec)} days`].join(", "),
    }),
    ...(cors && {
      CORS: corsRules(spec)
        .map(({ origins, methods }) => `${methods.join(" ")} from ${origins.join(" ")}`)
        .join(", "),
    }),
  };
}
