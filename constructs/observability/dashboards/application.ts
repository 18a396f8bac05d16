import { poolOf } from "../../kubernetes/fpm-pool";
import { type ResolvedApplication, runsToItsEnd } from "../../model/resolved";
import { sha256 } from "../../model/sha256";
import { autoscalers } from "../alerts/autoscalers";
import { measuredServices } from "../alerts/measured-services";
import { missedWithin, PACES } from "../alerts/objectives";
import { duration, oneOfTexts, select } from "../alerts/promql";
import { ERROR_LIMIT, P95_LIMIT } from "../alerts/requests";
import { servers } from "../alerts/servers";
import { answering, byWorkload, ofKind, type Watched } from "../alerts/watched";
import { observedKind, observedKinds } from "../kinds/kinds";
import { logsLink } from "../logs/query";
import { type Objective, OBJECTIVE_DAYS, objectivesOf } from "../objectives";
import { tracesLink } from "../traces/query";
import { deployMarks } from "./deploys";
import { type DashboardSpec, type Panel, type Query, RANGE, type Row } from "./panel";
import { rabbitmqRow } from "./rabbitmq";

/** `backend` → `Backend` */
const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Grafana takes no more characters. */
const LONGEST_UID = 40;

/**
 * What addresses a dashboard in Grafana: `staging_my-app`, and `staging_` of the environment itself. No name has an underscore in it, so no two of
 * them are the same. What is too long for Grafana is its digest.
 */
export function dashboardUid({ environment, name }: Pick<ResolvedApplication, "environment" | "name">): string {
  const uid = `${environment}_${name}`;
  return uid.length <= LONGEST_UID ? uid : sha256(`${environment}/${name}`).slice(0, 32);
}

/** The dashboard of an application in one environment, called after its default workload: `Backend Dashboard`. */
export function applicationDashboard(watched: Watched, runbooks: string, keepsLogs = false): DashboardSpec {
  const { name, environment, namespace, defaultWorkload, workloads } = watched.application;
  const traced = workloads.some(({ tracing }) => tracing !== undefined);
  return {
    uid: dashboardUid(watched.application),
    title: `${capitalized(defaultWorkload ?? name)} Dashboard`,
    description: `What ${name} does in ${environment}, namespace ${namespace}. Rendered from its model.`,
    tags: ["goldenpath", name, environment],
    links: [
      { title: "Runbooks", url: runbooks },
      ...(keepsLogs ? [{ title: "Logs", url: logsLink({ namespace }) }] : []),
      ...(traced ? [{ title: "Traces", url: tracesLink(namespace) }] : []),
    ],
    marks: deployMarks(watched.application, "Deploys"),
    rows: [
      requests(watched),
      objectives(watched),
      pods(watched),
      saturation(watched),
      fpm(watched),
      services(watched),
      ...kinds(watched),
      rabbitmqRow(watched),
      jobs(watched),
    ].filter(({ panels }) => panels.length > 0),
  };
}

function requests(watched: Watched): Row {
  const { namespace } = watched.application;
  const rate = (matchers = {}): string =>
    `sum by (workload) (rate(${select("http_requests_total", { namespace, ...matchers })}[${RANGE}]))`;
  const buckets = `sum by (workload, le) (rate(${select("http_request_duration_seconds_bucket", { namespace })}[${RANGE}]))`;
  const panels: Panel[] = [
    {
      title: "Request rate",
      description: "Requests a second that each workload answers, as it counts them itself.",
      unit: "reqps",
      queries: [{ expr: rate(), legend: "{{workload}}" }],
    },
    {
      title: "Response time P95",
      description: "Time within which 95 of 100 requests are answered. HighResponseTime fires above the line.",
      unit: "s",
      limit: P95_LIMIT,
      queries: [{ expr: `histogram_quantile(0.95, ${buckets})`, legend: "{{workload}}" }],
    },
    {
      title: "Error rate",
      description: "Share of requests that are answered with a status of 5xx. HighErrorRate fires above the line.",
      unit: "percentunit",
      limit: ERROR_LIMIT,
      queries: [{ expr: `${rate({ status: /5../ })} / ${rate()}`, legend: "{{workload}}" }],
    },
  ];
  return { title: "Requests", panels: answering(watched).length > 0 ? panels : [] };
}

/** How many times faster than it allows an objective's errors are spent. A whole month of it no Prometheus here keeps. */
function objectives(watched: Watched): Row {
  const pace = (objective: Objective, seconds: number): Query => ({
    expr: `(${missedWithin(objective, seconds)}) / ${objective.budget}`,
    legend: `within ${duration(seconds)}`,
  });
  return {
    title: "Objectives",
    panels: objectivesOf(watched).map((objective) => ({
      title: `Pace of errors of ${objective.workload}: ${objective.name}`,
      description:
        `${capitalized(objective.promise)}, over ${OBJECTIVE_DAYS} days. At 1 the errors that this allows are spent in that time, at ` +
        `2 in half of it. ErrorBudgetBurningFast fires above the line within 1h.`,
      unit: "short",
      limit: PACES[0].factor,
      queries: [
        pace(objective, PACES[0].longSeconds),
        ...PACES.slice(1).map(({ longSeconds }) => pace(objective, longSeconds)),
      ],
    })),
  };
}

function pods(watched: Watched): Row {
  const { namespace } = watched.application;
  const deployments = ofKind(watched, "Deployment").map(({ metadata }) => metadata.name);
  const among = { namespace, deployment: new RegExp(oneOfTexts(deployments)) };
  const panels: Panel[] = [
    {
      title: "Pods that are missing",
      description: "Pods that each workload should have and that are not available. Short peaks belong to a release.",
      unit: "short",
      queries: [
        {
          expr:
            `sum by (deployment) (${select("kube_deployment_spec_replicas", among)}) - ` +
            `sum by (deployment) (${select("kube_deployment_status_replicas_available", among)})`,
          legend: "{{deployment}}",
        },
      ],
    },
    {
      title: "Restarts",
      description: "Containers that were started again within fifteen minutes, by pod.",
      unit: "short",
      queries: [
        {
          expr: byWorkload(
            watched,
            `sum by (pod, container) (increase(${select("kube_pod_container_status_restarts_total", { namespace })}[15m])) > 0`,
          ),
          legend: "{{pod}} {{container}}",
        },
      ],
    },
    ...autoscalers(watched).map(({ workload, name, min, max }): Panel => ({
      title: `Pods of ${workload}`,
      description: `Pods that the autoscaler has made, between ${min} and ${max}. At the line it can make no more.`,
      unit: "short",
      limit: max,
      queries: [
        {
          expr: `max(${select("kube_horizontalpodautoscaler_status_current_replicas", {
            namespace,
            horizontalpodautoscaler: name,
          })})`,
          legend: workload,
        },
      ],
    })),
  ];
  return { title: "Pods", panels: deployments.length === 0 ? [] : panels };
}

function saturation(watched: Watched): Row {
  const { namespace } = watched.application;
  const running = ofKind(watched, "Deployment").length > 0;
  const claims = ofKind(watched, "PersistentVolumeClaim").map(({ metadata }) => metadata.name);
  const volumes = { namespace, persistentvolumeclaim: new RegExp(oneOfTexts(claims)) };
  const volume = (metric: string): string => `min by (persistentvolumeclaim) (${select(metric, volumes)})`;
  const containers: Panel[] = [
    {
      title: "Memory",
      description:
        "Memory that containers use, without what the kernel can take back. At its limit a container is killed.",
      unit: "bytes",
      queries: [
        {
          expr: `max by (container) (${select("container_memory_working_set_bytes", { namespace, container: /.+/ })})`,
          legend: "{{container}}",
        },
      ],
    },
    {
      title: "CPU",
      description: "Cores that containers use, the busiest pod of each. At its limit a container is slowed down.",
      unit: "short",
      queries: [
        {
          expr: `max by (container) (rate(${select("container_cpu_usage_seconds_total", { namespace, container: /.+/ })}[${RANGE}]))`,
          legend: "{{container}}",
        },
      ],
    },
  ];
  const free: Panel[] = [
    {
      title: "Free on volumes",
      description: "Part of each volume that is free. VolumeFillingUp fires below 15 %, VolumeAlmostFull below 5 %.",
      unit: "percentunit",
      max: 1,
      queries: [
        {
          expr: `${volume("kubelet_volume_stats_available_bytes")} / ${volume("kubelet_volume_stats_capacity_bytes")}`,
          legend: "{{persistentvolumeclaim}}",
        },
      ],
    },
  ];
  return { title: "Saturation", panels: [...(running ? containers : []), ...(claims.length > 0 ? free : [])] };
}

function fpm({ application: { namespace, workloads } }: Watched): Row {
  const query = (metric: string, workload: string): Query => ({
    expr: `max by (pod) (${select(metric, { namespace, workload })})`,
    legend: "{{pod}}",
  });
  return {
    title: "PHP-FPM",
    panels: workloads.flatMap((workload): Panel[] => {
      if (workload.kind !== "php-fpm") return [];
      const { maxChildren } = poolOf(workload);
      return [
        {
          title: `Busy processes of ${workload.name}`,
          description: `Processes that answer a request, of ${maxChildren} in each pod. At the line requests wait.`,
          unit: "short",
          limit: maxChildren,
          queries: [query("phpfpm_active_processes", workload.name)],
        },
        {
          title: `Requests that wait for ${workload.name}`,
          description: "Requests that wait for a process, by pod. PhpFpmQueueGrowing fires above the line.",
          unit: "short",
          limit: maxChildren,
          queries: [query("phpfpm_listen_queue", workload.name)],
        },
      ];
    }),
  };
}

/** A row of each kind that exporters ask. */
function kinds(watched: Watched): Row[] {
  const measured = measuredServices(watched).map(({ service }) => service);
  return observedKinds(measured.map(({ service }) => service)).map((kind) => ({
    title: kind.title,
    panels: measured
      .filter(({ service }) => observedKind(service) === kind)
      .flatMap((service) => kind.panels(watched, service)),
  }));
}

function services(watched: Watched): Row {
  const { namespace } = watched.application;
  const sets = servers(watched).map(({ statefulSet }) => statefulSet);
  const panels: Panel[] = [
    {
      title: "Data services in the cluster",
      description: "Pods of each data service that are ready. None is an outage of everything that needs it.",
      unit: "short",
      queries: [
        {
          expr: `max by (statefulset) (${select("kube_statefulset_status_replicas_ready", { namespace, statefulset: new RegExp(oneOfTexts(sets)) })})`,
          legend: "{{statefulset}}",
        },
      ],
    },
  ];
  return { title: "Data services", panels: sets.length === 0 ? [] : panels };
}

function jobs(watched: Watched): Row {
  const { namespace, workloads } = watched.application;
  const crons = ofKind(watched, "CronJob").map(({ metadata }) => metadata.name);
  const panels: Panel[] = [
    {
      title: "Since the last run that succeeded",
      description: "Time since a run of each CronJob has succeeded. It grows when runs fail, or do not come.",
      unit: "s",
      queries: [
        {
          expr: `time() - max by (cronjob) (${select("kube_cronjob_status_last_successful_time", { namespace, cronjob: new RegExp(oneOfTexts(crons)) })})`,
          legend: "{{cronjob}}",
        },
      ],
    },
  ];
  return { title: "Jobs", panels: workloads.some(runsToItsEnd) && crons.length > 0 ? panels : [] };
}
