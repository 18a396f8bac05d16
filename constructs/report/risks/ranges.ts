import { isFields } from "../../plan/object";
import { Unknown } from "../../plan/shown";

/* Who is let in: ranges of addresses, wherever a resource has them. */

/** Arguments that are ranges, of everything that lets traffic in. */
const RANGE_KEYS =
  /^(?:cidr_ipv4|cidr_ipv6|cidr_blocks?|ipv6_cidr_blocks|source_ranges|source_address_prefix(?:es)?|public_access_cidrs|authorized_networks?|authorized_ip_ranges|ip_rules|start_ip_address|end_ip_address|load_balancer_source_ranges|loadBalancerSourceRanges)$/;

/** Lists of who may come in that let everybody in where nobody is in them. Those of rules that let in by being there are none. */
const ALLOW_LISTS =
  /^(?:authorized_ip_ranges|master_authorized_networks_config|public_access_cidrs|source_ranges|network_rules|network_acls|load_balancer_source_ranges|loadBalancerSourceRanges)$/;

/** A range that has every address in it, or a name for that. */
const EVERYBODY = /^(?:\*|Internet|Any|0\.0\.0\.0(?:\/0)?|::(?:\/0)?)$/i;

/** Ranges that are left to networks of one's own. */
const OWN =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|127\.|f[cd][0-9a-f]{2}:)/i;

/** Prefixes so short that the range is a good part of the internet. */
const WIDEST = 8;

/** Every range of a resource, and whether one of them is not known yet. */
export function rangesIn(
  value: unknown,
  isRange = false,
): { readonly ranges: Set<string>; readonly isUnknown: boolean } {
  const ranges = new Set<string>();
  let isUnknown = false;
  const walk = (one: unknown, below: boolean): void => {
    if (one instanceof Unknown) isUnknown ||= below;
    else if (typeof one === "string") {
      if (below && one !== "") ranges.add(one);
    } else if (Array.isArray(one))
      one.forEach((member) => {
        walk(member, below);
      });
    else if (isFields(one))
      for (const [key, inner] of Object.entries(one))
        walk(inner, RANGE_KEYS.test(key) || (below && /^(?:cidr_block|value)$/.test(key)));
  };
  walk(value, isRange);
  return { ranges, isUnknown };
}

export function isEverybody(range: string): boolean {
  if (EVERYBODY.test(range)) return true;
  const prefix = Number(/\/(\d+)$/.exec(range)?.[1] ?? "128");
  return prefix <= WIDEST && !OWN.test(range);
}

/** Whether a range is of the internet, and no name of something else. */
export const isOutside = (range: string): boolean =>
  isEverybody(range) || (/^[\da-f.:]+(?:\/\d+)?$/i.test(range) && /[.:]/.test(range) && !OWN.test(range));

/** Allow-lists that have nobody in them any more, or are gone: names of their arguments. */
export function emptied(before: unknown, after: unknown): string[] {
  const [was, is] = [listsIn(before), listsIn(after)];
  return [...was].filter(([key, count]) => count > 0 && (is.get(key) ?? 0) === 0).map(([key]) => key);
}

function listsIn(value: unknown): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const walk = (one: unknown): void => {
    if (Array.isArray(one)) one.forEach(walk);
    else if (isFields(one)) {
      for (const [key, inner] of Object.entries(one)) {
        if (ALLOW_LISTS.test(key)) found.set(key, (found.get(key) ?? 0) + textsIn(inner));
        else walk(inner);
      }
    }
  };
  walk(value);
  return found;
}

/** Number of texts and values that only the apply tells. */
function textsIn(value: unknown): number {
  if (value instanceof Unknown || (typeof value === "string" && value !== "")) return 1;
  return typeof value === "object" && value !== null
    ? Object.values(value).reduce<number>((sum, one) => sum + textsIn(one), 0)
    : 0;
}
