import { oneOf, type Path, type Problem } from "../model/problem";
import type { ResolvedSizing, ServiceSizing } from "../model/service";

/** `8.4` of `8.4.7`, and `17` of `17.6` where a line is `parts` of 1. */
const lineOf = (version: string, parts: number): string => version.split(".").slice(0, parts).join(".");

/** Numbers of a version of which a line is made: two of `8.4`, one of `17`. */
const partsOf = ([line = ""]: readonly string[]): number => line.split(".").length;

/** Rules of a kind whose version an environment may say: which line it is decides, and each place looks at a release. */
export const versionRules = <V extends string>(versions: readonly V[]) => ({
  apply<Spec extends { readonly version: V }>(spec: Spec, { version }: ServiceSizing): Spec {
    const line = version === undefined ? undefined : versions.find((one) => one === lineOf(version, partsOf(versions)));
    return line === undefined ? spec : { ...spec, version: line };
  },
  problems({ version }: Pick<ServiceSizing, "version">, path: Path): Problem[] {
    if (version === undefined || versions.some((one) => one === lineOf(version, partsOf(versions)))) return [];
    return [{ path: [...path, "version"], got: version, fix: `use ${oneOf(versions)}, or a release of it` }];
  },
});

/**
 * The release that an environment pins: `8.4.7`. `undefined` where it says none.
 *
 * @param parts numbers of a line: 2 of `8.4`, 1 of `17`
 */
export const releaseOf = ({ version }: Pick<ResolvedSizing, "version">, parts = 2): string | undefined =>
  version?.split(".").length === parts + 1 ? version : undefined;

/**
 * What a place says that takes no releases. `path` is the service's own, and `why` a clause.
 *
 * @param parts as of `releaseOf`
 */
export function releaseProblems(
  sizing: Pick<ResolvedSizing, "version">,
  path: Path,
  why: string,
  parts = 2,
): Problem[] {
  const release = releaseOf(sizing, parts);
  if (release === undefined) return [];
  return [{ path: [...path, "version"], got: release, why, fix: `use "${lineOf(release, parts)}"` }];
}
