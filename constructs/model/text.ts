import type { Path, Problem } from "./problem";

/*
 * What no text of the input may hold, because an output can't carry it or gives back something else: YAML and Terraform's
 * JSON have no lone surrogates, no environment variable has NUL, readers drop a byte order mark, Terraform composes what
 * is decomposed and Helm does not.
 */

/**
 * Controls but tab and the ends of lines (after a carriage return alone Terraform evaluates no reference), lone halves of
 * pairs, the byte order mark, and what Unicode keeps for no text.
 */
const REFUSED = new RegExp(
  `[\\0-\\x08\\v\\f\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufeff\\ufdd0-\\ufdef${lastOfPlanes()}]|\\r(?!\\n)`,
  "u",
);

/** The last two of each of the 17 planes. */
function lastOfPlanes(): string {
  return Array.from({ length: 17 }, (_, plane) => {
    const number = (plane * 0x10000 + 0xfffe).toString(16);
    return `\\u{${number}}-\\u{${number.replace(/e$/, "f")}}`;
  }).join("");
}

/** How cdktf writes a reference, and a number that stands for one. */
const REFERENCE = /TfToken\[|-\d(?:\.\d+)?e\+\d{3}/;

/** What is wrong with the characters of a text, or nothing. */
export function textProblem(text: string): Pick<Problem, "why" | "fix"> | undefined {
  const found = REFUSED.exec(text);
  if (found !== null) {
    const number = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return { why: `has the unprintable character U+${number} at ${found.index + 1}`, fix: "remove it" };
  }
  if (text === text.normalize("NFC")) return undefined;
  return { why: "has letters and accents as characters apart", fix: "compose them (Unicode NFC)" };
}

export interface TextRules {
  /** Fields of the value itself that are checked elsewhere. @default - none */
  readonly apart?: readonly string[];
  /** Whether texts may look like a reference of cdktf's. @default false */
  readonly references?: boolean;
}

/** The same of every text in plain data, keys included. The texts themselves are not shown: they may be secrets. */
export function textProblems(
  value: unknown,
  path: Path,
  { apart = [], references = false }: TextRules = {},
): Problem[] {
  const seen = new Set<unknown>();
  const of = (text: string): Pick<Problem, "why" | "fix"> | undefined => {
    if (references || !REFERENCE.test(text)) return textProblem(text);
    return { why: "looks like a reference of cdktf", fix: "write it without TfToken[…] and without such a number" };
  };
  const within = (part: unknown, at: Path): Problem[] => {
    if (typeof part === "string") {
      const problem = of(part);
      return problem === undefined ? [] : [{ path: at, ...problem }];
    }
    if (typeof part !== "object" || part === null || seen.has(part)) return [];
    seen.add(part);
    if (Array.isArray(part)) return part.flatMap((item, index) => within(item, [...at, index]));
    return Object.entries(part).flatMap(([key, inner]): Problem[] => {
      if (at === path && apart.includes(key)) return [];
      const problem = of(key);
      const here = [...at, key];
      return problem === undefined
        ? within(inner, here)
        : [{ path: here, ...problem, why: `its name ${problem.why ?? ""}` }];
    });
  };
  return within(value, path);
}
