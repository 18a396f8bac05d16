import { POD_TARGET, type Source } from "./source";

/** The status page of PHP-FPM as OpenMetrics, which PHP has since 8.1. Its counters have no `_total` at their end. */
export const PHP_FPM: Source = {
  name: "PHP-FPM",
  evidence: "scraped",
  targetLabels: POD_TARGET,
  families: {
    phpfpm_up: { type: "gauge", labels: [] },
    phpfpm_accepted_connections: { type: "counter", labels: [] },
    phpfpm_listen_queue: { type: "gauge", labels: [] },
    phpfpm_idle_processes: { type: "gauge", labels: [] },
    phpfpm_active_processes: { type: "gauge", labels: [] },
    phpfpm_total_processes: { type: "gauge", labels: [] },
    phpfpm_slow_requests: { type: "counter", labels: [] },
  },
};
