import ipaddr from "ipaddr.js";
import type { Path, Problem } from "../problem";

/** Whether the text is an IPv4 block in CIDR notation whose host bits are zero. */
export function isCidr(text: string): boolean {
  if (!ipaddr.IPv4.isValidCIDR(text)) return false;
  return ipaddr.IPv4.networkAddressFromCIDR(text).toString() === text.split("/")[0];
}

/** Whether two valid IPv4 blocks share an address. */
export function cidrsOverlap(a: string, b: string): boolean {
  const [first, second] = [ipaddr.IPv4.parseCIDR(a), ipaddr.IPv4.parseCIDR(b)];
  const shorter = Math.min(first[1], second[1]);
  return first[0].match([second[0], shorter]);
}

/** A problem for each entry that is no block. */
export function cidrProblems(path: Path, cidrs: readonly string[]): Problem[] {
  return cidrs.flatMap((cidr, index) =>
    isCidr(cidr)
      ? []
      : [{ path: [...path, index], got: cidr, fix: 'use an IPv4 block whose host bits are zero, e.g. "10.10.0.0/16"' }],
  );
}
