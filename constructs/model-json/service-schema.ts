import { z } from "zod";
import { standbyIn } from "./cloud-schema";

/* A service of an application, as `model.json` has it. */

const text = z.string();
const texts = z.array(text);
const byName = <T extends z.ZodType>(of: T) => z.record(text, of);

export const service = z.strictObject({
  kind: text,
  isDefault: z.boolean(),
  moves: z.boolean().describe("whether its placement may be another than it was"),
  standbyIn,
  settings: byName(z.unknown()).describe("what the application says of it, with defaults: database, version"),
  heldUnder: byName(text).describe(
    "settings that its data are kept under: told another one, the server begins empty, or does not start on its files",
  ),
  sizing: z.strictObject({
    placement: z.enum(["managed", "in-cluster", "external"]),
    size: text,
    storage: text,
    highAvailability: z.boolean(),
    backupDays: z.number(),
    backups: z
      .strictObject({ schedule: text, logMinutes: z.number().optional(), keepDays: z.number(), storage: text })
      .describe("copies of a server in the cluster")
      .optional(),
    passwords: z.number().describe("generation of the passwords"),
    parameters: byName(text).describe("of the server, beside those that every one has").optional(),
    machine: text.describe("in place of the size").optional(),
    version: text.describe("in place of the application's").optional(),
    maintenance: z.strictObject({ day: text, hour: z.number() }).describe("weekly, in UTC").optional(),
    external: z
      .strictObject({
        host: text,
        port: z.number(),
        tls: z.boolean(),
        parts: byName(text).describe("plain parts of the connection"),
        secrets: byName(z.strictObject({ name: text, key: text, property: text.optional() })).describe(
          "place of each secret in the cloud's secret store, by the part or the whole variable that it is",
        ),
        caBundle: text.optional(),
        cidrs: texts.optional(),
      })
      .describe("the server that somebody else runs: its size is theirs")
      .optional(),
    imported: z
      .strictObject({ id: text, with: texts.optional(), keeps: texts.optional() })
      .describe("what it was before it was imported")
      .optional(),
  }),
  provided: z
    .strictObject({
      product: text,
      version: text.optional(),
      port: z.number(),
      tls: z.enum(["system", "bundle", "none"]),
      signIn: z.enum(["user", "shared", "identity", "key", "shared-key", "none"]),
      optionalParts: texts,
      compute: z.strictObject({ nodes: z.number(), machine: text, sizes: byName(text) }).optional(),
      disk: z.strictObject({ kind: text, size: text, limits: text, growsTo: text.optional() }).optional(),
      backups: text.optional(),
      alarms: byName(
        z.union([z.strictObject({ when: text, source: text, read: text }), z.strictObject({ untold: text })]),
      ).optional(),
      passwords: z.strictObject({ place: text, old: z.enum(["kept", "dropped", "fixed"]) }).optional(),
      inState: texts,
      name: text,
      notes: texts,
    })
    .describe("as the cloud, or the cluster, provides it"),
});
