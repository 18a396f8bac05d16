import { type Alert, alert } from "./alert";
import { measuredServices } from "./measured-services";
import { select } from "./promql";
import { growing, steady } from "./series";
import type { Watched } from "./watched";

/* Connections of MySQL, of which the server takes as many as it says itself: a machine that an environment names has its own number. */

const CONNECTED = "mysql_global_status_threads_connected";
const MAX = "mysql_global_variables_max_connections";
const ERRORS = "mysql_global_status_connection_errors_total";

/** Part of the connections from which on few are left. */
export const CONNECTIONS_NEAR = 0.8;

/** A rate needs two samples. */
const REFUSED_SECONDS = 30 + 60;

export const mysqlAlerts = (watched: Watched): Alert[] =>
  measuredServices(watched, "mysql").flatMap(({ service: { name } }) => [
    nearLimit(watched, name),
    refused(watched, name),
  ]);

function nearLimit({ application: { namespace } }: Watched, service: string): Alert {
  const within = { namespace, service };
  const connections = (open: number) => [
    steady(CONNECTED, { ...within, pod: "a" }, open, 300),
    steady(MAX, { ...within, pod: "a" }, 200, 300),
  ];
  return alert({
    name: "DatabaseConnectionsNearLimit",
    value: `max(${select(CONNECTED, within)})\n/ max(${select(MAX, within)})`,
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
      firing: connections(162),
      quiet: [connections(160)],
      firesAt: 300,
      shows: "81%",
    },
  });
}

function refused({ application: { namespace } }: Watched, service: string): Alert {
  const within = { namespace, service };
  const errors = (perSecond: number) => [
    growing(ERRORS, { ...within, pod: "a", error: "max_connections" }, perSecond, REFUSED_SECONDS),
  ];
  return alert({
    name: "DatabaseConnectionsRefused",
    value: `sum(rate(${select(ERRORS, { ...within, error: "max_connections" })}[5m]))`,
    is: ">",
    threshold: 0,
    forSeconds: 60,
    severity: "critical",
    within,
    pins: ["error"],
    labels: { service },
    says: () => ({
      summary: `${service} refuses connections`,
      description: `${service} has refused connections within five minutes, as all that it takes are open: what needs a new one fails`,
    }),
    proof: { firing: errors(2), quiet: [errors(0)], firesAt: REFUSED_SECONDS, shows: "0.6" },
  });
}
