import { z } from "zod";
import type { ConnectionContract } from "../../model/connection";
import { serviceBuilder, type ServiceOf } from "../define";
import { externalPart } from "../external-part";
import { BUCKET_MOVE } from "./moving";

export interface BucketSpec {
  /** Days after which an overwritten or deleted version is gone for good, 1 to 3650. @default 90 */
  readonly keepVersionsDays?: number;
}

/**
 * Object storage that speaks S3. Injects `S3_ENDPOINT`, `S3_BUCKET` and `S3_REGION`; access comes from the workload's
 * identity, and from `S3_ACCESS_KEY_ID` and `S3_SECRET_ACCESS_KEY` where a cloud has no other way. `S3_SSL_CA` where the
 * server's certificate needs a bundle; a server in the cluster has no names for buckets, so clients use path style.
 */
export type Bucket = ServiceOf<"bucket", Required<BucketSpec>>;

const CONTRACT: ConnectionContract = {
  defaultPort: 443,
  parts: {
    endpoint: { secret: false },
    bucket: { secret: false },
    region: { secret: false },
    accessKeyId: { secret: false, optional: true },
    secretAccessKey: { secret: true, optional: true },
  },
  variables: {
    S3_ENDPOINT: { template: [{ part: "endpoint", raw: true }] },
    S3_BUCKET: { template: [{ part: "bucket", raw: true }] },
    S3_REGION: { template: [{ part: "region", raw: true }] },
    S3_ACCESS_KEY_ID: { template: [{ part: "accessKeyId", raw: true }] },
    S3_SECRET_ACCESS_KEY: { template: [{ part: "secretAccessKey", raw: true }] },
    S3_SSL_CA: { file: "caBundle" },
  },
};

const WORD = externalPart(/^[\w.-]{1,128}$/, "use up to 128 letters, digits and . _ -");

/** A bucket of the application's own. */
export const bucket = serviceBuilder<"bucket", Required<BucketSpec>>({
  kind: "bucket",
  contract: CONTRACT,
  fields: {
    keepVersionsDays: z.int().min(1).max(3650),
  },
  defaults: { keepVersionsDays: 90 },
  sizes: { managed: [], "in-cluster": ["size", "storage", "passwords"] },
  external: () => ({
    parts: { bucket: WORD, region: WORD, accessKeyId: WORD },
    connection: ({ host, port, tls, parts }) => ({
      ...parts,
      endpoint: `${tls ? "https" : "http"}://${host}${port === (tls ? 443 : 80) ? "" : `:${port}`}`,
    }),
  }),
  moving: BUCKET_MOVE,
});
