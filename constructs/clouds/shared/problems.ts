import { SYSTEM_NODES } from "../../kubernetes/facts";
import { formatPath, type Path, type Problem } from "../../model/problem";
import { cidrsOverlap } from "../../model/validate/cidr";
import { ACCESS_GROUPS, type ClusterAccess } from "./access";

/*
 * Mistakes that take two fields to be judged, and that are the same on more than one cloud.
 */

/** A check of what several fields say together. It reads these fields, so each has to have its form. */
export interface CrossCheck<Props> {
  readonly reads: readonly (keyof Props & string)[];
  problems(): Problem[];
}

/**
 * Mistakes in what was given to a cloud at `path`: those of its form, and what cross-checks find. One that would read a field
 * of a wrong form is left out: that field's own problem is enough.
 */
export function withCrossChecks<Props>(
  shape: readonly Problem[],
  path: Path,
  checks: readonly CrossCheck<Props>[],
): Problem[] {
  if (shape.some((problem) => problem.path.length <= path.length)) return [...shape];
  const malformed = new Set(shape.map((problem) => problem.path[path.length]));
  const sound = checks.filter(({ reads }) => !reads.some((name) => malformed.has(name)));
  return [...shape, ...sound.flatMap((one) => one.problems())];
}

/** Whoever is in two lists, or twice in one. `same` makes one text of all ways to write one of them. */
export function listedTwice(
  access: ClusterAccess,
  path: Path,
  what: "member" | "principal",
  same: (given: string) => string = (given) => given,
): Problem[] {
  const seen = new Set<string>();
  return ACCESS_GROUPS.flatMap((group) =>
    (access[group] ?? []).flatMap((given, index): Problem[] => {
      const key = same(given);
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [{ path: [...path, group, index], got: given, why: "listed twice", fix: `name each ${what} once` }];
    }),
  );
}

/** Nodes of one name, and where they were given: `nodes.system`, or in the record of all others. */
export interface NamedPool<P> {
  readonly name: string;
  readonly pool: P;
  readonly at: Path;
  /** Whether they are the system nodes, and not others of that name. */
  readonly system: boolean;
}

interface Pool {
  readonly min: number;
  readonly max: number;
}

/** `record` is the field with the others: `pools`. */
export function namedPools<R extends string, P extends Pool>(
  nodes: { readonly system?: P } & { readonly [K in R]?: Readonly<Record<string, P>> },
  record: R,
  path: Path,
): NamedPool<P>[] {
  const others: Readonly<Record<string, P>> = nodes[record] ?? {};
  const { system } = nodes;
  return [
    ...(system === undefined
      ? []
      : [{ name: SYSTEM_NODES.label.value, pool: system, at: [...path, "system"], system: true }]),
    ...Object.entries(others).map(([name, pool]) => ({ name, pool, at: [...path, record, name], system: false })),
  ];
}

/** What is wrong with nodes of one name, whatever their cloud. */
export const poolProblems = ({ name, pool, at, system }: NamedPool<Pool>): Problem[] => [
  ...(name === SYSTEM_NODES.label.value && !system
    ? [{ path: at, why: "this name is taken", fix: `size the system nodes by "nodes.system"` }]
    : []),
  ...(pool.min > pool.max
    ? [{ path: [...at, "max"], got: pool.max, why: `below min ${pool.min}`, fix: `use at least ${pool.min}` }]
    : []),
];

/** A field of what may have any form. */
export const field = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;

/** Blocks of one network that share addresses. All have the form of a block. */
export const addressProblems = (blocks: readonly { readonly cidr: string; readonly at: Path }[]): Problem[] =>
  blocks.flatMap(({ cidr, at }, index): Problem[] => {
    const other = blocks.slice(0, index).find((one) => cidrsOverlap(one.cidr, cidr));
    return other === undefined
      ? []
      : [
          {
            path: at,
            got: cidr,
            why: `overlaps ${other.cidr} of ${formatPath(other.at)}`,
            fix: "give each its own block",
          },
        ];
  });
