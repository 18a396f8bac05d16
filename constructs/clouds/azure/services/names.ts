import { dottedName } from "../../shared/dotted-name";
import { sha256 } from "../../../model/sha256";
import { fitName, type NameRule } from "../../../model/names";

/*
 * Names of what an application's stack creates.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules
 */
export const SERVICE_NAMES = {
  resourceGroup: { max: 90 },
  identity: { max: 128, separator: "_" },
  /** Of roles: one tenant's, in words. */
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

/** `staging_my-app_data-key`: no name in the input contains an underscore either. */
export function identityName(...parts: readonly string[]): string {
  return fitName(parts, SERVICE_NAMES.identity);
}

/**
 * `staging-my-app-orders-db-1a2b3c4d`: a name that nobody else on Azure has. It ends with a hash of the subscription and
 * of the parts as they are, as hyphens in a row are refused and joined parts may meet.
 */
export function globalName(subscriptionId: string, parts: readonly string[], rule: NameRule): string {
  const unique = hash(subscriptionId, parts);
  const head = parts.join("-").replace(/-{2,}/g, "-");
  return `${cut(head, rule.max - unique.length - 1)}-${unique}`;
}

/** The same of letters and digits: `stagingmyappfiles1a2b3c4d`, cut before the hash. */
export function storageAccountName(subscriptionId: string, parts: readonly string[]): string {
  const unique = hash(subscriptionId, parts);
  const head = parts.join("").replaceAll("-", "");
  return head.slice(0, SERVICE_NAMES.storageAccount.max - unique.length) + unique;
}

const cut = (text: string, max: number): string => text.slice(0, max).replace(/-+$/, "");

const hash = (subscriptionId: string, parts: readonly string[]): string =>
  sha256([subscriptionId, ...parts].join(".")).slice(0, 8);
