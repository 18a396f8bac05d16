import { poolOf } from "../../kubernetes/fpm-pool";
import { type ResolvedApplication, runsToItsEnd } from "../../model/resolved";
import { select } from "../alerts/promql";
import { ERROR_LIMIT, P95_LIMIT } from "../alerts/requests";
import { answering } from "../alerts/watched";
import { namespaces } from "./namespaces";
import { type Panel, type Query, RANGE, type Row } from "./panel";

/* How the workloads of all applications do. */

type Applications = readonly ResolvedApplication[];

const LEGEND = "{{application}} {{workload}}";

/** Requests of every workload that tells of them. */
export function requestsRow(applications: Applications): Row {
  const telling = applications.filter((application) => answering({ application }).length > 0);
  const within = { namespace: namespaces(telling) };
  const rate = (matchers = {}): string =>
    `sum by (application, workload) (rate(${select("http_requests_total", { ...within, ...matchers })}[${RANGE}]))`;
  const buckets = `sum by (application, workload, le) (rate(${select("http_request_duration_seconds_bucket", within)}[${RANGE}]))`;
  const panels: Panel[] = [
    {
      title: "Request rate",
      description: "Requests a second that each workload of each application answers, as it counts them itself.",
      unit: "reqps",
      queries: [{ expr: rate(), legend: LEGEND }],
    },
    {
      title: "Error rate",
      description: "Share of requests that are answered with a status of 5xx. HighErrorRate fires above the line.",
      unit: "percentunit",
      limit: ERROR_LIMIT,
      queries: [{ expr: `${rate({ status: /5../ })} / ${rate()}`, legend: LEGEND }],
    },
    {
      title: "Response time P95",
      description: "Time within which 95 of 100 requests are answered. HighResponseTime fires above the line.",
      unit: "s",
      limit: P95_LIMIT,
      queries: [{ expr: `histogram_quantile(0.95, ${buckets})`, legend: LEGEND }],
    },
  ];
  return { title: "Requests", panels: telling.length > 0 ? panels : [] };
}

/** How near autoscalers are to their maximum. */
export function scalingPanels(applications: Applications): Panel[] {
  const scaled = applications.filter(({ workloads }) =>
    workloads.some((workload) => !runsToItsEnd(workload) && workload.autoscaling !== undefined),
  );
  if (scaled.length === 0) return [];
  const pods = (metric: string): string =>
    `max by (namespace, horizontalpodautoscaler) (${select(metric, { namespace: namespaces(scaled) })})`;
  return [
    {
      title: "Autoscalers",
      description: "Pods that each autoscaler has made, as part of those that it may. At the line it can make no more.",
      unit: "percentunit",
      limit: 1,
      queries: [
        {
          expr: `${pods("kube_horizontalpodautoscaler_status_current_replicas")} / ${pods("kube_horizontalpodautoscaler_spec_max_replicas")}`,
          legend: "{{namespace}} {{horizontalpodautoscaler}}",
        },
      ],
    },
  ];
}

/** How full the pools of PHP-FPM of an application are, each against what was rendered into its file. */
export function fpmPanels({ name, namespace, workloads }: ResolvedApplication): Panel[] {
  const [first, ...more] = workloads.flatMap((workload): Query[] => {
    if (workload.kind !== "php-fpm") return [];
    const busy = select("phpfpm_active_processes", { namespace, workload: workload.name });
    return [{ expr: `max(${busy}) / ${poolOf(workload).maxChildren}`, legend: workload.name }];
  });
  if (first === undefined) return [];
  return [
    {
      title: `PHP-FPM of ${name}`,
      description: "Part of the processes that answer a request, in the busiest pod. At the line requests wait.",
      unit: "percentunit",
      limit: 1,
      queries: [first, ...more],
    },
  ];
}
