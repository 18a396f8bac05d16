import type { ApplicationSpec, Route } from "../application";
import type { ApplicationOverlay, EnvironmentInput, EnvironmentOption, WorkloadOverride } from "../environment";
import { isPlain } from "../plain";
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

/** An object that an environment chose, and the field that has it. */
export interface ChosenOption {
  readonly name: "cloud" | "routing" | "observability";
  readonly option: EnvironmentOption;
}

/** An overlay that is well-formed enough for cross-checks, and where it stands. */
export interface Usable {
  readonly overlay: ApplicationOverlay;
  readonly index: number;
  readonly path: Path;
}

export function usableOverlays(environment: Path, input: EnvironmentInput): readonly Usable[] {
  const given: unknown = input.applications;
  if (!Array.isArray(given)) return [];
  return given.flatMap((overlay: unknown, index): Usable[] =>
    isOverlay(overlay) ? [{ overlay, index, path: [...environment, "applications", overlay.application.name] }] : [],
  );
}

/** What an environment says of a workload; `undefined` where that is nothing, or has no form. */
export function overrideOf({ workloads }: ApplicationOverlay, name: string): WorkloadOverride | undefined {
  const override: unknown = isPlain(workloads) ? workloads[name] : undefined;
  return isPlain(override) ? override : undefined;
}

const GROUPS = ["workloads", "services", "externals", "objects", "secrets"] as const;

export interface UsableRoute {
  readonly route: Route;
  readonly index: number;
  /** Whether its host has its form. */
  readonly named: boolean;
  /** Whether host, path and type of path have their forms. */
  readonly matches: boolean;
}

/** An application reduced to what can be checked, and every name it declares, sound or not. */
export interface UsableApplication {
  readonly app: ApplicationSpec;
  readonly declared: Readonly<Record<(typeof GROUPS)[number], readonly string[]>>;
  /** Names of the workloads that speak HTTP, sound or not. */
  readonly servable: readonly string[];
  /** Routes that are objects at least, with their places in the list. */
  readonly routes: readonly UsableRoute[];
}

/** Names of the hosts of its routes. */
export const hostNames = ({ routes }: UsableApplication): ReadonlySet<string> =>
  new Set(routes.filter(({ named }) => named).map(({ route }) => route.host));

const KINDS: readonly unknown[] = ["php-fpm", "http", "worker", "cron", "release"] satisfies Workload["kind"][];

export const isObject = isPlain;

/** Options of an environment that are objects at least: one may be left out, or have any form. */
export const chosenOptions = (input: EnvironmentInput): ChosenOption[] =>
  (["cloud", "routing", "observability"] as const).flatMap((name): ChosenOption[] => {
    const option: unknown = input[name];
    return isObject(option) ? [{ name, option: option as unknown as EnvironmentOption }] : [];
  });

const isWorkload = (value: unknown): boolean => isObject(value) && KINDS.includes(value.kind);

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
  const routes = usableRoutes(report, [...path, "routes"], given.routes);
  return {
    app: {
      ...given,
      ...Object.fromEntries(GROUPS.map((group) => [group, sound(group)])),
      routes: routes.filter(({ matches }) => matches).map(({ route }) => route),
    },
    routes,
    declared: {
      workloads: names("workloads"),
      services: names("services"),
      externals: names("externals"),
      objects: names("objects"),
      secrets: names("secrets"),
    },
    servable: entries("workloads").flatMap(([name, workload]) =>
      isObject(workload) && (workload.kind === "php-fpm" || workload.kind === "http") ? [name] : [],
    ),
  };
}

function usableRoutes(report: Report, path: Path, given: unknown): UsableRoute[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((route: unknown, index) => {
    if (!isObject(route)) return [];
    const sound = (field: keyof Route): boolean => report.sound([...path, index, field]);
    const named = sound("host");
    return [{ route: route as unknown as Route, index, named, matches: named && sound("path") && sound("pathType") }];
  });
}

function isOverlay(value: unknown): value is ApplicationOverlay {
  if (!isObject(value) || !isObject(value.application)) return false;
  return typeof value.application.name === "string";
}
