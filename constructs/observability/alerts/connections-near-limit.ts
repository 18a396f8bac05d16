import type { Labels } from "../../kubernetes/objects";
import { type Alert, alert, type Series, STEP_SECONDS } from "./alert";
import { select } from "./promql";
import { cut } from "./series";
import type { Watched } from "./watched";

/** Part of the connections from which on few are left. */
export const CONNECTIONS_NEAR = 0.8;

/** How an exporter counts the connections of a server, which takes as many as it says itself. */
export interface CountedConnections {
  /** Expression of the part of them that is open; `of` is one of the exporter's metrics. */
  readonly part: (of: (metric: string) => string) => string;
  /** What an exporter in a pod tells while so many of 200 are open, for 300 seconds. */
  readonly series: (labels: Labels, open: number) => readonly Series[];
}

/** Fires where few connections of a database are left. */
export function connectionsNearLimit(
  { application: { namespace } }: Watched,
  service: string,
  { part, series }: CountedConnections,
): Alert {
  const within = { namespace, service };
  const connections = (open: number, pod = "a"): readonly Series[] => series({ ...within, pod }, open);
  const shutOut = (open: number): readonly Series[] => connections(open).map((one) => cut(one, 300 / STEP_SECONDS - 1));
  return alert({
    name: "DatabaseConnectionsNearLimit",
    // Who is full lets no exporter in either: then it is as it was when that was told last.
    value: [
      part((metric) => select(metric, within)),
      `or ${part((metric) => `last_over_time(${select(metric, within)}[15m])`)}`,
    ].join("\n"),
    is: ">",
    threshold: CONNECTIONS_NEAR,
    forSeconds: 300,
    severity: "warning",
    within,
    labels: { service },
    shownBy: "humanizePercentage",
    says: ({ value }) => ({
      summary: `${service} has few connections left`,
      description: `${value} of the connections that ${service} takes have been open for five minutes; the limit is ${CONNECTIONS_NEAR * 100}%. At 100% it refuses every new one`,
    }),
    proof: {
      firing: shutOut(162),
      // What an exporter that is not there any more has told last counts no more as soon as there is another.
      quiet: [connections(160), [...shutOut(162), ...connections(160, "b")]],
      firesAt: 300,
      shows: "81%",
    },
  });
}
