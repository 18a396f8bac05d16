import { isAddress } from "./address";
import type { AddressEndpoint } from "./connection";

/** Every public address: policies leave the network's own out of it. */
export const ANYWHERE = "0.0.0.0/0";

/** Where a host outside is for network policies: in its blocks, at its address, or by its name. */
export function outsideEndpoint({
  host,
  port,
  cidrs,
}: {
  readonly host: string;
  readonly port: number;
  readonly cidrs?: readonly string[];
}): AddressEndpoint {
  if (cidrs !== undefined) return { cidrs, port };
  return isAddress(host) ? { cidrs: [`${host}/32`], port } : { cidrs: [ANYWHERE], hosts: [host], port };
}
