import { z } from "zod";
import { schemaOf } from "../schema-of";
import type { HostAlias, ServiceAccountSpec } from "../workload";
import { annotations, labels } from "./forms";
import { scheduling } from "./scheduling-shape";

/* The form of what a workload says of its objects and pods rather than of its program. */

const hostname = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
    "use a host name in lower case",
  );

/** Fields that an application says, and an environment otherwise. */
export const podFields = {
  annotations: annotations.optional(),
  labels: labels.optional(),
  serviceAccount: schemaOf<ServiceAccountSpec>()({ annotations: annotations.optional() }).optional(),
  scheduling: scheduling.optional(),
  hostAliases: z
    .array(
      schemaOf<HostAlias>()({
        ip: z.union([z.ipv4(), z.ipv6()], "use an IPv4 or IPv6 address"),
        hostnames: z.array(hostname).min(1),
      }),
    )
    .optional(),
};
