import ipaddr from "ipaddr.js";

/** Wider than what one organisation has: the internet, if in two halves. */
export function isWorld(cidr: unknown): boolean {
  if (typeof cidr !== "string" || !ipaddr.isValidCIDR(cidr)) return false;
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  return prefix < (address.kind() === "ipv4" ? 8 : 16);
}
