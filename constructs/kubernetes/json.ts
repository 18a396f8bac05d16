import type { OwnObject } from "./object-groups";
import type { KubernetesObject } from "./objects";

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A plain JSON object. An absent field is left out, never `undefined` in the output. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A typed object as plain JSON: to the compiler no interface is a `JsonObject`, and YAML turns shared parts to anchors. */
export const toJson = (object: KubernetesObject | OwnObject): JsonObject =>
  JSON.parse(JSON.stringify(object)) as JsonObject;
