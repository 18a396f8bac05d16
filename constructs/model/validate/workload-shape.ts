import { z } from "zod";
import type { WorkloadOverride } from "../environment";
import { schemaOf } from "../schema-of";
import {
  ACCESSES,
  type Cron,
  type Http,
  type Metrics,
  type Need,
  type PhpFpm,
  type Release,
  type Security,
  type Worker,
} from "../workload";
import { autoscaling } from "./autoscaling-shape";
import {
  initContainers,
  orFalse,
  overriddenInitContainers,
  overriddenSidecars,
  portName,
  probe,
  resources,
  sidecars,
} from "./container-shape";
import { absolutePath, args, atLeast, atMost, config, image, name, unprivilegedPort, words } from "./forms";
import { objectives } from "./objectives-shape";
import { overriddenPermissions, permissions } from "./permission-shape";
import { podFields } from "./pod-shape";
import { ports } from "./port-shape";
import { description } from "./team-shape";
import { volume } from "./volume-shape";

/* The form of a workload, and of what an environment says otherwise of one. */

const needs = z.array(
  z.union(
    [
      z.string(),
      schemaOf<Need>()({
        to: z.string(),
        prefix: z
          .string()
          .regex(/^[A-Z][A-Z0-9_]*_$/, 'use capitals ending in an underscore, e.g. "REPORTS_"')
          .optional(),
        access: z.enum(ACCESSES).optional(),
        port: portName.optional(),
      }),
    ],
    'use a name, or { to: "name", prefix: "REPORTS_", port: "metrics" }',
  ),
);

const common = {
  description: description.optional(),
  // Who it is has a check of its own: a name, or a team.
  owner: z.unknown().optional(),
  image,
  command: words.optional(),
  args: args.optional(),
  resources: resources.optional(),
  config: config.optional(),
  secrets: z.array(z.string()).optional(),
  needs: needs.optional(),
  volumes: z.record(name, volume).optional(),
  security: schemaOf<Security>()({
    user: z.int().min(1).max(65_535).optional(),
    readOnlyRootFilesystem: z.boolean().optional(),
    profile: z.enum(["restricted", "baseline", "privileged"]).optional(),
    reason: z.string().trim().min(10).max(1000).optional(),
  }).optional(),
  terminationGraceSeconds: z.int().min(1).max(3600).optional(),
  connections: z.int().min(1).max(10_000).optional(),
  tracing: z.boolean().optional(),
  ...podFields,
  permissions,
  initContainers,
};
const replicated = {
  ...common,
  replicas: z.int().min(0).max(1000).optional(),
  autoscaling: autoscaling.optional(),
  sidecars,
  ports,
  startup: probe.optional(),
  metrics: schemaOf<Metrics>()({
    path: absolutePath.optional(),
    port: portName.optional(),
    buckets: z.array(z.number().positive().max(3600)).min(1).max(50).optional(),
  }).optional(),
};

const web = { ...replicated, requestSeconds: z.int().min(1).max(3600).optional(), objectives: objectives.optional() };

/** Form of a workload of any kind. Its type is left behind: a field that it lacks is an error here, and nowhere else. */
export const workload: z.ZodType = z.discriminatedUnion(
  "kind",
  [
    schemaOf<PhpFpm>()({
      ...web,
      kind: z.literal("php-fpm"),
      port: unprivilegedPort.optional(),
      httpPort: unprivilegedPort.optional(),
      nginxImage: image.optional(),
      documentRoot: absolutePath.optional(),
      healthCommand: words.optional(),
      processMemory: atLeast("8Mi").optional(),
      maxBodySize: atMost("10Gi").optional(),
      liveness: probe.optional(),
      readiness: probe.optional(),
    }),
    schemaOf<Http>()({
      ...web,
      kind: z.literal("http"),
      port: unprivilegedPort.optional(),
      protocol: z.enum(["http", "grpc"]).optional(),
      livenessPath: absolutePath.optional(),
      readinessPath: absolutePath.optional(),
      liveness: probe.optional(),
      readiness: probe.optional(),
    }),
    schemaOf<Worker>()({
      ...replicated,
      kind: z.literal("worker"),
      healthCommand: words.optional(),
      liveness: probe.optional(),
    }),
    schemaOf<Cron>()({
      ...common,
      kind: z.literal("cron"),
      schedule: z.string(),
      timeZone: z.string().optional(),
      concurrency: z.enum(["Allow", "Forbid", "Replace"]).optional(),
      startingDeadlineSeconds: z.int().min(10).max(86_400).optional(),
      activeDeadlineSeconds: z.int().min(1).max(604_800).optional(),
      retries: z.int().min(0).max(10).optional(),
    }),
    schemaOf<Release>()({
      ...common,
      kind: z.literal("release"),
      activeDeadlineSeconds: z.int().min(1).max(86_400).optional(),
      retries: z.int().min(0).max(10).optional(),
    }),
  ],
  "make it with phpFpm(), http(), worker(), cron() or release()",
);

export const workloadOverride = schemaOf<WorkloadOverride>()({
  image: image.optional(),
  replicas: z.int().min(0).max(1000).optional(),
  autoscaling: z.union([autoscaling, z.literal(false)], "use { min, max, ... } or false").optional(),
  resources: resources.optional(),
  config: config.optional(),
  schedule: z.string().optional(),
  ...podFields,
  permissions: overriddenPermissions,
  initContainers: overriddenInitContainers,
  sidecars: overriddenSidecars,
  volumes: z.record(name, orFalse(volume, { mountPath: "/none", size: "1Gi" })).optional(),
  startup: probe.optional(),
  liveness: probe.optional(),
  readiness: probe.optional(),
  requestSeconds: web.requestSeconds,
  objectives: z.union([objectives, z.literal(false)], "use { availability, latency } or false").optional(),
  command: common.command,
  args: common.args,
  secrets: common.secrets,
  needs: common.needs,
  terminationGraceSeconds: common.terminationGraceSeconds,
  connections: common.connections,
  tracing: common.tracing,
});
