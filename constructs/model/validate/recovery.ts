import type { ApplicationOverlay, EnvironmentInput, EnvironmentOption } from "../environment";
import { promisable } from "../holdings";
import { didYouMean, oneOf, type Path, type Problem } from "../problem";
import { formatSpan, type Recoverable, type ResolvedRecovery } from "../recovery";
import type { ResolvedApplication } from "../resolved";

/**
 * What is promised of lost data and cannot be kept: each service and volume that its place brings back too late, too old, or
 * not at all. A promise that nobody can prove is refused as well; one that is left out, by `false`, is the environment's own word.
 *
 * @param environment path of the environment
 * @param path path of its overlay
 */
export function recoveryProblems(
  { cloud, recovery }: EnvironmentInput,
  { recovery: own = {} }: ApplicationOverlay,
  application: ResolvedApplication,
  { environment, path }: { readonly environment: Path; readonly path: Path },
): Problem[] {
  const known = promisable(application);
  const unknown = Object.entries(own).flatMap(([name, said]): Problem[] => {
    const at = [...path, "recovery", name];
    if (!known.includes(name)) {
      return [{ path: at, why: "holds no data here", fix: `use ${oneOf(known)}${didYouMean(name, known)}` }];
    }
    if (said !== false || recovery !== undefined) return [];
    return [{ path: at, got: said, why: "the environment promises nothing of any of them", fix: "remove it" }];
  });
  const kept = Object.entries(application.recovery).flatMap(([name, promise]) => {
    const at = promise.ofAll ? [...environment, "recovery"] : [...path, "recovery", name];
    const without = `say recovery: { ${JSON.stringify(name)}: false } in the environment's ${application.name}`;
    return broken(promise, recoverableOf(cloud, application, name), {
      at,
      name: `${application.name} / ${name}`,
      without,
    });
  });
  return [...unknown, ...kept];
}

/** How it comes back. What somebody else runs, or what a cloud says nothing of, nobody here can know. */
export function recoverableOf(
  cloud: EnvironmentOption,
  application: ResolvedApplication,
  name: string,
): Recoverable | string {
  const service = application.services.find((one) => one.name === name);
  if (service?.sizing.placement === "external") return "somebody else runs it, and what they promise is not known here";
  const known = cloud.recoverable?.(application, name);
  return known ?? `${cloud.title} does not say how it comes back`;
}

interface Told {
  readonly at: Path;
  /** `my-app / orders-db` */
  readonly name: string;
  /** How to promise nothing of it. */
  readonly without: string;
}

function broken(
  { rpoSeconds, rtoSeconds }: ResolvedRecovery,
  by: Recoverable | string,
  { at, name, without }: Told,
): Problem[] {
  const [rpo, rto] = [formatSpan(rpoSeconds), formatSpan(rtoSeconds)];
  const point = { path: [...at, "rpo"], got: rpo };
  if (typeof by === "string") {
    return [{ ...point, why: `${name}: ${by}`, fix: `${without}, and nothing is promised of it` }];
  }
  const better = by.better === undefined ? "" : `${by.better}, or `;
  if (by.rpoSeconds === undefined) {
    const why = `${name}: ${by.by}, so that nothing brings it back`;
    return [{ ...point, why, fix: `${better}${without}, where what it holds may be lost` }];
  }
  const late = `${name}: ${by.by}`;
  return [
    ...(by.rpoSeconds > rpoSeconds
      ? [
          {
            ...point,
            why: `${late} can lose the last ${formatSpan(by.rpoSeconds)}`,
            fix: `${better}promise "${formatSpan(by.rpoSeconds)}" of it, or ${without}`,
          },
        ]
      : []),
    ...(by.rtoSeconds !== undefined && by.rtoSeconds > rtoSeconds
      ? [
          {
            path: [...at, "rto"],
            got: rto,
            why: `${late} can take ${formatSpan(by.rtoSeconds)}`,
            fix: `promise "${formatSpan(by.rtoSeconds)}" of it, or ${without}`,
          },
        ]
      : []),
  ];
}

/** What becomes of a promise: `unstated` is one of a time that nobody states. */
export type PromiseState = "broken" | "kept" | "unstated";

/** What becomes of a promise by what brings the data back, as synthesis sees it. */
export function promiseState(promise: ResolvedRecovery, by: Recoverable | string): PromiseState {
  if (broken(promise, by, { at: [], name: "", without: "" }).length > 0) return "broken";
  return typeof by !== "string" && by.rtoSeconds === undefined ? "unstated" : "kept";
}

/** Names of what has a promise of time that nobody states: it is true once somebody has measured it. */
export const unstatedTimes = (cloud: EnvironmentOption, application: ResolvedApplication): string[] =>
  Object.keys(application.recovery).filter((name) => {
    const by = recoverableOf(cloud, application, name);
    return typeof by !== "string" && by.rtoSeconds === undefined;
  });
