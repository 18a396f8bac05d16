import ipaddr from "ipaddr.js";

/** The `index`th of the equal parts that a block has when its prefix grows by `bits`. */
export function subBlock(cidr: string, bits: number, index: number): string {
  const [base, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const length = prefix + bits;
  const start = base.octets.reduce((sum, octet) => sum * 256 + octet, 0) + index * 2 ** (32 - length);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join(".")}/${length}`;
}
