import { z } from "zod";
import type { AwsPermission, AzurePermission, GooglePermission, GoogleResource, Permissions } from "../permissions";
import { schemaOf } from "../schema-of";
import { orFalse } from "./container-shape";
import { name } from "./forms";

/* The form of what a workload may do in its cloud. */

const reason = z.string().trim().min(10).max(1000).optional();

const aws = schemaOf<AwsPermission>()({
  actions: z
    .array(z.string().regex(/^(?:\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/, 'use an action of a service: "sqs:SendMessage"'))
    .min(1),
  resources: z
    .array(
      z
        .string()
        .max(2048)
        .regex(
          /^(?:\*|arn:[a-z*-]+:[a-z0-9*-]+:[a-z0-9*-]*:[0-9*]*:[\w+=,.@:/*?#-]+)$/,
          'use an ARN: "arn:aws:sqs:eu-central-1:111111111111:orders"',
        ),
    )
    .min(1),
  reason,
});

const resourceId = z.string().regex(/^[A-Za-z0-9][\w.~+%-]{0,254}$/, "use the name of the resource alone");

const on = schemaOf<GoogleResource>()({
  topic: resourceId.optional(),
  subscription: resourceId.optional(),
  bucket: resourceId.optional(),
  secret: resourceId.optional(),
});

const google = schemaOf<GooglePermission>()({
  role: z
    .string()
    .regex(
      /^(?:(?:projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]|organizations\/\d+)\/)?roles\/[A-Za-z0-9_.]+$/,
      'use a role: "roles/pubsub.publisher"',
    ),
  on: on.optional(),
  reason,
});

const azure = schemaOf<AzurePermission>()({
  // The id of a role would be looked up as if it were a name.
  role: z
    .string()
    .regex(
      /^(?![0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$)[A-Za-z0-9][\w ()/.-]{0,511}$/,
      'use the name of a role: "Azure Service Bus Data Sender"',
    ),
  scope: z
    .string()
    .max(2048)
    .regex(
      /^\/subscriptions\/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:\/[\w.()-]+)*$/,
      'use the id of a resource: "/subscriptions/…/resourceGroups/…/providers/…"',
    ),
  reason,
});

export const permissions = schemaOf<Permissions>()({
  aws: z.record(name, aws).optional(),
  google: z.record(name, google).optional(),
  azure: z.record(name, azure).optional(),
}).optional();

const SCOPE = `/subscriptions/${[8, 4, 4, 4, 12].map((count) => "0".repeat(count)).join("-")}/none/none`;

/** The same with `false` for what is taken away. */
export const overriddenPermissions = z
  .strictObject({
    aws: z
      .record(
        name,
        orFalse(aws, { actions: ["none:None"], resources: ["arn:aws:none:::none"] } satisfies AwsPermission),
      )
      .optional(),
    google: z
      .record(name, orFalse(google, { role: "roles/none", on: { topic: "none" } } satisfies GooglePermission))
      .optional(),
    azure: z.record(name, orFalse(azure, { role: "None", scope: SCOPE } satisfies AzurePermission)).optional(),
  })
  .optional();
