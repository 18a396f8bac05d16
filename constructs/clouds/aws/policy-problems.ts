import type { Path, Problem } from "../../model/problem";
import type { AwsProps } from "./props";

/** What cannot be said of how policies know hosts, of a cluster with nodes like these. */
export function policyProblems(
  { policiesByName, s3Addresses }: Pick<AwsProps, "policiesByName" | "s3Addresses">,
  autoMode: boolean,
  path: Path,
): Problem[] {
  if (policiesByName === undefined) return [];
  if (!autoMode) {
    return [
      {
        path: [...path, "policiesByName"],
        got: policiesByName,
        why: "AWS has policies by name on nodes of Auto Mode alone: the network policy agent of the VPC CNI follows none",
        fix: 'remove it; give hosts their `cidrs`, and buckets `s3Addresses: "prefix-list"`',
      },
    ];
  }
  if (policiesByName === "beside" || s3Addresses !== "prefix-list") return [];
  return [
    {
      path: [...path, "s3Addresses"],
      got: s3Addresses,
      why: 'S3 is opened by its names alone, as `policiesByName` is "instead"',
      fix: "remove it",
    },
  ];
}
