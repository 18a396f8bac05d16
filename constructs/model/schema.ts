import { z } from "zod";
import { plainProblems } from "./plain";
import { didYouMean, formatPath, oneOf, type Path, type Problem } from "./problem";
import { textProblems, type TextRules } from "./text";

export interface Rules extends TextRules {
  /** Fields of the value whose contents have a check of their own. @default - none */
  readonly elsewhere?: readonly string[];
}

const startsWith = (path: Path, start: Path): boolean => start.every((part, index) => path[index] === part);

/**
 * Runs a schema of the validation library over a value and says what is wrong in our own words; of what it has nothing
 * against, the characters of every text.
 */
export function check(schema: z.ZodType, value: unknown, path: Path, rules: Rules = {}): Problem[] {
  const { elsewhere = [], apart = [] } = rules;
  const odd = plainProblems(value, path, elsewhere);
  const result = schema.safeParse(value, { reportInput: true });
  const issues = result.success ? [] : result.error.issues.flatMap((issue) => translate(issue, schema, path));
  const problems = [...odd, ...issues.filter((issue) => !odd.some((other) => startsWith(issue.path, other.path)))];
  const said = new Set(problems.map((problem) => formatPath(problem.path)));
  const texts = textProblems(value, path, { ...rules, apart: [...apart, ...elsewhere] });
  return [...problems, ...texts.filter((problem) => !said.has(formatPath(problem.path)))];
}

/** Fields of one object that are named: a text given for an object has one for each character. */
const MOST_UNKNOWN = 10;

function translate(issue: z.core.$ZodIssue, schema: z.ZodType, base: Path): Problem[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  const got = issue.input;
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownKeys(schema, issue.path, got);
      const more = issue.keys.length - MOST_UNKNOWN;
      return [
        ...issue.keys.slice(0, MOST_UNKNOWN).map((key) => ({
          path: [...path, key],
          why: "unknown field",
          fix: `remove it or correct its name${didYouMean(key, known)}`,
        })),
        ...(more > 0 ? [{ path, why: `${more} more unknown fields`, fix: "remove them" }] : []),
      ];
    }
    case "invalid_type":
      return got === undefined
        ? [{ path, why: "missing", fix: `give ${article(issue.expected)}` }]
        : [{ path, got, fix: `use ${article(issue.expected)}` }];
    case "invalid_value":
      return [{ path, got, fix: `use ${oneOf(issue.values.map(String))}` }];
    case "too_small":
      return [{ path, got, fix: `use at least ${issue.minimum}${unit(issue.origin, issue.minimum)}` }];
    case "too_big":
      return [{ path, got, fix: `use at most ${issue.maximum}${unit(issue.origin, issue.maximum)}` }];
    case "invalid_union":
      return [{ path, got: discriminant(issue, got), fix: issue.message }];
    case "invalid_key":
      return issue.issues.map((inner) => ({ path, fix: inner.message }));
    default:
      return [{ path, got, fix: issue.message }];
  }
}

/** Kind of a value that fits no member of the union. Zod puts the issue on that field. */
function discriminant(issue: { readonly discriminator?: string }, got: unknown): unknown {
  if (issue.discriminator === undefined || typeof got !== "object" || got === null) return got;
  return Object.entries(got).find(([key]) => key === issue.discriminator)?.[1];
}

/** Whether it is the form for the kind of the value. */
const isOfKind = (kind: unknown, value: unknown): boolean =>
  kind instanceof z.ZodLiteral &&
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  [...kind.values].some((one) => one === value.kind);

/** The fields of the object schema at a path, for "did you mean". `value` is what stands there: of a union it is one form. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  let forms = formsOf(schema);
  for (const part of path) {
    forms = forms.flatMap((form) => {
      if (form instanceof z.ZodObject) return formsOf(form.shape[String(part)]);
      if (form instanceof z.ZodRecord) return formsOf(form.valueType);
      return form instanceof z.ZodArray ? formsOf(form.element) : [];
    });
  }
  const objects = forms.filter((form) => form instanceof z.ZodObject);
  const known = objects.find(({ shape }) => isOfKind(shape.kind, value)) ?? objects[0];
  return Object.keys(known?.shape ?? {});
}

/** The forms of which a value at one place has one. */
function formsOf(schema: unknown): unknown[] {
  const bare = unwrap(schema);
  return bare instanceof z.ZodDiscriminatedUnion ? bare.options.flatMap((option) => formsOf(option)) : [bare];
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return unwrap(schema.out);
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}

function unit(origin: string, count: number | bigint): string {
  if (origin !== "string" && origin !== "array") return "";
  const [one, many] = origin === "string" ? ["character", "characters"] : ["entry", "entries"];
  return ` ${Number(count) === 1 ? one : many}`;
}

function article(type: string): string {
  if (type === "int") return "a whole number";
  if (type === "record") return "an object";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
