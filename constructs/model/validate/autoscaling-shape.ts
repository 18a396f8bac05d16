import { z } from "zod";
import type {
  Autoscaling,
  ExternalMetric,
  ObjectMetric,
  PodsMetric,
  ScalingBehavior,
  ScalingPolicy,
  ScalingSteps,
} from "../autoscaling";
import { schemaOf } from "../schema-of";
import { labels, name, objectName, positive } from "./forms";

/* The form of an autoscaler. */

const percent = z.int().min(1).max(100);

/** A measure as the API server writes it: a part of a path. */
const metric = z
  .string()
  .min(1)
  .max(500)
  .regex(/^(?!\.{1,2}$)[^/%\s]+$/, "use the name of a measure, without spaces, slashes and per cent signs");

/** Most that is written without losing anything of it. */
const MOST = 1e12;

const amount = z
  .number()
  .refine(
    (value) => value >= 0.001 && value <= MOST && Number(value.toFixed(3)) === value,
    "use a number above 0 with up to three decimals",
  );

const named = { metric, selector: labels.optional() };

const object = z.strictObject({
  apiVersion: z
    .string()
    .regex(/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?v[a-z0-9]+$/, 'use a version of an API: "v1", "apps/v1"'),
  kind: z.string().regex(/^[A-Z][A-Za-z0-9]{0,62}$/, 'use the kind of an object: "Ingress"'),
  name: objectName,
});

const metrics = z.record(
  name,
  z.discriminatedUnion(
    "type",
    [
      schemaOf<PodsMetric>()({ type: z.literal("Pods"), ...named, averageValue: amount }),
      schemaOf<ObjectMetric>()({
        ...{ type: z.literal("Object"), ...named, object },
        ...{ value: amount.optional(), averageValue: amount.optional() },
      }),
      schemaOf<ExternalMetric>()({
        ...{ type: z.literal("External"), ...named },
        ...{ value: amount.optional(), averageValue: amount.optional() },
      }),
    ],
    'use the type "Pods", "Object" or "External"',
  ),
);

const steps = schemaOf<ScalingSteps>()({
  stabilizationWindowSeconds: z.int().min(0).max(3600).optional(),
  selectPolicy: z.enum(["Max", "Min", "Disabled"]).optional(),
  policies: z
    .array(
      schemaOf<ScalingPolicy>()({
        type: z.enum(["Pods", "Percent"]),
        value: positive.max(10_000),
        periodSeconds: z.int().min(1).max(1800),
      }),
    )
    .min(1)
    .optional(),
});

/** RabbitMQ takes 255 bytes of whatever; in these nothing of a shell, a template or a log is. */
const queue = z.string().regex(/^[\w./:@+-]{1,255}$/, "use up to 255 letters, digits and . _ / : @ + -");

/** A worker without a pod is no outage here, and an outage is a worker without a pod: alerts could not tell them apart. */
const min = z
  .int()
  .refine((pods) => pods >= 1, "use at least 1: nobody could tell a worker that rests at 0 from one that is down");

export const autoscaling = schemaOf<Autoscaling>()({
  min,
  max: positive.max(1000),
  cpu: percent.optional(),
  memory: percent.optional(),
  metrics: metrics.optional(),
  queue: queue.optional(),
  messagesPerPod: positive.max(1_000_000).optional(),
  broker: name.optional(),
  behavior: schemaOf<ScalingBehavior>()({ scaleUp: steps.optional(), scaleDown: steps.optional() }).optional(),
});
