import { parseDocument } from "yaml";
import type { Problem } from "../../model/problem";

/* OpenAPI as it was written by people: of every field nobody knows whether it is there, and of which form. */

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
export const entriesOf = (value: unknown): [string, unknown][] => Object.entries(fieldsOf(value));

/** A document of OpenAPI 3, whose references lead into itself. */
export interface OpenApi {
  readonly root: Fields;
  /** What a reference of this document leads to; what is no reference stays. A circle of references leads nowhere. */
  readonly follow: (value: unknown) => Fields;
}

function pointed(root: Fields, ref: string): unknown {
  if (!ref.startsWith("#/")) return undefined;
  const steps = ref
    .slice(2)
    .split("/")
    .map((step) => decoded(step).replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return (at as unknown[])[Number(step)];
    return isFields(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, root);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function followed(root: Fields, value: unknown): Fields {
  let at = value;
  for (let steps = 0; steps < 20; steps++) {
    if (!isFields(at)) return {};
    const { $ref: ref } = at;
    if (typeof ref !== "string") return at;
    at = pointed(root, ref);
  }
  return {};
}

/** How a document is wrong, where it is. */
export type Read = { readonly document: OpenApi } | { readonly problem: Omit<Problem, "path"> };

/** Reads a document in YAML or JSON. */
export function readOpenApi(text: string): Read {
  const parsed = parseDocument(text, { stringKeys: true });
  const [error] = parsed.errors;
  if (error !== undefined) {
    const [where] = error.linePos ?? [];
    const line = where === undefined ? "" : ` in line ${where.line}`;
    return {
      problem: { why: `is no YAML${line}: ${error.code.toLowerCase().replaceAll("_", " ")}`, fix: "repair it" },
    };
  }
  let root: unknown;
  try {
    root = parsed.toJS({ maxAliasCount: 100 });
  } catch {
    return { problem: { why: "has aliases that never end", fix: "write them out" } };
  }
  const version = textOf(fieldsOf(root)["openapi"]);
  if (!isFields(root) || version === undefined || !/^3\.[0-9]/.test(version)) {
    const given = version ?? textOf(fieldsOf(root)["swagger"]);
    return {
      problem: {
        ...(given !== undefined && { got: given }),
        why: "is no document of OpenAPI 3: its field openapi says so of one",
        fix: 'begin it with openapi: "3.1.0", or convert it',
      },
    };
  }
  return { document: { root, follow: (value) => followed(root, value) } };
}
