import { EXPORTER_TARGET, type Source } from "./source";

/** What mysqld_exporter reads of the server's status and variables. */
export const MYSQL: Source = {
  name: "mysqld_exporter",
  evidence: "scraped",
  targetLabels: EXPORTER_TARGET,
  families: {
    mysql_up: { type: "gauge", labels: [] },
    mysql_global_status_threads_connected: { type: "gauge", labels: [] },
    mysql_global_status_threads_running: { type: "gauge", labels: [] },
    mysql_global_status_connection_errors_total: { type: "counter", labels: ["error"] },
    mysql_global_status_aborted_connects: { type: "counter", labels: [] },
    mysql_global_status_questions: { type: "counter", labels: [] },
    mysql_global_status_slow_queries: { type: "counter", labels: [] },
    mysql_global_variables_max_connections: { type: "gauge", labels: [] },
  },
};
