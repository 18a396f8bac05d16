import { resolveElsewhere } from "./elsewhere";
import type { EnvironmentInput, EnvironmentOption } from "./environment";
import { resolveRegistries } from "./registries";
import { clusterBackupsOf } from "./resolve-cluster-backups";
import type { Environment } from "./resolved";
import { isObject } from "./validate/usable";

/** Where the cloud's secret store keeps what these names lead to. */
export const secretPlace = (cloud: Pick<EnvironmentOption, "secretPlace">, names: readonly string[]): string =>
  cloud.secretPlace?.(names) ?? names.join("/");

/** What names in the cloud have in place of the environment's name. `undefined`: that itself. */
export const thereOf = ({ name, cloud }: Pick<EnvironmentInput, "cloud" | "name">): string | undefined => {
  // Asked of an environment that may have no cloud yet, which is reported elsewhere.
  const there = isObject(cloud) ? cloud.nameThere?.({ name }) : undefined;
  return there === name ? undefined : there;
};

/** What each application has of its environment. */
export function sharedOf(input: EnvironmentInput): Pick<Environment, "backups" | "clusterBackups" | "registries"> {
  const { backups, cloud, registries } = input;
  const place = (login: string): string => secretPlace(cloud, [thereOf(input) ?? input.name, login]);
  return {
    registries: registries && resolveRegistries(registries, place, cloud.secretProperty),
    clusterBackups: clusterBackupsOf(input),
    backups: isObject(backups) ? resolveElsewhere(backups) : undefined,
  };
}
