import { orEmpty } from "../../model/plain";
import { check } from "../../model/schema";
import type { Observability } from "../observability";
import { installed } from "./installed";
import { GRAFANA_SECRET, type PrometheusProps, receiverSecrets, SCHEMA } from "./props";

export type { LogsProps } from "../logs/props";
export type { TracesProps } from "../traces/props";
export type { Droppable, EmailProps, PagerDutyProps, PrometheusProps, SlackProps } from "./props";

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
    ...installed({ props, receivers: props }),
  };
}
