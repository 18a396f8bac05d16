import { z } from "zod";
import { kindsOf } from "../kinds/kinds";
import { parseSpan, type Recovery } from "../model/recovery";
import { schemaOf } from "../model/schema-of";
import { day, domain, name } from "../model/validate/forms";
import type {
  BucketRequest,
  CacheRequest,
  DatabaseRequest,
  DomainRequest,
  EnvironmentRequest,
  QueueRequest,
  Use,
} from "./request";

/*
 * The form of a request. `request.schema.json`, by which editors complete and check the files, is written from it. What a kind
 * of service says of its own settings (`database`, `version`) is checked by the kind, as it is for the program. What a function
 * checks, a pattern in `meta` says to editors.
 */

const CLASS = /^[a-z][a-z0-9-]{0,39}$/;

/** Name that the platform gives: a size, a class of data, a template. */
const word = z.string().regex(CLASS, "use lower-case letters, digits and hyphens, a letter first");
const line = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .refine((text) => !/[\r\n]/.test(text), "write it on one line")
  .meta({ pattern: "^[^\\r\\n]*\\S[^\\r\\n]*$" });
const environment = z.string().min(1).max(40);
const span = z
  .string()
  .refine((text) => parseSpan(text) !== undefined, 'use seconds, minutes, hours or days, e.g. "5m", "24h"')
  .meta({ pattern: "^[1-9][0-9]{0,5}[smhd]$" });
const setting = z.string().min(1).max(64);

const use = z.union(
  [name, schemaOf<Use>()({ workload: name, access: z.enum(["read", "write"]).optional() })],
  'use the name of a workload, or "workload" and "access"',
);

const common = {
  name: name.describe("of the service, the host or the environment"),
  application: name.describe("that it is for"),
  reason: line.describe("what it is for, in a sentence for whoever decides"),
  requestedBy: line.describe("person or team who asks"),
};

const service = {
  ...common,
  usedBy: z.array(use).max(50).describe("workloads of the application that use it"),
  data: word.describe("class of the data in it, of those that the policy names"),
  until: day.describe("last day on which it is needed; it then runs in the cluster alone").optional(),
  default: z.boolean().describe("whether it has the plain names of its kind, DATABASE_URL").optional(),
};

const server = {
  ...service,
  sizes: z.record(environment, word).describe("size by environment, of those that the policy names").optional(),
  recovery: z
    .record(
      environment,
      schemaOf<Recovery>()({
        rpo: span as z.ZodType<Recovery["rpo"]>,
        rto: span as z.ZodType<Recovery["rto"]>,
        rehearsed: day.describe("last day on which somebody brought it back on purpose").optional(),
      }),
    )
    .describe("what is promised of lost data, by environment")
    .optional(),
};

const database = schemaOf<DatabaseRequest>()({
  request: z.literal("database"),
  ...server,
  engine: z.enum(kindsOf("database")).optional(),
  database: setting.optional(),
  version: setting.optional(),
});

const cache = schemaOf<CacheRequest>()({
  request: z.literal("cache"),
  ...server,
  engine: z.literal("redis").optional(),
  eviction: setting.optional(),
});

const queue = schemaOf<QueueRequest>()({
  request: z.literal("queue"),
  ...server,
  engine: z.literal("rabbitmq").optional(),
  version: setting.optional(),
});

const bucket = schemaOf<BucketRequest>()({
  request: z.literal("bucket"),
  ...service,
  keepVersionsDays: z.int().min(1).max(3650).optional(),
});

const host = schemaOf<DomainRequest>()({
  request: z.literal("domain"),
  ...common,
  to: name.describe("workload that answers"),
  path: z
    .string()
    .max(200)
    .regex(/^\/[\w./~-]*$/, 'use a path that begins with "/"')
    .optional(),
  domains: z.record(environment, domain).describe("domain by environment, of each that runs the application"),
});

const place = schemaOf<EnvironmentRequest>()({
  request: z.literal("environment"),
  ...common,
  template: word.describe("of those that the policy has"),
  domains: z.record(name, domain).describe("domain of each host of the application's routes").optional(),
  until: day.describe("last day on which it is needed").optional(),
});

/** The form of a file. */
export const REQUEST = z.discriminatedUnion(
  "request",
  [bucket, cache, database, host, place, queue],
  "use bucket, cache, database, domain, environment or queue",
);

/** Names that a policy gives, for the schema of its program. */
export interface KnownNames {
  readonly data?: readonly string[];
  readonly sizes?: readonly string[];
  readonly templates?: readonly string[];
}

/** The form as a JSON Schema of draft 2020-12, with the names that a policy gives where they are known. */
export function requestJsonSchema({ data, sizes, templates }: KnownNames = {}): unknown {
  const choices = new Map<z.core.$ZodType, readonly string[] | undefined>([
    [service.data, data],
    [server.sizes.unwrap().valueType, sizes],
    [place.shape.template, templates],
  ]);
  return z.toJSONSchema(REQUEST, {
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema: part }) => {
      const known = choices.get(zodSchema);
      if (known === undefined || known.length === 0) return;
      part.enum = [...known];
      delete part.pattern;
    },
  });
}
