import { z } from "zod";
import { isJsonObject, type JsonObject } from "../../kubernetes/json";
import type { ValueSheet } from "./sheet";

/*
 * `values.schema.json`: what may be set. Nothing is required and everything may be null, since the chart merges three
 * sources and Helm checks the first and the last of them only.
 */

const TAG = /^$|^[\w][\w.-]{0,127}(@sha256:[a-f0-9]{64})?$|^sha256:[a-f0-9]{64}$/;
const CPU = /^([1-9]\d*m|[1-9]\d*(\.\d{1,3})?|0\.\d{1,3})$/;
const MEMORY = /^([1-9]\d*(\.\d+)?|0\.\d*[1-9]\d*)(Ki|Mi|Gi|Ti)$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** That of `www.localhost` has no dot. */
const OTHER_NAME = new RegExp(`${DOMAIN.source}|^localhost$`);
const CRON = /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[\d*/,A-Za-z?-]+( +[\d*/,A-Za-z?-]+){4})$/;

const NAMED = z.registry<{ id: string }>();

/** Said once in the schema, under a name. */
function named<S extends z.ZodType>(id: string, schema: S): S {
  NAMED.add(schema, { id });
  return schema;
}

const text = z.string().nullable();
const texts = named("texts", z.record(z.string(), text));
const count = z.int().min(0).nullable();
/** A tag; of digits alone it is a number to `--set`. Above 2^53 Helm would change it. */
const tag = named("tag", z.union([z.string().regex(TAG), z.int().min(1).max(Number.MAX_SAFE_INTEGER), z.null()]));
const amounts = named(
  "amounts",
  z
    .strictObject({
      cpu: z.union([z.string().regex(CPU), z.number().positive(), z.null()]),
      memory: z.string().regex(MEMORY).nullable(),
    })
    .partial(),
);

const autoscaling = named(
  "autoscaling",
  z
    .strictObject({
      enabled: z.boolean().nullable(),
      minReplicas: z.int().min(1).nullable(),
      maxReplicas: z.int().min(1).nullable(),
      cpu: count,
      memory: count,
    })
    .partial(),
);

const LEAVES: Readonly<Record<string, z.ZodType>> = {
  replicas: count,
  scaled: z.boolean().nullable(),
  schedule: z.string().regex(CRON).nullable(),
  config: named("config", z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), text)),
  image: named("image", z.strictObject({ repository: text, tag }).partial()),
  resources: named("resources", z.strictObject({ requests: amounts, limits: amounts }).partial()),
  autoscaling,
  nginxImage: text,
  secrets: named("secrets", z.record(z.string(), z.strictObject({ name: text, key: text }).partial().nullable())),
  caBundles: z.record(z.string(), z.unknown()).nullable(),
  annotations: texts.nullable(),
  podAnnotations: texts.nullable(),
  podLabels: texts.nullable(),
  diskRequests: texts.nullable(),
  labels: texts.nullable(),
  variables: texts.nullable(),
  reads: z.record(z.string(), z.boolean().nullable()).nullable(),
  command: z.array(text).nullable(),
  args: z.array(text).nullable(),
  terminationGracePeriodSeconds: count,
  progressDeadlineSeconds: count,
  files: z.record(z.string(), texts.nullable()).nullable(),
  nodeSelector: texts.nullable(),
  affinity: z.record(z.string(), z.unknown()).nullable(),
  tolerations: z.array(z.record(z.string(), z.union([text, z.int()]))).nullable(),
  priorityClassName: text,
  hostAliases: z.array(z.strictObject({ ip: text, hostnames: z.array(text) }).partial()).nullable(),
};

const all = <T>(keys: readonly string[], value: T): Readonly<Record<string, T>> =>
  Object.fromEntries(keys.map((key) => [key, value]));

/** Schema of the values there are, and no others: a misspelt one is refused. */
export function valuesSchema(sheet: ValueSheet, environments: readonly string[]): string {
  const known = merged(sheet.defaults(), sheet.blank());
  const workloads = isJsonObject(known.workloads) ? known.workloads : {};
  const ingress = isJsonObject(known.ingress) ? known.ingress : {};
  const [hosts, routes, otherNames] = [ingress.hosts, ingress.routes, ingress.otherNames].map((map) =>
    isJsonObject(map) ? Object.keys(map) : [],
  );
  const parts = {
    environment: z.enum([...environments, ""]).nullable(),
    namespace: text,
    image: z
      .strictObject({
        tag,
        pullPolicy: z.enum(["Always", "IfNotPresent"]).nullable(),
        requireDigest: z.boolean().nullable(),
      })
      .partial(),
    ...(hosts !== undefined &&
      hosts.length > 0 && {
        ingress: z
          .strictObject({
            enabled: z.boolean().nullable(),
            hosts: z.strictObject(all(hosts, z.string().regex(DOMAIN).nullable())).partial(),
            ...(otherNames !== undefined &&
              otherNames.length > 0 && {
                otherNames: z.strictObject(all(otherNames, z.string().regex(OTHER_NAME).nullable())).partial(),
              }),
            annotations: texts,
            ...(routes !== undefined &&
              routes.length > 0 && {
                routes: z
                  .strictObject(all(routes, z.strictObject({ annotations: texts, headers: texts }).partial()))
                  .partial(),
              }),
          })
          .partial(),
      }),
    ...("imagePullSecrets" in known && {
      imagePullSecrets: z.array(z.strictObject({ name: text }).partial()).nullable(),
    }),
    ...("objects" in known && { objects: z.record(z.string(), z.unknown()).nullable() }),
    ...("patches" in known && { patches: z.record(z.string(), z.unknown()).nullable() }),
    sealed: texts,
    workloads: z
      .strictObject(Object.fromEntries(Object.entries(workloads).map(([name, values]) => [name, workload(values)])))
      .partial(),
  };
  const { environment, namespace, ...shared } = parts;
  const schema = z
    .strictObject({
      environment,
      namespace,
      ...shared,
      // Of an earlier version of the chart: refused by the templates, which say what to do.
      defaults: z.unknown(),
      global: z.unknown(),
    })
    .partial();
  return `${JSON.stringify(
    z.toJSONSchema(schema, {
      metadata: NAMED,
      override: ({ jsonSchema }) => {
        flatten(jsonSchema);
      },
    }),
    null,
    2,
  )}\n`;
}

/** Which values a workload takes depends on its kind; what only a cloud asks for, any may have. */
function workload(values: JsonObject[string]): z.ZodType {
  const known = Object.keys(isJsonObject(values) ? values : {});
  const leaf = (key: string): z.ZodType => {
    const value = isJsonObject(values) ? values[key] : undefined;
    return key === "autoscaling" && isJsonObject(value) ? autoscalingOf(value) : (LEAVES[key] ?? z.unknown());
  };
  return z.strictObject(Object.fromEntries(known.map((key) => [key, leaf(key)]))).partial();
}

/** Measures by the names that the template reads, and how it behaves where that is a value. */
function autoscalingOf({ metrics, behavior, queue }: JsonObject): z.ZodType {
  if ([metrics, behavior, queue].every((one) => one === undefined)) return autoscaling;
  const part = z.record(z.string(), z.unknown()).nullable();
  const names = Object.keys(isJsonObject(metrics) ? metrics : {});
  return autoscaling.extend({
    ...(names.length > 0 && { metrics: z.strictObject(all(names, part)).partial().nullable().optional() }),
    ...(queue !== undefined && {
      queue: z
        .strictObject({ name: text, messagesPerPod: z.int().min(1).nullable() })
        .partial()
        .nullable()
        .optional(),
    }),
    ...(behavior !== undefined && { behavior: part.optional() }),
  });
}

function merged(one: JsonObject, other: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    keys.map((key) => {
      const [a, b] = [one[key], other[key]];
      return [key, isJsonObject(a) && isJsonObject(b) ? merged(a, b) : (a ?? b)];
    }),
  );
}

type Schema = z.core.JSONSchema.BaseSchema;

const isOfOneType = (schema: Schema): boolean => "type" in schema && schema.anyOf === undefined;

/**
 * Alternatives of one type each as one schema of all these types. Refused values are then told one reason, and not why they
 * are nothing else either.
 */
function flatten(schema: Schema): void {
  const { anyOf } = schema;
  if (anyOf === undefined || !anyOf.every(isOfOneType)) return;
  const values = anyOf.flatMap((one) => one.enum ?? []);
  delete schema.anyOf;
  Object.assign(
    schema,
    ...anyOf,
    { type: anyOf.flatMap(({ type }) => type) },
    values.length > 0 && anyOf.some(({ type }) => type === "null") ? { enum: [...values, null] } : {},
  );
}
