import { VELERO } from "../../addons/cluster-backups/names";
import { scheduleName } from "../../addons/cluster-backups/schedules";
import { BACKUP_SUFFIXES, workloadName } from "../../model/names";
import type { Environment, ResolvedApplication } from "../../model/resolved";
import { OF_PODS, QUOTA_LIMIT } from "../alerts/namespace";
import { oneOfTexts, select } from "../alerts/promql";
import { observedKinds } from "../kinds/kinds";
import { namespaces } from "./namespaces";
import type { Panel, Query, Row } from "./panel";

/* What applications stand on: data services, room, certificates, copies. */

type Applications = readonly ResolvedApplication[];

/** How many certificates are shown: those that end first. */
const CERTIFICATES = 10;

/** Data services: those in the cluster by their pods, and others by whoever asks them. */
export function servicesRow(applications: Applications): Row {
  const needing = applications.filter(({ services }) => services.length > 0);
  const within = { namespace: namespaces(needing) };
  const pods = (metric: string): string => `max by (namespace, statefulset) (${select(metric, within)})`;
  const kinds = observedKinds(needing.flatMap(({ services }) => services.map(({ service }) => service)));
  const panels: Panel[] = [
    {
      title: "Data services",
      description:
        "1 is up, 0 is an outage of everything that needs it: the part of its pods that are ready, and whether it lets its exporter in. " +
        "What a cloud runs and nothing asks, a bucket or a broker, has no line.",
      unit: "percentunit",
      max: 1,
      queries: [
        {
          expr: `${pods("kube_statefulset_status_replicas_ready")} / ${pods("kube_statefulset_replicas")}`,
          legend: "{{namespace}} pods of {{statefulset}}",
        },
        ...kinds.map(({ up }): Query => ({
          expr: `max by (namespace, service) (${select(up, within)})`,
          legend: "{{namespace}} {{service}}",
        })),
      ],
    },
  ];
  return { title: "Data services", panels: needing.length > 0 ? panels : [] };
}

/** What of its quota each namespace uses. */
export function quotaRow(applications: Applications): Row {
  const amount = (type: string): string =>
    `max by (namespace, resource) (${select("kube_resourcequota", { namespace: namespaces(applications), resource: OF_PODS, type })})`;
  const panels: Panel[] = [
    {
      title: "Quota in use",
      description: "Part of each namespace's quota for pods that is in use. QuotaNearlyFull fires above the line.",
      unit: "percentunit",
      limit: QUOTA_LIMIT,
      queries: [{ expr: `${amount("used")} / ${amount("hard")}`, legend: "{{namespace}} {{resource}}" }],
    },
  ];
  return { title: "Quota", panels: applications.length > 0 ? panels : [] };
}

/** Certificates of the whole cluster, those of the platform's own servers too. */
export function certificatesRow(): Row {
  const ends = "max by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds)";
  return {
    title: "Certificates",
    panels: [
      {
        title: "Time until certificates end",
        description: `The ${CERTIFICATES} certificates of cert-manager that end first. Each is renewed long before; 0 is one that has ended.`,
        unit: "s",
        queries: [
          { expr: `clamp_min(bottomk(${CERTIFICATES}, ${ends} - time()), 0)`, legend: "{{namespace}} {{name}}" },
        ],
      },
    ],
  };
}

/** How old the last copies are. */
export function backupsRow({
  applications,
  clusterBackups,
}: Pick<Environment, "applications" | "clusterBackups">): Row {
  const copied = applications.flatMap(({ name, namespace, services }) =>
    services
      .filter(({ sizing }) => sizing.backups !== undefined)
      .flatMap((service) =>
        Object.values(BACKUP_SUFFIXES).map((suffix) => ({
          namespace,
          cronJob: workloadName(name, `${service.name}-${suffix}`),
        })),
      ),
  );
  const jobs = select("kube_cronjob_status_last_successful_time", {
    namespace: namespaces(applications.filter(({ namespace }) => copied.some((one) => one.namespace === namespace))),
    cronjob: new RegExp(oneOfTexts(copied.map(({ cronJob }) => cronJob))),
  });
  const whole = select("velero_backup_last_successful_timestamp", {
    namespace: VELERO,
    schedule: new RegExp(oneOfTexts(applications.map(scheduleName))),
  });
  const age = (title: string, of: string, expr: string, legend: string): Panel => ({
    title,
    description: `Time since ${of} was last copied whole, or its log was. What never was has no line.`,
    unit: "s",
    queries: [{ expr, legend }],
  });
  return {
    title: "Backups",
    panels: [
      ...(copied.length === 0
        ? []
        : [
            age(
              "Age of copies of data services",
              "each data service in the cluster",
              `time() - max by (namespace, cronjob) (${jobs})`,
              "{{namespace}} {{cronjob}}",
            ),
          ]),
      ...(clusterBackups === undefined || applications.length === 0
        ? []
        : [
            age(
              "Age of copies by Velero",
              "each application's namespace",
              `time() - max by (schedule) (${whole})`,
              "{{schedule}}",
            ),
          ]),
    ],
  };
}
