import { orEmpty } from "../../model/plain";
import { check } from "../../model/schema";
import type { Observability } from "../observability";
import { runbookUrl } from "../runbooks/address";
import { applicationObjects } from "./application-objects";
import { base } from "./base";
import { DEFINITIONS } from "./charts";
import { platformMonitors } from "./monitors";
import { NAMESPACE, OPERATOR, PROMETHEUS, STACK_RELEASE } from "./names";
import { nodeExporter } from "./node-exporter";
import { GRAFANA_SECRET, type PrometheusProps, receiverSecrets, SCHEMA } from "./props";
import { stack } from "./stack";

export type { EmailProps, PagerDutyProps, PrometheusProps, SlackProps } from "./props";

/** Pods of Prometheus itself. */
const SCRAPER = {
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/name": "prometheus", "operator.prometheus.io/name": PROMETHEUS },
} as const;

/**
 * Prometheus, Alertmanager and Grafana in the cluster. Alerts are told in a channel of Slack, and to whoever is called beside.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export function prometheus(props: PrometheusProps): Observability {
  return {
    title: "Prometheus",
    problems: (path) => check(SCHEMA, props, path),
    // `problems` says what is wrong with what was given.
    secrets: [GRAFANA_SECRET, ...receiverSecrets(orEmpty(props))],
    definitions: DEFINITIONS,
    addons: (environment, facts) => [
      base(environment, props),
      stack(environment, facts, props),
      ...(facts.hostAccess === false ? [] : [nodeExporter()]),
    ],
    objects: platformMonitors,
    applicationObjects: (application, objects) =>
      applicationObjects(application, objects, {
        runbookUrl: (alert) => runbookUrl(props.runbooks, application, alert),
        scraper: SCRAPER,
      }),
    operator: { namespace: NAMESPACE, name: OPERATOR },
    secretNamespaces: [NAMESPACE],
    dashboards: [
      `kubectl -n ${NAMESPACE} port-forward service/${STACK_RELEASE}-grafana 3000:80`,
      `kubectl -n ${NAMESPACE} port-forward service/${PROMETHEUS} 9090`,
    ],
    scraper: SCRAPER,
  };
}
