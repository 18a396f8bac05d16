import ipaddr from "ipaddr.js";
import { type Zone, ZONES } from "./props";

/** Blocks of the network, by what is in them. */
export interface PlannedSubnets {
  readonly nodes: Readonly<Record<Zone, string>>;
  /** Private endpoints of vaults, volumes and data services. */
  readonly endpoints: string;
  /** Delegated to MySQL. */
  readonly mysql: string;
  /** Delegated to AKS for the control plane. */
  readonly apiServer: string;
}

/*
 * The first half of the network is cut into four blocks for nodes, one for each zone; pods have addresses of their own.
 * Private endpoints get a sixteenth from the middle on, MySQL and the control plane a thirty-second each after it. The
 * rest stays free. The smallest network, a /22, has 123 nodes in each zone, 59 endpoints and 27 addresses in the
 * others, of which AKS wants 9 at least.
 */
const NODES = { bits: 3, first: 0 } as const;
const ENDPOINTS = { bits: 4, first: 8 } as const;
const MYSQL = { bits: 5, first: 18 } as const;
const API_SERVER = { bits: 5, first: 19 } as const;

/** Cuts a valid network block into the subnets of all three zones, used or not: adding one moves nothing. */
export function planSubnets(cidr: string): PlannedSubnets {
  const block = ({ bits, first }: { readonly bits: number; readonly first: number }, offset = 0): string =>
    subBlock(cidr, bits, first + offset);
  const zone = (name: Zone): string => block(NODES, ZONES.indexOf(name));
  return {
    nodes: { "1": zone("1"), "2": zone("2"), "3": zone("3") },
    endpoints: block(ENDPOINTS),
    mysql: block(MYSQL),
    apiServer: block(API_SERVER),
  };
}

/** The `index`th of the equal parts that a block has when its prefix grows by `bits`. */
function subBlock(cidr: string, bits: number, index: number): string {
  const [base, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const length = prefix + bits;
  const start = base.octets.reduce((sum, octet) => sum * 256 + octet, 0) + index * 2 ** (32 - length);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join(".")}/${length}`;
}
