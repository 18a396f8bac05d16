import type { Labels } from "../../kubernetes/objects";
import { type Alert, alert, STEP_SECONDS } from "./alert";
import { select } from "./promql";
import { afterGap, growing } from "./series";
import type { Watched } from "./watched";

/** What a server counts whenever it refuses a connection, as it has as many as it takes. */
interface Refusals {
  readonly alert: string;
  readonly metric: string;
  /** Labels by which the metric tells this from other errors. @default - it counts nothing else */
  readonly only?: Labels;
}

/** Steps without a sample: the server lets its exporter in as little as anybody else. */
const SHUT_OUT = 18;

/** Time until the first sample after it, and then for as long as the alert waits. */
const FIRES_AT = (SHUT_OUT + 1) * STEP_SECONDS + 60;

/** Somebody was turned away, which the exporter tells once it is let in again. */
export function connectionsRefused(
  { application: { namespace } }: Watched,
  service: string,
  { alert: name, metric, only = {} }: Refusals,
): Alert {
  const within = { namespace, service };
  const labels = { ...within, pod: "a", ...only };
  const pins = Object.keys(only);
  return alert({
    name,
    // Long enough for two samples: while it refuses everybody the exporter tells nothing.
    value: `sum(increase(${select(metric, { ...within, ...only })}[15m]))`,
    is: ">",
    threshold: 0,
    forSeconds: 60,
    severity: "critical",
    within,
    ...(pins.length > 0 && { pins }),
    labels: { service },
    says: () => ({
      summary: `${service} refuses connections`,
      description: `${service} has refused connections within a quarter of an hour, as all that it takes are open: what needs a new one fails`,
    }),
    proof: {
      firing: [afterGap(metric, labels, SHUT_OUT, FIRES_AT)],
      quiet: [[growing(metric, labels, 0, FIRES_AT)]],
      firesAt: FIRES_AT,
      shows: "1",
    },
  });
}
