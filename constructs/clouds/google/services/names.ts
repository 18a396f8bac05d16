import { fitName, type NameRule } from "../../../model/names";
import { sha256 } from "../../../model/sha256";

/** Name limits of what an application's stack creates, from the reference of each API. */
export const SERVICE_NAMES = {
  /** Shared by all of Google Cloud. */
  bucket: { max: 63 },
  /** Name of an instance, with the project before it 98 characters; the suffix of `uniqueName` is not counted. */
  sqlInstance: { max: 58 },
  redisInstance: { max: 40 },
  /** The suffix of `uniqueName` is not counted. */
  keyRing: { max: 54, separator: "_" },
  dnsZone: { max: 63 },
  /** Account's id, at least 6 characters. */
  serviceAccount: { max: 30 },
} as const satisfies Readonly<Record<string, NameRule>>;

const DIGITS = 8;

/**
 * `staging-my-app-back-1a2b3c4d`: always with a hash of the list, because hyphens alone would let `shop-eu` + `api` meet
 * `shop` + `eu-api`. The names of service accounts are shared by the whole project, and two workloads under one name
 * would have each other's permissions.
 */
export function hashedName(parts: readonly string[], rule: NameRule): string {
  // No name in the input has a slash.
  const hash = sha256(parts.join("/")).slice(0, DIGITS);
  const head = parts
    .join("-")
    .slice(0, rule.max - DIGITS - 1)
    .replace(/-+$/, "");
  return `${head}-${hash}`;
}

/**
 * Name with a suffix that Terraform draws once: for names that Google gives nobody a second time after their owner is gone, or
 * only after a week.
 */
export function uniqueName(parts: readonly string[], rule: NameRule, suffix: string): string {
  return `${fitName(parts, rule)}${rule.separator ?? "-"}${suffix}`;
}
