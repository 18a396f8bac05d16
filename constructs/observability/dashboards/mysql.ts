import type { ResolvedService } from "../../model/resolved";
import { CONNECTIONS_NEAR } from "../alerts/connections-near-limit";
import { select } from "../alerts/promql";
import type { Watched } from "../alerts/watched";
import { type Panel, RANGE } from "./panel";

/** What MySQL does, as its exporter reads it: connections against those that there are, and queries. */
export function mysqlPanels({ application: { namespace } }: Watched, { name: service }: ResolvedService): Panel[] {
  const of = (metric: string, more = {}): string => select(metric, { namespace, service, ...more });
  const rate = (metric: string, more = {}): string => `sum(rate(${of(metric, more)}[${RANGE}]))`;
  return [
    {
      title: `Connections of ${service}`,
      description:
        "Part of the connections that it takes which are open. DatabaseConnectionsNearLimit fires above the line; at 100 % every new one is refused.",
      unit: "percentunit",
      limit: CONNECTIONS_NEAR,
      queries: [
        {
          expr: `max(${of("mysql_global_status_threads_connected")}) / max(${of("mysql_global_variables_max_connections")})`,
          legend: "open",
        },
      ],
    },
    {
      title: `Queries of ${service}`,
      description:
        "Statements a second, those of them that were slow, and connections that failed: a wrong password, or no TLS.",
      unit: "short",
      queries: [
        { expr: rate("mysql_global_status_questions"), legend: "statements" },
        { expr: rate("mysql_global_status_slow_queries"), legend: "slow ones" },
        { expr: rate("mysql_global_status_aborted_connects"), legend: "failed connections" },
      ],
    },
    {
      title: `Running in ${service}`,
      description: "Connections that run a statement at this moment. Many of them for long wait for each other.",
      unit: "short",
      queries: [{ expr: `max(${of("mysql_global_status_threads_running")})`, legend: "running" }],
    },
  ];
}
