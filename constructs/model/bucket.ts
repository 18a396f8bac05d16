/** What becomes of objects of a bucket by themselves. Every change leaves the bucket and what is in it. */
export interface BucketLifecycle {
  /**
   * Days after its writing after which an object is deleted, by the beginning of its key: `{ "exports/": 30 }`; `""` is every
   * key. What is deleted is an old version, and gone for good after `keepVersionsDays` more. @default - never
   */
  readonly expireAfterDays?: Readonly<Record<string, number>>;
  /** Days after which the parts of an upload that nobody completed are deleted, 1 to 365. @default 7 */
  readonly abortUploadsAfterDays?: number;
}

export const BUCKET_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"] as const;

/** Which pages may use URLs of the bucket that a workload signed, and how. @see https://fetch.spec.whatwg.org/#http-cors-protocol */
export interface BucketCors {
  /**
   * Names of hosts of this application, which stand for the domains that they have in each environment; origins
   * (`"https://partner.example.com"`); or `"*"` alone.
   */
  readonly origins: readonly string[];
  readonly methods: readonly (typeof BUCKET_METHODS)[number][];
  /** Headers that a page may send. @default - Content-Type */
  readonly headers?: readonly string[];
  /** Headers that a page may read, beside those that every page may: `["ETag"]` for uploads in parts. @default - none */
  readonly exposedHeaders?: readonly string[];
  /** How long a browser keeps the answer, in seconds. @default 3600 */
  readonly maxAgeSeconds?: number;
}
