import { PARTITION } from "./regions";

/** `arn:aws:rds:eu-central-1:123456789012:db:orders` */
export function arn(
  place: { readonly region: string; readonly accountId: string },
  service: string,
  resource: string,
): string {
  return `arn:${PARTITION}:${service}:${place.region}:${place.accountId}:${resource}`;
}
