import ipaddr from "ipaddr.js";
import { z } from "zod";
import { DOMAIN } from "../../model/names";
import { isCidr } from "../../model/validate/cidr";

/*
 * Forms that the fields of more than one cloud have.
 */

/** A text that has a form; `fix` says what to do about one that has not, or nothing. */
export const text = (fix: (value: string) => string | undefined) =>
  z.string().superRefine((value, context) => {
    const message = fix(value);
    if (message !== undefined) context.addIssue({ code: "custom", message, input: value });
  });

const BLOCK = 'use an IPv4 block whose host bits are zero, e.g. "10.10.0.0/16"';

/** Prefix length of a valid block. */
export const prefixOf = (cidr: string): number => ipaddr.IPv4.parseCIDR(cidr)[1];

const rangeOf = (cidr: string): string => ipaddr.IPv4.parse(cidr.split("/")[0] ?? "").range();

/** Whether a valid block is private: RFC 1918, and the addresses that carriers share. */
const isPrivate = (cidr: string): boolean => ["private", "carrierGradeNat"].includes(rangeOf(cidr));

/** Whether a valid block is of RFC 1918 alone. */
const isRfc1918 = (cidr: string): boolean => rangeOf(cidr) === "private";

export const unique = <T extends z.ZodType<string>>(item: T) =>
  z.array(item).refine((values) => new Set(values).size === values.length, "name each once");

/** A block of callers inside the network, or of one connected to it. */
export const insideCidr = text((value) => {
  if (!isCidr(value)) return BLOCK;
  return isPrivate(value) ? undefined : 'use a private block, or `access: "allow-list"` for public callers';
});

/** A block of callers from the internet. */
const outsideCidr = text((value) => {
  if (!isCidr(value)) return BLOCK;
  if (prefixOf(value) < 8) return "name the blocks of the runner and of people's VPN: this opens the API to the world";
  return isPrivate(value) ? "use a public block: callers come from the internet" : undefined;
});

export const domain = z.string().regex(DOMAIN, 'use the zone\'s domain, e.g. "example.com"');

/** Block of a network, of `min` to `max` as its prefix; `apart` says what else about one that must not be taken. */
export const networkBlock = (min: number, max: number, apart: (cidr: string) => string | undefined) =>
  text((value) => {
    if (!isCidr(value)) return BLOCK;
    if (prefixOf(value) < min || prefixOf(value) > max) return `use a block of /${min} to /${max}`;
    if (!isRfc1918(value)) return "use a private block: inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
    return apart(value);
  });

/** Block of data services in somebody else's network; `fix` says which. */
export const dataBlock = (fix: string) =>
  text((value) => {
    if (!isCidr(value)) return BLOCK;
    return isPrivate(value) ? undefined : fix;
  });

const ENDPOINTS = 'use { access: "private" } or { access: "allow-list", cidrs: [...] }';

/** Who reaches the Kubernetes API: as `closed` says from inside, or `max` public blocks at most. */
export const endpoint = <S extends z.ZodRawShape>(closed: S, max: number) =>
  z.discriminatedUnion(
    "access",
    [
      z.strictObject({ access: z.literal("private"), ...closed }),
      z.strictObject({ access: z.literal("allow-list"), cidrs: unique(outsideCidr).min(1).max(max) }),
    ],
    { error: ENDPOINTS },
  );

/** Who may use the Kubernetes API, each as the cloud names people and programs. */
export const access = (principal: z.ZodType<string>) =>
  z.strictObject({
    deployers: z.array(principal).min(1),
    administrators: z.array(principal).min(1),
    viewers: z.array(principal).optional(),
    planners: z.array(principal).optional(),
  });
