import { type Alert, alert, type Series, STEP_SECONDS } from "./alert";
import { connectionsRefused } from "./connections-refused";
import { measuredServices } from "./measured-services";
import { select } from "./promql";
import { cut, steady } from "./series";
import type { Watched } from "./watched";

/* Connections of MySQL, of which the server takes as many as it says itself: a machine that an environment names has its own number. */

const CONNECTED = "mysql_global_status_threads_connected";
const MAX = "mysql_global_variables_max_connections";
const REFUSALS = {
  alert: "DatabaseConnectionsRefused",
  metric: "mysql_global_status_connection_errors_total",
  only: { error: "max_connections" },
} as const;

/** Part of the connections from which on few are left. */
export const CONNECTIONS_NEAR = 0.8;

export const mysqlAlerts = (watched: Watched): Alert[] =>
  measuredServices(watched, "mysql").flatMap(({ service: { name } }) => [
    nearLimit(watched, name),
    connectionsRefused(watched, name, REFUSALS),
  ]);

function nearLimit({ application: { namespace } }: Watched, service: string): Alert {
  const within = { namespace, service };
  const connections = (open: number, pod = "a"): Series[] => [
    steady(CONNECTED, { ...within, pod }, open, 300),
    steady(MAX, { ...within, pod }, 200, 300),
  ];
  const shutOut = (open: number): Series[] => connections(open).map((one) => cut(one, 300 / STEP_SECONDS - 1));
  const part = (of: (metric: string) => string): string => `max(${of(CONNECTED)}) / max(${of(MAX)})`;
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
