import { isAddress } from "../../model/address";
import type { Path, Problem } from "../../model/problem";
import type { Edge, ResolvedApplication } from "../../model/resolved";

/**
 * Addresses to which the names of one FQDNNetworkPolicy may resolve, and a workload has one policy. Each name has one at
 * least; how many more, only its owner's DNS knows.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/fqdn-network-policies
 */
const ADDRESSES = 50;

/** Cloud Storage has two names, with the bucket before the host and without. */
const NAMES_OF_A_BUCKET = 2;

/** Workloads with more names than the data plane of GKE can follow. */
export const nameProblems = ({ workloads }: ResolvedApplication, path: Path): Problem[] =>
  workloads.flatMap(({ name, edges }): Problem[] => {
    const count = edges.reduce((sum, edge) => sum + namesOf(edge), 0);
    if (count <= ADDRESSES) return [];
    const why = `needs ${count} names outside, and the names of one FQDNNetworkPolicy resolve to ${ADDRESSES} addresses at most`;
    const fix = "give `cidrs` to hosts whose blocks are known, or divide the workload";
    return [{ path: [...path, "workloads", name], why, fix }];
  });

const isKnownByName = ({ cidrs, host }: { readonly host: string; readonly cidrs?: readonly string[] }): boolean =>
  cidrs === undefined && !isAddress(host);

function namesOf(edge: Edge): number {
  if (edge.to === "service") {
    const { service, sizing } = edge.service;
    if (sizing.external !== undefined) return isKnownByName(sizing.external) ? 1 : 0;
    return service.kind === "bucket" && sizing.placement === "managed" ? NAMES_OF_A_BUCKET : 0;
  }
  if (edge.to !== "external" || edge.external.kind === "peer" || edge.external.kind === "objects") return 0;
  return isKnownByName(edge.external) ? 1 : 0;
}
