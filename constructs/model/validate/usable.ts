import type { ApplicationSpec } from "../application";
import type { EnvironmentInput, Placement } from "../environment";
import type { Path } from "../problem";
import type { Workload } from "../workload";
import type { Report } from "./report";

/*
 * The types promise well-formed input; a JavaScript caller or a cast does not. Cross-checks see what is well-formed,
 * and the shape checks report the rest.
 */

/** Where an environment stands: by its name, or by its place where it has none. */
export function environmentPath(input: EnvironmentInput, index: number): Path {
  const name: unknown = input.name;
  return ["environments", typeof name === "string" ? name : index];
}

/** A placement that is well-formed enough for cross-checks, and where it stands. */
export interface Usable {
  readonly placement: Placement;
  readonly index: number;
  readonly path: Path;
}

export function usablePlacements(environment: Path, input: EnvironmentInput): readonly Usable[] {
  const given: unknown = input.applications;
  if (!Array.isArray(given)) return [];
  return given.flatMap((placement: unknown, index): Usable[] =>
    isPlacement(placement)
      ? [{ placement, index, path: [...environment, "applications", placement.application.name] }]
      : [],
  );
}

const GROUPS = ["workloads", "services", "externals", "secrets"] as const;

/** An application reduced to what can be checked, and every name it declares, sound or not. */
export interface UsableApplication {
  readonly app: ApplicationSpec;
  readonly declared: Readonly<Record<(typeof GROUPS)[number], readonly string[]>>;
  /** Names of the workloads that speak HTTP, sound or not. */
  readonly servable: readonly string[];
}

export function usableApplication(report: Report, path: Path, given: ApplicationSpec): UsableApplication {
  const entries = (group: (typeof GROUPS)[number]): [string, unknown][] => {
    const value: unknown = given[group];
    return isObject(value) ? Object.entries(value) : [];
  };
  const names = (group: (typeof GROUPS)[number]): string[] => entries(group).map(([name]) => name);
  // A workload with a wrong field is still checked in its other fields; anything smaller is sound or left out.
  const usable = (group: (typeof GROUPS)[number], name: string, value: unknown): boolean =>
    group === "workloads" ? isWorkload(value) : report.sound([...path, group, name]);
  const sound = (group: (typeof GROUPS)[number]): object =>
    Object.fromEntries(entries(group).filter(([name, value]) => usable(group, name, value)));
  const routes: unknown = given.routes;
  return {
    app: {
      ...given,
      ...Object.fromEntries(GROUPS.map((group) => [group, sound(group)])),
      routes: Array.isArray(routes) ? given.routes : [],
    },
    declared: {
      workloads: names("workloads"),
      services: names("services"),
      externals: names("externals"),
      secrets: names("secrets"),
    },
    servable: entries("workloads").flatMap(([name, workload]) =>
      isObject(workload) && (workload.kind === "php-fpm" || workload.kind === "http") ? [name] : [],
    ),
  };
}

const KINDS: readonly unknown[] = ["php-fpm", "http", "worker", "cron", "release"] satisfies Workload["kind"][];

const isWorkload = (value: unknown): boolean => isObject(value) && KINDS.includes(value.kind);

function isPlacement(value: unknown): value is Placement {
  if (!isObject(value) || !isObject(value.application)) return false;
  return typeof value.application.name === "string";
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
