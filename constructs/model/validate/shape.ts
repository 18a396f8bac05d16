import { z } from "zod";
import type { ApplicationSpec, OutsideHost, SecretSpec } from "../application";
import { EVENT_SCALERS, METRICS_APIS } from "../autoscaling";
import { type Backups, LOG_MINUTES } from "../backups";
import { CLUSTER_BACKUPS_HOLDING, type ClusterBackups } from "../cluster-backups";
import type { BackupsElsewhere } from "../elsewhere";
import { type ApplicationOverlay, type EnvironmentInput, OFF, RELEASE_TOOLS } from "../environment";
import { PREVIEW_ISSUERS, type Previews } from "../previews";
import type { Path, Problem } from "../problem";
import { parseSpan, type Recovery } from "../recovery";
import { check } from "../schema";
import { schemaOf } from "../schema-of";
import { type MaintenanceWindow, SERVICE_PLACEMENTS, type ServiceSizing, SIZES, WEEKDAYS } from "../service";
import { bucketForms } from "./bucket-shape";
import { cronProblem } from "./cron";
import { externalServer } from "./external-server-shape";
import { peerShape } from "./externals";
import { day, domain, DROP, memory, name, outsideHost, port, positive, variable, WITHOUT } from "./forms";
import { imported } from "./imported-shape";
import { objectGroup } from "./object-group-shape";
import { patchShape } from "./patch-shape";
import { registries } from "./registries-shape";
import { orNone, routeOverrideShape, routeShape } from "./route-shape";
import { description } from "./team-shape";
import { isObject } from "./usable";
import { workload, workloadOverride } from "./workload-shape";

/*
 * The form of the input, field by field. What needs two fields to be judged is in the other files of this folder.
 */

const service = z.custom(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    typeof value.kind === "string" &&
    "contract" in value &&
    isObject(value.contract) &&
    isObject(value.contract.variables) &&
    "sizes" in value &&
    isObject(value.sizes) &&
    "problems" in value &&
    typeof value.problems === "function" &&
    "moving" in value &&
    typeof value.moving === "function",
  "make it with mysql(), redis(), rabbitmq() or bucket(), or with what defineService() returns",
);

const application = schemaOf<ApplicationSpec>()({
  name,
  // Who it is has a check of its own: a name, or a team.
  owner: z.unknown().optional(),
  description: description.optional(),
  domain: name.optional(),
  mainHost: z.union([name, z.literal(false)], "use the name of a host, or false").optional(),
  workloads: z
    .record(name, workload)
    .refine((workloads) => Object.keys(workloads).length > 0, "give at least one workload"),
  services: z.record(name, service).optional(),
  defaultWorkload: z.string().optional(),
  defaultServices: z.array(z.string()).optional(),
  prefixedServices: z.array(z.string()).optional(),
  externals: z
    .record(
      name,
      z.discriminatedUnion(
        "kind",
        [
          schemaOf<OutsideHost>()({
            kind: z.enum(["external", "smtp"]),
            host: outsideHost,
            port,
            cidrs: z.array(z.string()).min(1).optional(),
          }),
          peerShape(port),
        ],
        "make it with external(), smtp() or peer()",
      ),
    )
    .optional(),
  objects: z.record(name, objectGroup).optional(),
  secrets: z
    .record(name, schemaOf<SecretSpec>()({ variable, description: z.string().trim().min(1).max(1000) }))
    .optional(),
  routes: z.array(routeShape).optional(),
});

const isOption = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "problems" in value && typeof value.problems === "function";

const option = (example: string): z.ZodType => z.custom(isOption, `use a chosen object, e.g. ${example}`);

/** Which there are the cloud says, and its provisioner what they look like. */
const machine = z
  .string()
  .regex(/^[A-Za-z][\w.-]{1,63}$/, 'use the name of a machine as the cloud has it, e.g. "db.r7g.large"');

const version = z
  .string()
  .regex(/^[1-9]\d?(\.\d{1,2}(\.\d{1,3})?)?$/, 'use a version such as "8.4", or a release of one: "8.4.7"');

const cronSchedule = z.string().superRefine((schedule, context) => {
  const message = cronProblem(schedule);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

const backups = schemaOf<Backups>()({
  schedule: cronSchedule.optional(),
  logMinutes: z
    .number()
    .refine((minutes) => LOG_MINUTES.some((one) => one === minutes), `use a part of an hour: ${LOG_MINUTES.join(", ")}`)
    .optional(),
  keepDays: z.int().min(1).max(90).optional(),
  storage: memory.optional(),
});

const span = z
  .string()
  .refine((text) => parseSpan(text) !== undefined, 'use seconds, minutes, hours or days, e.g. "5m", "24h"');

const recovery = schemaOf<Recovery>()({ rpo: span, rto: span, rehearsed: day.optional() });

const overlay = schemaOf<ApplicationOverlay>()({
  application: z.custom((value) => isObject(value) && typeof value.name === "string", "use an application()"),
  hosts: z.record(name, domain).optional(),
  routes: z.record(z.string(), routeOverrideShape).optional(),
  // Looked at without being shown: see `checkSealed`.
  sealed: z.unknown().optional(),
  workloads: z.record(z.string(), workloadOverride).optional(),
  services: z
    .record(
      z.string(),
      schemaOf<ServiceSizing>()({
        placement: z.enum(SERVICE_PLACEMENTS).optional(),
        size: z.enum(SIZES).optional(),
        storage: memory.optional(),
        highAvailability: z.boolean().optional(),
        backupDays: z.int().min(1).max(35).optional(),
        backups: backups.optional(),
        passwords: positive.optional(),
        parameters: z.record(z.string(), z.string()).optional(),
        machine: machine.optional(),
        version: version.optional(),
        maintenance: schemaOf<MaintenanceWindow>()({ day: z.enum(WEEKDAYS), hour: z.int().min(0).max(23) }).optional(),
        keepVersionsDays: bucketForms.keepVersionsDays.optional(),
        lifecycle: orNone(bucketForms.lifecycle, "{ expireAfterDays: {...} }"),
        cors: orNone(bucketForms.cors, "a list of { origins: [...], methods: [...] }"),
        external: externalServer.optional(),
        imported: imported.optional(),
      }),
    )
    .optional(),
  patches: z.record(name, patchShape).optional(),
  objects: z.record(name, z.union([objectGroup, z.literal(false)])).optional(),
  closed: z
    .array(z.string())
    .refine((names) => new Set(names).size === names.length, "name each once")
    .optional(),
  recovery: z
    .record(
      z.string().regex(DROP, 'use the name of a service, or workload and volume: "events", "backend/uploads"'),
      z.union([recovery, z.literal(false)], 'use { rpo: "5m", rto: "1h" }, or false'),
    )
    .optional(),
  moves: z.array(z.string()).optional(),
  drops: z
    .array(z.string().regex(DROP, 'use the name of a service, or workload and volume: "events", "backend/uploads"'))
    .refine((names) => new Set(names).size === names.length, "name each once")
    .optional(),
});

const clusterBackups = schemaOf<ClusterBackups>()({
  schedule: cronSchedule.optional(),
  keepDays: z.int().min(1).max(365).optional(),
  drops: z.array(z.literal(CLUSTER_BACKUPS_HOLDING.name)).max(1, "name it once").optional(),
});

const backupsElsewhere = schemaOf<BackupsElsewhere>()({
  region: z.string().regex(/^[a-z][a-z0-9-]{2,39}$/, 'use a region as the cloud writes it, e.g. "eu-west-1"'),
  without: z
    .array(
      z
        .string()
        .regex(
          WITHOUT,
          'use application and service, or its workload and volume: "my-app/cache", "my-app/backend/uploads"',
        ),
    )
    .refine((names) => new Set(names).size === names.length, "name each once")
    .optional(),
  drops: z
    .array(z.string().regex(/^copies@[a-z][a-z0-9-]*$/, 'use the copies of a region: "copies@eu-west-1"'))
    .refine((names) => new Set(names).size === names.length, "name each once")
    .optional(),
});

const previews = schemaOf<Previews>()({
  domain,
  lifetimeHours: z.int().min(1).max(720).optional(),
  mostDays: z.int().min(1).max(90).optional(),
  most: z.int().min(1).max(200).optional(),
  storage: memory.optional(),
  open: z
    .array(
      z
        .string()
        .regex(
          /^[a-z](?:[a-z0-9-]*[a-z0-9])?\/[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
          'use application and external: "my-app/stripe"',
        ),
    )
    .refine((names) => new Set(names).size === names.length, "name each once")
    .optional(),
  clusterIssuer: z.enum(PREVIEW_ISSUERS).optional(),
});

const environment = schemaOf<EnvironmentInput>()({
  name,
  cloud: option("aws({...})"),
  routing: option("ingress()"),
  observability: z
    .custom((value) => value === OFF || isOption(value), 'use "off" or a chosen object, e.g. prometheus({...})')
    .optional(),
  profile: z.enum(["production", "small"]).optional(),
  namespaceSuffix: name.optional(),
  protect: z.boolean().optional(),
  contact: z.email("use a mail address"),
  costCenter: z.string().regex(/^[\w .:/=+@-]{1,63}$/, "use up to 63 letters, digits, spaces and . : / = + @ -"),
  images: z.enum(["digest", "immutable-tags", "any"]).optional(),
  sealedSecrets: z.boolean().optional(),
  metricsApis: z
    .array(z.enum(METRICS_APIS))
    .refine((apis) => new Set(apis).size === apis.length, "name each once")
    .optional(),
  eventScaling: z.enum(EVENT_SCALERS).optional(),
  release: z.enum(RELEASE_TOOLS).optional(),
  recovery: recovery.optional(),
  clusterBackups: z.union([clusterBackups, z.literal(OFF)], 'use "off", or {} for a copy each night').optional(),
  backups: backupsElsewhere.optional(),
  defaultApplication: z.union([z.string(), z.literal(false)], "use the name of an application, or false").optional(),
  registries: registries.optional(),
  addons: z.array(option("addon({...})")).optional(),
  previews: previews.optional(),
  applications: z.array(z.unknown()).min(1),
});

export const applicationShape = (value: unknown, path: Path): Problem[] =>
  check(application, value, path, { elsewhere: ["owner"], apart: ["services"], references: true });
export const overlayShape = (value: unknown, path: Path): Problem[] =>
  check(overlay, value, path, { elsewhere: ["application"], apart: ["sealed"], references: true });
export const environmentShape = (value: unknown, path: Path): Problem[] =>
  check(environment, value, path, { elsewhere: ["addons", "applications", "cloud", "observability", "routing"] });
