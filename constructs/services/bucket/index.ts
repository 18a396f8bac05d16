import type { ConnectionContract } from "../../model/connection";
import { bucketForms } from "../../model/validate/bucket-shape";
import { serviceBuilder, type ServiceOf } from "../define";
import { externalPart } from "../external-part";
import { BUCKET_MOVE } from "./moving";
import { BUCKET_RULES, BUCKET_SETTINGS } from "./rules";
import type { BucketSettings } from "./spec";

export type { BucketSpec } from "./spec";

/**
 * Object storage that speaks S3. Injects `S3_ENDPOINT`, `S3_BUCKET` and `S3_REGION`; access comes from the workload's
 * identity, and from `S3_ACCESS_KEY_ID` and `S3_SECRET_ACCESS_KEY` where a cloud has no other way. `S3_SSL_CA` where the
 * server's certificate needs a bundle; a server in the cluster has no names for buckets, so clients use path style.
 */
export type Bucket = ServiceOf<"bucket", BucketSettings>;

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
export const bucket = serviceBuilder<"bucket", BucketSettings>({
  kind: "bucket",
  category: "bucket",
  contract: CONTRACT,
  fields: {
    keepVersionsDays: bucketForms.keepVersionsDays,
    lifecycle: bucketForms.lifecycle.optional(),
    cors: bucketForms.cors.optional(),
  },
  defaults: { keepVersionsDays: 90 },
  sizes: {
    managed: [...BUCKET_SETTINGS, "imported"],
    "in-cluster": ["size", "storage", "backups", "passwords", ...BUCKET_SETTINGS],
    external: ["lifecycle", "cors"],
  },
  settings: BUCKET_RULES,
  readers: true,
  external: () => ({
    parts: { bucket: WORD, region: WORD, accessKeyId: WORD },
    connection: ({ host, port, tls, parts }) => ({
      ...parts,
      endpoint: `${tls ? "https" : "http"}://${host}${port === (tls ? 443 : 80) ? "" : `:${port}`}`,
    }),
  }),
  copied: "objects",
  moving: BUCKET_MOVE,
});
