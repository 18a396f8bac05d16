import { FAILURES_RATE, REQUESTS_RATE } from "../objectives";
import { APPLICATION } from "./application";
import { CERT_MANAGER, EXTERNAL_SECRETS } from "./controllers";
import { KUBE_STATE_METRICS } from "./kube-state-metrics";
import { KUBELET } from "./kubelet";
import { ALLOY_METRICS, LOKI_METRICS } from "./logs";
import { MYSQL } from "./mysql";
import { PHP_FPM } from "./php-fpm";
import { RABBITMQ } from "./rabbitmq";
import { REDIS } from "./redis";
import { EXPORTER_TARGET, POD_TARGET, type Source } from "./source";
import { COLLECTOR_METRICS, SENDER_METRICS, TEMPO_METRICS } from "./traces";
import { VELERO_METRICS } from "./velero";

/** Prometheus itself: whether a target answered. */
export const PROMETHEUS: Source = {
  name: "Prometheus",
  evidence: "scraped",
  targetLabels: [...new Set([...POD_TARGET, ...EXPORTER_TARGET])],
  families: { up: { type: "gauge", labels: [] } },
};

/** Alerts that wait or fire, as Prometheus tells of its own rules. Each has the labels of its rule beside. */
export const ALERTS: Source = {
  name: "Prometheus' alerts",
  evidence: "recorded by rules",
  targetLabels: [],
  families: {
    ALERTS: { type: "gauge", labels: ["alertname", "alertstate", "application", "namespace", "severity"] },
  },
};

/** Series of requests, of which objectives are. */
export const OBJECTIVES: Source = {
  name: "objectives",
  evidence: "recorded by rules",
  targetLabels: [],
  families: {
    [REQUESTS_RATE]: { type: "gauge", labels: ["namespace", "workload", "objective"] },
    [FAILURES_RATE]: { type: "gauge", labels: ["namespace", "workload", "objective"] },
  },
};

/** Everything that is measured. A rule or a panel that names something else fails a test. */
export const CATALOGUE: readonly Source[] = [
  APPLICATION,
  OBJECTIVES,
  PHP_FPM,
  MYSQL,
  RABBITMQ,
  REDIS,
  PROMETHEUS,
  ALERTS,
  KUBE_STATE_METRICS,
  KUBELET,
  CERT_MANAGER,
  EXTERNAL_SECRETS,
  LOKI_METRICS,
  ALLOY_METRICS,
  TEMPO_METRICS,
  COLLECTOR_METRICS,
  SENDER_METRICS,
  VELERO_METRICS,
];
