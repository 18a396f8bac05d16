import type { ResolvedService } from "../../model/resolved";
import type { Alert } from "./alert";
import { connectionsNearLimit, type CountedConnections } from "./connections-near-limit";
import { connectionsRefused } from "./connections-refused";
import { steady } from "./series";
import type { Watched } from "./watched";

/* Connections of MySQL, of which the server takes as many as it says itself: a machine that an environment names has its own number. */

const CONNECTED = "mysql_global_status_threads_connected";
const MAX = "mysql_global_variables_max_connections";
const REFUSALS = {
  alert: "DatabaseConnectionsRefused",
  metric: "mysql_global_status_connection_errors_total",
  only: { error: "max_connections" },
} as const;

const COUNTED: CountedConnections = {
  part: (of) => `max(${of(CONNECTED)}) / max(${of(MAX)})`,
  series: (labels, open) => [steady(CONNECTED, labels, open, 300), steady(MAX, labels, 200, 300)],
};

export const mysqlAlerts = (watched: Watched, { name }: ResolvedService): Alert[] => [
  connectionsNearLimit(watched, name, COUNTED),
  connectionsRefused(watched, name, REFUSALS),
];
