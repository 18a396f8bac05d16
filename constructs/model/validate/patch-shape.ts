import { z } from "zod";
import type { ObjectPatch, Patch, PatchValue, ResourcePatch } from "../patch";
import { pathSteps } from "../patch-path";
import { schemaOf } from "../schema-of";

const path = z
  .string()
  .refine(
    (text) => pathSteps(text) !== undefined,
    'write a path as spec.template.spec.containers[name].field or metadata.annotations["a/b"]',
  );

const value: z.ZodType<PatchValue> = z.lazy(() =>
  z.union(
    [z.string(), z.number(), z.boolean(), z.array(value), z.record(z.string(), value)],
    "give plain data: texts, numbers, true, false, lists and objects",
  ),
);

const values = z
  .record(path, value)
  .refine((given) => Object.keys(given).length > 0, "change one field at least")
  .optional();

const changes = {
  reason: z.string().trim().min(10).max(1000),
  add: values,
  replace: values,
  remove: z.array(path).min(1).optional(),
};

/** Form of a patch. */
export const patchShape: z.ZodType<Patch> = z.discriminatedUnion(
  "on",
  [
    schemaOf<ObjectPatch>()({
      ...changes,
      on: z.literal("object"),
      of: z.string().optional(),
      kind: z.string().regex(/^[A-Z][A-Za-z\d]*$/, 'use the kind of an object, e.g. "Deployment"'),
      object: z.string().optional(),
    }),
    schemaOf<ResourcePatch>()({
      ...changes,
      on: z.literal("resource"),
      of: z.string(),
      type: z.string().regex(/^[a-z][a-z\d]*_[a-z\d_]+$/, 'use the type of a resource, e.g. "aws_db_instance"'),
      id: z.string().optional(),
    }),
  ],
  "make it with objectPatch() or resourcePatch()",
);
