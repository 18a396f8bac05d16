import { show, showKey } from "./show";

/** Where a value stands in the input, e.g. `["environments", "staging", "cloud", "region"]`. */
export type Path = readonly (string | number)[];

/**
 * One mistake in the input. Rendered as one line:
 * `environments.staging.cloud.region: got "mars-1"; use one of eu-central-1, ...`.
 */
export interface Problem {
  readonly path: Path;
  /** The value as it was given. Leave it out for a value that is missing or that must not be printed. */
  readonly got?: unknown;
  /** What is wrong, if `got` and `fix` alone do not say it. Lower case, no full stop. */
  readonly why?: string;
  /** What the reader should do. Lower case, imperative, no full stop. */
  readonly fix: string;
  /** File and line where it is written, if a file of data brought it: `requests/invoices-db.yaml:5`. Said before the path. */
  readonly at?: string;
}

/**
 * Thrown once for the whole input. A program that does not catch it prints what `stack` says, which is the report: where the
 * input is wrong is not where it was checked. Nothing else of it is printed, since a value that was given may be a secret.
 */
export class InvalidInput extends Error {
  readonly #problems: readonly Problem[];
  readonly #origins: ReadonlyMap<string, string>;

  /** @param origins where each environment and application with problems was written, e.g. `environments.staging` */
  constructor(problems: readonly Problem[], origins: ReadonlyMap<string, string> = new Map()) {
    super(problems.map(formatProblem).join("\n"));
    this.#problems = problems;
    this.#origins = origins;
    // The one that V8 has written, which would hide the one below.
    Reflect.deleteProperty(this, "stack");
  }

  public override get name(): string {
    return "InvalidInput";
  }

  /** Every mistake found, in input order. */
  public get problems(): readonly Problem[] {
    return this.#problems;
  }

  public get origins(): ReadonlyMap<string, string> {
    return this.#origins;
  }

  public override get stack(): string {
    return `${this.name}: ${countOf(this.#problems)}\n\n${this.report}\n`;
  }

  /** Tools that map or cut stacks write them. */
  public override set stack(value: string) {
    Object.defineProperty(this, "stack", { value, configurable: true, writable: true });
  }

  /** Every mistake in a line, and where the environments and applications are written that have them. */
  public get report(): string {
    const places = [...this.#origins].map(([what, place]) => `${what} is written at ${place}`);
    return places.length === 0 ? this.message : `${this.message}\n\n${places.join("\n")}`;
  }
}

/** `1 problem`, `2 problems` */
export function countOf({ length: count }: readonly Problem[]): string {
  return `${count} ${count === 1 ? "problem" : "problems"}`;
}

/** @throws InvalidInput where there are problems */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidInput(problems);
}

/**
 * Does each, and goes on where one of them is refused.
 *
 * @throws InvalidInput with the problems of all, each once
 */
export function refuseTogether<T, R>(all: readonly T[], each: (one: T) => R): R[] {
  const problems = new Map<string, Problem>();
  const done = all.flatMap((one): R[] => {
    try {
      return [each(one)];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const problem of error.problems) problems.set(formatProblem(problem), problem);
      return [];
    }
  });
  refuse([...problems.values()]);
  return done;
}

/** `a.b[0].c`; keys that are not plain words keep their quotes: `config["my key"]`. A key like a secret is not shown. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      const key = showKey(part);
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

export function formatProblem(problem: Problem): string {
  const said = [problem.got === undefined ? undefined : `got ${show(problem.got, problem.path)}`, problem.why].filter(
    (part) => part !== undefined,
  );
  const head = said.length > 0 ? `${said.join(", ")}; ` : "";
  const place = problem.at === undefined ? "" : `${problem.at}: `;
  return `${place}${formatPath(problem.path)}: ${head}${problem.fix}`;
}

const MOST_COMPARED = 200;

/**
 * The nearest of `known` to a misspelt `given`, as ` (did you mean "x"?)`, or the empty string. Of very many names the first
 * alone are compared: a list of mistakes takes as long as it is.
 */
export function didYouMean(given: unknown, known: readonly string[]): string {
  // Nobody meant a name of this length, and comparing it would take its time.
  if (typeof given !== "string" || given.length > 100) return "";
  let most = Math.max(2, Math.floor(given.length / 4));
  let best: string | undefined;
  for (const candidate of known.slice(0, MOST_COMPARED)) {
    if (Math.abs(candidate.length - given.length) > most) continue;
    const distance = editDistance(given, candidate);
    if (distance > most || (best !== undefined && distance === most)) continue;
    best = candidate;
    most = distance;
  }
  return best === undefined ? "" : ` (did you mean "${showKey(best)}"?)`;
}

/** What `didYouMean` found, in the instruction that it ends; `undefined` where it found nothing, or no plain word, which may not be shown whole. */
export const meantIn = (fix: string): string | undefined => /\(did you mean "([\w./@:-]+)"\?\)$/.exec(fix)?.[1];

const MOST_LISTED = 50;

/** `"a", "b" or "c"`; `none` where the list is empty. Of very many the first, and how many more there are. */
export function oneOf(values: readonly string[]): string {
  if (values.length === 0) return "none";
  const quoted = values.slice(0, MOST_LISTED).map((value) => JSON.stringify(showKey(value)));
  const more = values.length - quoted.length;
  const last = more > 0 ? `one of ${more} more` : quoted.pop();
  return quoted.length === 0 ? `${last}` : `${quoted.join(", ")} or ${last}`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
