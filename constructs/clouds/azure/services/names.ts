import { fitName, type NameRule } from "../../../model/names";
import { dottedName } from "../../shared/dotted-name";
import type { ServiceOwner } from "../../shared/provisioner";
import { importedGroup, type MaybeImported } from "../imports";

/*
 * Names of what an application's stack creates.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules
 */
export const SERVICE_NAMES = {
  resourceGroup: { max: 90 },
  identity: { max: 128, separator: "_" },
  /** Names of roles: one tenant's, in words. */
  role: { max: 128 },
  key: { max: 127 },
  /** Case does not count in it: names are of small letters here. */
  secret: { max: 127 },
  privateEndpoint: { max: 80 },
  /** Part of a host name, as are the next two: shared by all of Azure. */
  mysqlServer: { max: 63 },
  managedRedis: { max: 60 },
  /** Small letters and digits alone. */
  storageAccount: { max: 24, separator: "" },
  container: { max: 63 },
  alert: { max: 260 },
} as const satisfies Readonly<Record<string, NameRule>>;

/**
 * A name in a Key Vault, whose names hold letters, digits and hyphens: joined with two hyphens. Where a name of the
 * input has two or more in a row it gets one more, so that exactly two always stand between names, and two lists of names
 * never come to one. Names begin with a letter and end with a letter or digit, so hyphens never meet at a seam.
 */
export function vaultName(parts: readonly string[], rule: NameRule): string {
  return fitName([parts.map((part) => part.replace(/-{2,}/g, "$&-")).join("--")], rule);
}

/** The group of everything that one application stores: `staging.my-app`. */
export function resourceGroupName(environment: string, application: string): string {
  return dottedName([environment, application], SERVICE_NAMES.resourceGroup);
}

/** The same of whose service it is. */
export const groupOf = ({ environment, application }: Pick<ServiceOwner, "application" | "environment">): string =>
  resourceGroupName(environment, application);

/** The group that a service itself is in: what is around it, such as its private endpoint, is in `groupOf`. */
export const serviceGroup = (request: MaybeImported & Pick<ServiceOwner, "application" | "environment">): string =>
  importedGroup(request) ?? groupOf(request);

/** `staging_my-app_data-key`: no name in the input contains an underscore either. */
export function identityName(...parts: readonly string[]): string {
  return fitName(parts, SERVICE_NAMES.identity);
}
