import { z } from "zod";
import { scheduling } from "./scheduling-schema";

/* A workload as `model.json` has it. */

const text = z.string();
const texts = z.array(text);
const byName = <T extends z.ZodType>(of: T) => z.record(text, of);

const amounts = z.strictObject({ cpu: text, memory: text });
const probe = z.strictObject({
  initialDelaySeconds: z.number(),
  periodSeconds: z.number(),
  timeoutSeconds: z.number(),
  failureThreshold: z.number(),
});

const container = z.strictObject({
  name: text,
  image: text,
  command: texts.optional(),
  args: texts.optional(),
  config: byName(text),
  secrets: texts.describe("names of out-of-band secrets of the application"),
  resources: z.strictObject({ requests: amounts, limits: amounts }),
  mounts: byName(text).describe("paths by volumes of the workload"),
  readOnlyRootFilesystem: z.boolean(),
});
const check = probe.extend({ command: texts.optional(), path: text.optional(), port: text.optional() });
const sidecar = container.extend({
  ports: byName(z.number()),
  liveness: check.optional(),
  readiness: check.optional(),
  startup: check.optional(),
});

export const edge = z.discriminatedUnion("to", [
  z.strictObject({ to: z.literal("service"), name: text, prefix: text, access: z.literal("read").optional() }),
  z.strictObject({
    ...{ to: z.literal("workload"), name: text, host: text, port: z.number() },
    portName: text.describe("name of the port; without one that of requests").optional(),
    variable: text,
  }),
  z.strictObject({ to: z.enum(["external", "objects"]), name: text, prefix: text }),
]);

const reason = text.describe("why it is not narrower").optional();
const awsPermission = z.strictObject({ actions: texts, resources: texts, reason });
const googlePermission = z.strictObject({ role: text, on: byName(text).optional(), reason });
const azurePermission = z.strictObject({ role: text, scope: text, reason });

const common = z.strictObject({
  description: text.optional(),
  owner: text.describe("name of the team that answers for it in place of the application's").optional(),
  objectName: text.describe("name of its Deployment, CronJob or Job"),
  image: text,
  version: text.describe("value of the label version, made of the image"),
  command: texts.optional(),
  args: texts.optional(),
  resources: z.strictObject({ requests: amounts, limits: amounts }),
  config: byName(text).describe("plain environment variables"),
  secrets: texts.describe("names of out-of-band secrets of the application"),
  edges: z.array(edge).describe("in the order in which they are written"),
  volumes: byName(
    z.strictObject({
      claimName: text,
      mountPath: text,
      size: text,
      access: z.enum(["ReadWriteMany", "ReadWriteOnce"]),
    }),
  ),
  podVolumes: z
    .array(
      z.strictObject({
        name: text,
        mountPath: text,
        ephemeral: z.strictObject({ medium: z.enum(["disk", "memory"]), size: text }).optional(),
        files: byName(text).optional(),
        configMap: text.optional(),
        secret: text.optional(),
        secrets: texts.describe("names of out-of-band secrets of the application").optional(),
      }),
    )
    .describe("volumes that do not outlive their pods")
    .optional(),
  security: z.strictObject({
    user: z.number(),
    readOnlyRootFilesystem: z.boolean(),
    profile: z.enum(["restricted", "baseline", "privileged"]),
    reason: text.optional(),
  }),
  terminationGraceSeconds: z.number(),
  connections: z.number(),
  instrumented: z.boolean().describe("whether its image has OpenTelemetry in it"),
  tracing: byName(text).describe("variables that say where spans go").optional(),
  annotations: byName(text).optional(),
  labels: byName(text).optional(),
  serviceAccount: z.strictObject({ annotations: byName(text).optional() }).optional(),
  permissions: z
    .strictObject({ aws: byName(awsPermission), google: byName(googlePermission), azure: byName(azurePermission) })
    .partial()
    .describe("in the cloud, beside what edges bring: of its own cloud those count, and of the others none")
    .optional(),
  scheduling: scheduling.optional(),
  hostAliases: z.array(z.strictObject({ ip: text, hostnames: texts })).optional(),
  initContainers: z.array(container).describe("in the order in which they run").optional(),
});

const metric = z.strictObject({
  type: z.enum(["Pods", "Object", "External"]),
  metric: text,
  selector: byName(text).optional(),
  object: z.strictObject({ apiVersion: text, kind: text, name: text }).optional(),
  value: z.number().optional(),
  averageValue: z.number().optional(),
});
const steps = z.strictObject({
  stabilizationWindowSeconds: z.number(),
  selectPolicy: z.enum(["Max", "Min", "Disabled"]),
  policies: z.array(
    z.strictObject({ type: z.enum(["Pods", "Percent"]), value: z.number(), periodSeconds: z.number() }),
  ),
});

const replicated = common.extend({
  replicas: z.number().describe("pods without an autoscaler; with one, the number it starts from"),
  autoscaling: z
    .strictObject({
      ...{ min: z.number(), max: z.number(), cpu: z.number().optional(), memory: z.number().optional() },
      metrics: byName(metric).optional(),
      queue: text.describe("by whose length alone it is scaled").optional(),
      messagesPerPod: z.number().describe("that may wait for each pod").optional(),
      broker: text.describe("absent where the workload needs one service with queues alone").optional(),
      behavior: z.strictObject({ scaleUp: steps, scaleDown: steps }).optional(),
    })
    .optional(),
  scaledTo: z.number().describe("most pods that the application's own objects make of it").optional(),
  sidecars: z.array(sidecar).optional(),
  ports: z
    .array(
      z.strictObject({
        ...{ name: text, port: z.number(), protocol: z.enum(["TCP", "UDP"]), appProtocol: text.optional() },
      }),
    )
    .describe("beside that of its requests")
    .optional(),
  startup: probe.optional(),
  metrics: z
    .strictObject({
      ...{ path: text, port: text.describe("name of one of its ports").optional() },
      buckets: z.array(z.number()).describe("bounds of its histogram, in seconds").optional(),
    })
    .describe("where its own container tells what it measures")
    .optional(),
  liveness: probe,
});

const objectives = z
  .strictObject({
    availability: z.number().describe("per cent of requests without a status of 5xx, over thirty days").optional(),
    latency: z.strictObject({ percent: z.number(), withinSeconds: z.number() }).optional(),
  })
  .describe("what it promises to those who send it requests");

const ending = common.extend({ activeDeadlineSeconds: z.number(), retries: z.number() });

export const workload = z.discriminatedUnion("kind", [
  replicated.extend({
    kind: z.literal("php-fpm"),
    requestSeconds: z.number(),
    objectives: objectives.optional(),
    port: z.number(),
    httpPort: z.number(),
    nginxImage: text.optional(),
    documentRoot: text,
    healthCommand: texts,
    processMemory: text,
    maxBodySize: text,
    readiness: probe,
  }),
  replicated.extend({
    kind: z.literal("http"),
    requestSeconds: z.number(),
    objectives: objectives.optional(),
    port: z.number(),
    protocol: z.enum(["http", "grpc"]),
    livenessPath: text.optional(),
    readinessPath: text.optional(),
    readiness: probe,
  }),
  replicated.extend({ kind: z.literal("worker"), healthCommand: texts.optional() }),
  ending.extend({
    kind: z.literal("cron"),
    schedule: text,
    timeZone: text,
    concurrency: z.enum(["Allow", "Forbid", "Replace"]),
    startingDeadlineSeconds: z.number(),
  }),
  ending.extend({ kind: z.literal("release") }),
]);
