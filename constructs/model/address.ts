import ipaddr from "ipaddr.js";

/** Whether it is an IPv4 address in four decimal parts. */
export const isAddress = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text);

/** The same of one that a pod may be led to: not itself, not all of a network, and not where a node's credentials are. */
export const isOutsideAddress = (text: string): boolean =>
  isAddress(text) && ["unicast", "private", "carrierGradeNat", "reserved"].includes(ipaddr.IPv4.parse(text).range());
