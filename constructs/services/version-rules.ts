import { oneOf, type Path, type Problem } from "../model/problem";
import type { ResolvedSizing, ServiceSizing } from "../model/service";

/** `8.4` of `8.4.7`. */
const lineOf = (version: string): string => version.split(".").slice(0, 2).join(".");

const isRelease = (version: string | undefined): version is string => version?.split(".").length === 3;

/** Rules of a kind whose version an environment may say: which line it is decides, and each place looks at a release. */
export const versionRules = <V extends string>(versions: readonly V[]) => ({
  apply<Spec extends { readonly version: V }>(spec: Spec, { version }: ServiceSizing): Spec {
    const line = version === undefined ? undefined : versions.find((one) => one === lineOf(version));
    return line === undefined ? spec : { ...spec, version: line };
  },
  problems({ version }: Pick<ServiceSizing, "version">, path: Path): Problem[] {
    if (version === undefined || versions.some((one) => one === lineOf(version))) return [];
    return [{ path: [...path, "version"], got: version, fix: `use ${oneOf(versions)}, or a release of it` }];
  },
});

/** The release that an environment pins: `8.4.7`. `undefined` where it says none. */
export const releaseOf = ({ version }: Pick<ResolvedSizing, "version">): string | undefined =>
  isRelease(version) ? version : undefined;

/** What a place says that takes no releases. `path` is the service's own, and `why` a clause. */
export function releaseProblems(sizing: Pick<ResolvedSizing, "version">, path: Path, why: string): Problem[] {
  const release = releaseOf(sizing);
  if (release === undefined) return [];
  return [{ path: [...path, "version"], got: release, why, fix: `use "${lineOf(release)}"` }];
}
