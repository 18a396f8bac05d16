import type { Cloud } from "../clouds/cloud";
import type { EnvironmentSpec } from "../environment";
import type { Profile } from "../model/environment";

/** Environments on one cloud share its guarantees, the very object. */
export const sameCloud = (one: Cloud, other: Cloud): boolean => one.guarantees === other.guarantees;

/** Whether an environment can be moved there: a cluster on somebody's machine is nobody's production. */
export const servesProduction = ({ profiles }: Cloud): boolean => profiles?.includes("production") ?? true;

/** Chooses for each cloud that serves production the first environment of the profile, or the first of any where there is none. */
export function oneOnEachCloud(environments: readonly EnvironmentSpec[], profile?: Profile): EnvironmentSpec[] {
  const found = new Map<unknown, EnvironmentSpec>();
  for (const candidate of environments.filter(({ cloud }) => servesProduction(cloud))) {
    const { guarantees } = candidate.cloud;
    const known = found.get(guarantees);
    const better = known?.profile !== profile && candidate.profile === profile;
    if (known === undefined || better) found.set(guarantees, candidate);
  }
  return [...found.values()];
}
