import { type CopyElsewhere, isCopied, keepsElsewhere, type NoCopyElsewhere } from "../elsewhere";
import type { EnvironmentInput, EnvironmentOption } from "../environment";
import { promisable } from "../holdings";
import { didYouMean, oneOf, type Path, type Problem } from "../problem";
import type { ResolvedApplication } from "../resolved";

/** Names of what an application holds itself: what somebody else runs, somebody else copies. */
export const ownHoldings = (application: ResolvedApplication): string[] =>
  promisable(application).filter(
    (name) => application.services.find((service) => service.name === name)?.sizing.placement !== "external",
  );

/** What becomes of a holding once the region is lost. */
export const copyElsewhere = (
  cloud: EnvironmentOption,
  application: ResolvedApplication,
  name: string,
): CopyElsewhere | NoCopyElsewhere =>
  keepsElsewhere(cloud.elsewhere)
    ? cloud.elsewhere.copy(application, name)
    : { none: `${cloud.title} keeps no copies in a second region` };

/** `my-app/cache`, as `backups.without` has it. */
export const withoutName = ({ name }: Pick<ResolvedApplication, "name">, holding: string): string =>
  `${name}/${holding}`;

/**
 * What of an application has no copy in the second region and is not said to be lost with the first, and what is said to be
 * though it has one: that word would hide the day on which the copy ends. `path` is where `backups` stands.
 */
export function elsewhereProblems(
  { backups, cloud }: EnvironmentInput,
  application: ResolvedApplication,
  path: Path,
): Problem[] {
  if (backups === undefined || !keepsElsewhere(cloud.elsewhere)) return [];
  const { region, without = [] } = backups;
  return ownHoldings(application).flatMap((holding): Problem[] => {
    const name = withoutName(application, holding);
    const copy = copyElsewhere(cloud, application, holding);
    const position = without.indexOf(name);
    if (isCopied(copy)) {
      if (position === -1) return [];
      return [
        {
          path: [...path, "without", position],
          got: name,
          why: `has a copy in ${region}: ${copy.by}`,
          fix: "remove it",
        },
      ];
    }
    if (position !== -1) return [];
    return [
      {
        path,
        got: region,
        why: `${application.name} / ${holding}: ${copy.none}, so that it is lost with the region`,
        fix: `keep what must not be lost in something that is copied, or add ${JSON.stringify(name)} to backups.without, and it may be lost`,
      },
    ];
  });
}

/** Names in `backups.without` that are of nothing in the environment. `path` is where `backups` stands. */
export function withoutProblems(
  { backups }: EnvironmentInput,
  applications: readonly ResolvedApplication[],
  path: Path,
): Problem[] {
  const known = applications.flatMap((application) =>
    ownHoldings(application).map((holding) => withoutName(application, holding)),
  );
  return (backups?.without ?? []).flatMap((name, position): Problem[] =>
    known.includes(name)
      ? []
      : [
          {
            path: [...path, "without", position],
            got: name,
            why: "no application of the environment holds that",
            fix: known.length === 0 ? "remove it" : `use ${oneOf(known)}${didYouMean(name, known)}`,
          },
        ],
  );
}
