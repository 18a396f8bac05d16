import { DASHBOARD_LABEL } from "../../observability/dashboards/panel";
import type { RenderedApplication } from "../../rendering/rendered-environment";
import type { Placed } from "./applications";
import { type EntityLink, sorted } from "./entity";

/* What measures an application, as plugins of Backstage find it: read from the objects that are rendered. */

interface AlertingRule {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const rulesOf = ({ prepared }: RenderedApplication): readonly AlertingRule[] =>
  prepared.flatMap((object) =>
    object.kind === "PrometheusRule"
      ? object.spec.groups.flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule] : [])))
      : [],
  );

/** Which alerts: all of an application, or those of a workload or data service of it. */
export interface About {
  readonly label: "service" | "workload";
  readonly name: string;
}

const isAbout = ({ labels }: AlertingRule, about: About | undefined): boolean =>
  about === undefined || labels[about.label] === about.name;

/**
 * Annotations of the plugins of Grafana, by the tags of dashboards, and of Prometheus, by the names and labels of alerts.
 *
 * @param about @default - the application
 */
export function measuredAnnotations(
  application: string,
  each: readonly Placed[],
  about?: About,
): Readonly<Record<string, string>> {
  const isDrawn = each.some(({ rendered }) =>
    rendered.prepared.some(({ kind, metadata }) => kind === "ConfigMap" && DASHBOARD_LABEL in metadata.labels),
  );
  const rules = each.flatMap(({ rendered }) => rulesOf(rendered)).filter((rule) => isAbout(rule, about));
  const alerts = sorted(rules.map(({ alert }) => alert));
  return {
    ...(isDrawn && { "grafana/dashboard-selector": `tags @> 'goldenpath' && tags @> '${application}'` }),
    ...(alerts !== undefined && {
      "prometheus.io/alert": alerts.join(","),
      // Names are those of every application: without labels the plugin would show an alert of another one.
      "prometheus.io/labels": [`application=${application}`, ...(about ? [`${about.label}=${about.name}`] : [])].join(
        ",",
      ),
    }),
  };
}

/** Where to read what to do about alerts, in each environment that has any. */
export const runbookLinks = (each: readonly Placed[], about?: About): readonly EntityLink[] =>
  each.flatMap(({ environment, rendered }) => {
    const [first] = rulesOf(rendered).filter((rule) => isAbout(rule, about));
    const url = first?.annotations["runbook_url"];
    return url === undefined
      ? []
      : [{ url: url.replace(/[^/]*$/, "README.md"), title: `Runbooks, ${environment.name}`, type: "runbook" }];
  });
