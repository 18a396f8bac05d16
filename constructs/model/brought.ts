import type { Path, Problem } from "./problem";

/*
 * What came into an input from somewhere else than the program's own sources, such as a file of data that it reads: where each
 * value stands there, and what is wrong with that file. The input itself has no word for it: what is synthesized is the same as
 * if it were written in the program.
 */

/** Place of a value, by the path of it in the object that it was put into. */
export interface Brought {
  /** Part of the object that the file brought. Everything below it came from there too. */
  readonly path: Path;
  /** File and line: `requests/invoices-db.yaml:5`. */
  readonly place: string;
  /** Value that a problem must be about: others at the path are of somebody else. @default - any */
  readonly got?: unknown;
}

const PLACES = new WeakMap<object, readonly Brought[]>();
const PROBLEMS = new WeakMap<object, readonly Problem[]>();

/**
 * Remembers what of an application or an environment was brought from elsewhere.
 *
 * @param given object of the input that it was put into
 * @param problems of what was brought, told with all others when the environments are loaded. @default - none
 */
export function rememberBrought<T extends object>(
  given: T,
  brought: readonly Brought[],
  problems: readonly Problem[] = [],
): T {
  PLACES.set(given, brought);
  PROBLEMS.set(given, problems);
  return given;
}

/** All that was brought into an object. */
export const broughtInto = (given: object): readonly Brought[] => PLACES.get(given) ?? [];

/**
 * Place of the value at a path of an object, if it was brought: that of the nearest thing around it.
 *
 * @param got value that a problem is about. @default - nobody has a problem
 */
export function placeIn(given: object, path: Path, got?: unknown): string | undefined {
  let found: Brought | undefined;
  for (const one of broughtInto(given)) {
    if (one.got !== undefined && one.got !== got) continue;
    const isAround = one.path.every((part, index) => path[index] === part);
    if (isAround && one.path.length >= (found?.path.length ?? 0)) found = one;
  }
  return found?.place;
}

/** What is wrong with what was brought into these, each problem once. */
export const broughtProblems = (given: readonly object[]): readonly Problem[] => [
  ...new Set(given.flatMap((one) => PROBLEMS.get(one) ?? [])),
];
