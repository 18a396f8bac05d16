import { z } from "zod";
import { BUCKET_METHODS, type BucketCors, type BucketLifecycle } from "../bucket";
import { schemaOf } from "../schema-of";
import { header, once, origin } from "./route-shape";

/* The form of what an application says of a bucket, and an environment of it. */

const days = z.int().min(1).max(3650);

/** What every cloud takes in a rule, none of which means more there than itself. */
const prefix = z
  .string()
  .max(200)
  .refine((text) => !text.startsWith("/"), "use the beginning of a key, which has no slash before its first folder")
  .regex(/^[A-Za-z0-9_.=/-]*$/, "use the beginning of a key: letters, digits and . _ = / -");

export const bucketForms = {
  keepVersionsDays: days,
  lifecycle: schemaOf<BucketLifecycle>()({
    expireAfterDays: z
      .record(prefix, days)
      .refine((all) => Object.keys(all).length <= 50, "use at most 50")
      .optional(),
    abortUploadsAfterDays: z.int().min(1).max(365).optional(),
  }),
  cors: z
    .array(
      schemaOf<BucketCors>()({
        origins: once(origin).min(1),
        methods: once(z.enum(BUCKET_METHODS)).min(1),
        headers: once(header).min(1).optional(),
        exposedHeaders: once(header).optional(),
        maxAgeSeconds: z.int().min(0).max(86_400).optional(),
      }),
    )
    .min(1)
    .max(20),
};
