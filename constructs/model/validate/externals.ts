import { z } from "zod";
import type { OutsideHost, Peer } from "../application";
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
    report.add(...clusterNameProblems(external, [...path, "externals", name, "host"]));
    const { cidrs = [] } = external;
    const at = [...path, "externals", name, "cidrs"];
    const malformed = cidrProblems(at, cidrs);
    report.add(...malformed);
    if (malformed.length > 0) continue;
    cidrs.forEach((cidr, index) => {
      if (!cidrsOverlap(cidr, LINK_LOCAL)) return;
      const why = `holds ${LINK_LOCAL}, where the cloud tells pods its nodes' credentials`;
      report.add({
        path: [...at, index],
        got: cidr,
        why,
        fix: "give the host's own blocks, or none for every public address",
      });
    });
  }
}

/** `prometheus.monitoring.svc`, with the cluster's domain or without. */
const CLUSTER_NAME = /^(?:[a-z0-9-]+\.)*?([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?$/;

/** What is open for a host outside leaves the cluster's own addresses out: the edge would lead nowhere. */
function clusterNameProblems({ host: got, port }: OutsideHost, path: Path): Problem[] {
  const match = CLUSTER_NAME.exec(got);
  if (match === null && ![".svc", ".cluster.local"].some((end) => got.endsWith(end))) return [];
  const [, service = "...", namespace = "..."] = match ?? [];
  const why = "a name of the cluster, to whose addresses a host outside opens nothing";
  const fix = `use peer({ namespace: "${namespace}", service: "${service}", labels: {...}, port: ${port} }) with the labels of its pods`;
  return [{ path, got, why, fix }];
}
