import { z } from "zod";
import type { Peer } from "../application";
import type { Path, Problem } from "../problem";
import { schemaOf } from "../schema-of";
import { cidrProblems, cidrsOverlap } from "./cidr";
import { dnsLabel, labelKey, labelValue } from "./forms";
import type { Report } from "./report";
import type { UsableApplication } from "./usable";

/* What workloads call outside of their application. */

/** Form of a `peer()`. */
export const peerShape = (port: z.ZodType) =>
  schemaOf<Peer>()({
    kind: z.literal("peer"),
    namespace: dnsLabel,
    service: dnsLabel,
    labels: z
      .record(labelKey, labelValue.min(1))
      .refine((labels) => Object.keys(labels).length > 0, "give at least one label of its pods"),
    port,
    podPort: port.optional(),
  });

/** Where every cloud answers with what a node is and may do. */
const LINK_LOCAL = "169.254.0.0/16";

export function checkExternals(report: Report, path: Path, { app }: UsableApplication): void {
  for (const [name, external] of Object.entries(app.externals ?? {})) {
    if (external.kind === "peer") continue;
    const host = [...path, "externals", name, "host"];
    report.add(
      ...clusterNameProblems(external.host, host, (service, namespace) => {
        const { port } = external;
        return `use peer({ namespace: "${namespace}", service: "${service}", labels: {...}, port: ${port} }) with the labels of its pods`;
      }),
    );
    const { cidrs = [] } = external;
    const at = [...path, "externals", name, "cidrs"];
    report.add(...outsideCidrProblems(cidrs, at));
  }
}

/** Blocks of a host outside, at `path`: those that are none, and those that nobody outside has. */
export function outsideCidrProblems(cidrs: readonly string[], path: Path): Problem[] {
  const malformed = cidrProblems(path, cidrs);
  if (malformed.length > 0) return malformed;
  return cidrs.flatMap((got, index): Problem[] => {
    if (!cidrsOverlap(got, LINK_LOCAL)) return [];
    const why = `holds ${LINK_LOCAL}, where the cloud tells pods its nodes' credentials`;
    return [{ path: [...path, index], got, why, fix: "give the host's own blocks, or none for every public address" }];
  });
}

/** `prometheus.monitoring.svc`, with the cluster's domain or without. */
const CLUSTER_NAME = /^(?:[a-z0-9-]+\.)*?([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?$/;

/** What is open for a host outside leaves the cluster's own addresses out: the edge would lead nowhere. */
export function clusterNameProblems(
  got: string,
  path: Path,
  instead: (service: string, namespace: string) => string,
): Problem[] {
  const match = CLUSTER_NAME.exec(got);
  if (match === null && ![".svc", ".cluster.local"].some((end) => got.endsWith(end))) return [];
  const [, service = "...", namespace = "..."] = match ?? [];
  const why = "a name of the cluster, to whose addresses a host outside opens nothing";
  return [{ path, got, why, fix: instead(service, namespace) }];
}
