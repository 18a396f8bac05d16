import { z } from "zod";
import { cloud } from "./cloud-schema";
import { previews } from "./previews-schema";
import { resourceTypes } from "./resource-type-schema";
import { service } from "./service-schema";
import { team } from "./team-schema";
import { edge, workload } from "./workload-schema";

/*
 * The form of `cdktf.out/model.json`. The document's type is inferred from it, and `docs/generated/model.schema.json` is
 * written from it, so that the three cannot differ.
 */

/** Raised where a reader of the version before would misread a document. A new field does not raise it. */
export const VERSION = 1;

const text = z.string();
const texts = z.array(text);
const byName = <T extends z.ZodType>(of: T) => z.record(text, of);

const routeSettings = z
  .strictObject({
    timeoutSeconds: z.number().optional(),
    maxBodySize: text.optional(),
    cors: z
      .strictObject({
        ...{ origins: texts, methods: texts, headers: texts, exposedHeaders: texts },
        credentials: z.boolean(),
        maxAgeSeconds: z.number(),
      })
      .optional(),
    allowFrom: texts.optional(),
    otherHost: text
      .optional()
      .describe("the other name of its host, with www. or without, by which clients are sent here"),
    headers: z.strictObject({ request: byName(text), response: byName(text) }).optional(),
    basicAuth: text.optional().describe("name of the secret with who may call it"),
    redirectTo: text.optional().describe("path to which clients are sent; no request arrives at the workload"),
  })
  .describe("what the route says of its own; absent where it says nothing");

const application = z.strictObject({
  owner: text.describe("name of the team that answers for it"),
  teams: byName(team).describe("owners, and teams above them, of which more than the name is said").optional(),
  description: text.optional(),
  domain: text.optional(),
  namespace: text,
  stack: text,
  protect: z.boolean(),
  drops: texts,
  recovery: byName(
    z.strictObject({
      rpoSeconds: z.number(),
      rtoSeconds: z.number(),
      rehearsed: text.describe("last day on which somebody brought it back on purpose").optional(),
    }),
  )
    .describe("what is promised of its data once they are lost, by service or volume; absent where nothing is")
    .optional(),
  unrecoverable: byName(text)
    .describe("why nothing brings it back, by service or volume; absent where something brings all of them back")
    .optional(),
  patches: byName(
    z.strictObject({
      reason: text,
      on: z.enum(["object", "resource"]),
      of: text.optional().describe("workload or service; without one the application's own"),
      kind: text.optional().describe("of the object"),
      object: text.optional(),
      type: text.optional().describe("of the resource"),
      id: text.optional(),
      add: byName(z.unknown()).optional(),
      replace: byName(z.unknown()).optional(),
      remove: texts.optional(),
    }),
  )
    .describe("changes to what is rendered, by path; absent where there are none")
    .optional(),
  objects: byName(
    z.strictObject({
      reason: text,
      manifests: z.array(z.unknown()).describe("as the API server takes them, without the namespace"),
      pods: z
        .strictObject({
          labels: byName(text),
          count: z.number(),
          resources: z.unknown(),
          volumes: texts,
          service: z.strictObject({ name: text, port: z.number(), podPort: z.number() }).optional(),
        })
        .optional(),
      edges: z.array(edge).describe("of its pods"),
      computedFields: texts,
      scales: byName(z.number()).describe("most pods by workload"),
    }),
  )
    .describe("groups of Kubernetes objects of its own; absent where there are none")
    .optional(),
  images: z.enum(["digest", "immutable-tags", "any"]),
  defaultWorkload: text.optional(),
  mainHost: z.union([text, z.literal(false)]).optional(),
  podSecurity: z.enum(["restricted", "baseline", "privileged"]),
  workloads: byName(workload),
  services: byName(service),
  externals: byName(
    z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.enum(["external", "smtp"]),
        host: text,
        port: z.number(),
        cidrs: texts.optional(),
      }),
      z.strictObject({
        kind: z.literal("peer"),
        namespace: text,
        service: text,
        labels: byName(text),
        port: z.number(),
        podPort: z.number().optional(),
      }),
    ]),
  ).describe("those that a workload needs"),
  secrets: byName(
    z.strictObject({
      variable: text,
      description: text,
      remoteKey: text.describe("place in the cloud's secret store"),
      remoteProperty: text.optional(),
      sealed: z.boolean().describe("whether its ciphertext is versioned instead"),
    }),
  ).describe("names and places, never a value"),
  routes: z.array(
    z.strictObject({
      ...{ host: text, hostName: text, path: text, pathType: z.enum(["Prefix", "Exact"]), workload: text },
      settings: routeSettings.optional(),
    }),
  ),
});

const environment = z.strictObject({
  profile: z.enum(["production", "small"]),
  namespaceSuffix: text,
  protect: z.boolean(),
  contact: text,
  costCenter: text,
  images: z.enum(["digest", "immutable-tags", "any"]),
  sealedSecrets: z.boolean(),
  metricsApis: z
    .array(z.enum(["custom", "external"]))
    .describe("absent where there are none")
    .optional(),
  eventScaling: z.enum(["keda"]).describe("absent where nothing reads queues for autoscalers").optional(),
  release: z.enum(["terraform", "helm"]),
  cloud,
  routing: z.strictObject({ title: text }),
  observability: z
    .strictObject({
      title: text,
      secrets: byName(
        z.strictObject({
          description: text,
          remoteKey: text.describe("place in the cloud's secret store"),
          remoteProperty: text.optional(),
        }),
      ).describe("that people make, once for the environment"),
    })
    .describe("absent where it is off")
    .optional(),
  clusterBackups: z
    .strictObject({
      schedule: text.describe("cron expression, in UTC"),
      keepDays: z.number(),
      drops: texts,
      lostSeconds: z.number().describe("most that is lost of what is copied so"),
    })
    .describe("absent where nothing in the cluster is copied")
    .optional(),
  backups: z
    .strictObject({
      region: text.describe("where the copies are"),
      without: texts.describe("what may be lost with the environment's own region"),
      drops: texts,
    })
    .describe("absent where no copy leaves the region")
    .optional(),
  previews,
  registries: z
    .strictObject({
      byIdentity: texts,
      logins: byName(
        z.strictObject({ registry: text, username: text, remoteKey: text, remoteProperty: text.optional() }),
      ),
      mirrors: byName(text),
    })
    .optional(),
  addons: byName(
    z.strictObject({ namespace: text, chart: z.strictObject({ repository: text, name: text, version: text }) }),
  )
    .describe("charts of the environment's own, beside the platform's; absent where there are none")
    .optional(),
  resourceTypes,
  stacks: texts.describe("every stack of the environment, in the order in which they are deployed"),
  applications: byName(application),
});

export const MODEL_SCHEMA = z.strictObject({
  version: z.literal(VERSION),
  environments: byName(environment),
  origins: byName(text)
    .describe(
      "where a value was written, by its JSON Pointer: `file:line`, or `file` where it is computed there; without an entry it is a default or follows from others. Absent where the program was not started by goldenpath",
    )
    .optional(),
  resources: byName(
    byName(
      z.strictObject({
        of: text.describe(
          "JSON Pointer of what it is of: a service, a workload, else the application or the environment",
        ),
        part: text.describe(
          "which part of that it is, for people: `db instance`, `Deployment`, `platform / traefik: release`",
        ),
      }),
    ).describe("by the addresses that plans give them"),
  )
    .describe("what each resource is of, by stack. Absent where nothing was synthesized")
    .optional(),
});

export type ModelDocument = z.infer<typeof MODEL_SCHEMA>;
export type EnvironmentDocument = ModelDocument["environments"][string];
export type ApplicationDocument = EnvironmentDocument["applications"][string];
export type WorkloadDocument = ApplicationDocument["workloads"][string];

/** The JSON Schema of the document, for programs that read it. */
export const jsonSchema = (): unknown =>
  z.toJSONSchema(MODEL_SCHEMA, {
    override: ({ jsonSchema: part }) => {
      // A reader takes a document that says more: a new field raises no version. Here it is a mistake, until it has a form.
      if (part.additionalProperties === false) delete part.additionalProperties;
    },
  });
