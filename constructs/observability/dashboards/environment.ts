import type { Environment, ResolvedApplication } from "../../model/resolved";
import { select } from "../alerts/promql";
import { logsLink } from "../logs/query";
import { dashboardUid } from "./application";
import { deployMarks } from "./deploys";
import { arrivals } from "./environment-arrivals";
import { backupsRow, certificatesRow, quotaRow, servicesRow } from "./environment-state";
import { fpmPanels, requestsRow, scalingPanels } from "./environment-workloads";
import type { DashboardSpec, Row } from "./panel";

/** What the dashboard of an environment is about. */
export interface Shown {
  readonly environment: Pick<Environment, "applications" | "clusterBackups" | "contact" | "name">;
  readonly keepsLogs: boolean;
  readonly takesTraces: boolean;
}

/** Addresses of first pages of runbooks. */
export interface Indexes {
  readonly of: (application: ResolvedApplication) => string;
  /** That of the platform. @default - it has none */
  readonly platform?: string;
}

/**
 * The dashboard of an environment: what fires, and how all of its applications do, with the ways to what says more. It knows the
 * model alone, and so asks by namespaces where an application's own asks by objects.
 */
export function environmentDashboard(shown: Shown, indexes: Indexes): DashboardSpec {
  const { environment, keepsLogs } = shown;
  const { name, contact, applications } = environment;
  return {
    // No application's: those have a name after the underscore.
    uid: dashboardUid({ environment: name, name: "" }),
    title: `Environment ${name}`,
    description: `What fires in ${name} and how its applications do; ${contact} answers for it. Rendered from its model.`,
    tags: ["goldenpath", name],
    links: [
      ...applications.flatMap((application) => [
        { title: application.name, url: `/d/${dashboardUid(application)}` },
        { title: `Runbooks of ${application.name}`, url: indexes.of(application) },
        ...(keepsLogs
          ? [{ title: `Logs of ${application.name}`, url: logsLink({ namespace: application.namespace }) }]
          : []),
      ]),
      ...(indexes.platform === undefined ? [] : [{ title: "Runbooks of the platform", url: indexes.platform }]),
    ],
    marks: applications.flatMap((application) => deployMarks(application, `Deploys of ${application.name}`)),
    rows: [
      firing(),
      requestsRow(applications),
      { title: "Saturation", panels: [...scalingPanels(applications), ...applications.flatMap(fpmPanels)] },
      servicesRow(applications),
      quotaRow(applications),
      certificatesRow(),
      backupsRow(environment),
      ...arrivals(shown),
    ].filter(({ panels }) => panels.length > 0),
  };
}

/** What fires, whether somebody silenced it or not. */
function firing(): Row {
  const ours = select("ALERTS", { alertstate: "firing", application: /.+/ });
  const others = select("ALERTS", { alertstate: "firing", application: "", severity: /critical|warning/ });
  return {
    title: "What fires now",
    panels: [
      {
        title: "Alerts of applications and of the platform",
        description: "Alerts that fire, by application and severity, silenced or not. A line of all at 0 is none.",
        unit: "short",
        queries: [
          { expr: `count by (application, severity) (${ours})`, legend: "{{application}} {{severity}}" },
          { expr: `count(${ours}) or vector(0)`, legend: "all" },
        ],
      },
      {
        title: "Alerts of the cluster",
        description:
          "Alerts that fire of the cluster itself, by name: machines, Kubernetes, Prometheus. All at 0 is none.",
        unit: "short",
        queries: [
          { expr: `count by (alertname, severity) (${others})`, legend: "{{alertname}} {{severity}}" },
          { expr: `count(${others}) or vector(0)`, legend: "all" },
        ],
      },
    ],
  };
}
