import { resolveElsewhere } from "./elsewhere";
import type { EnvironmentInput, EnvironmentOption } from "./environment";
import { resolveRegistries } from "./registries";
import { clusterBackupsOf } from "./resolve-cluster-backups";
import type { Environment } from "./resolved";
import { isObject } from "./validate/usable";

/** Where the cloud's secret store keeps what these names lead to. */
export const secretPlace = (cloud: Pick<EnvironmentOption, "secretPlace">, names: readonly string[]): string =>
  cloud.secretPlace?.(names) ?? names.join("/");

/** What each application has of its environment. */
export function sharedOf(input: EnvironmentInput): Pick<Environment, "backups" | "clusterBackups" | "registries"> {
  const { name, backups, cloud, registries } = input;
  const place = (login: string): string => secretPlace(cloud, [name, login]);
  return {
    registries: registries && resolveRegistries(registries, place, cloud.secretProperty),
    clusterBackups: clusterBackupsOf(input),
    backups: isObject(backups) ? resolveElsewhere(backups) : undefined,
  };
}
