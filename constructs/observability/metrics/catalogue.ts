import { APPLICATION } from "./application";
import { CERT_MANAGER, EXTERNAL_SECRETS } from "./controllers";
import { KUBE_STATE_METRICS } from "./kube-state-metrics";
import { KUBELET } from "./kubelet";
import { ALLOY_METRICS, LOKI_METRICS } from "./logs";
import { PHP_FPM } from "./php-fpm";
import { POD_TARGET, type Source } from "./source";

/** Prometheus itself: whether a target answered. */
const PROMETHEUS: Source = {
  name: "Prometheus",
  evidence: "scraped",
  targetLabels: POD_TARGET,
  families: { up: { type: "gauge", labels: [] } },
};

/** Everything that is measured. A rule or a panel that names something else fails a test. */
export const CATALOGUE: readonly Source[] = [
  APPLICATION,
  PHP_FPM,
  PROMETHEUS,
  KUBE_STATE_METRICS,
  KUBELET,
  CERT_MANAGER,
  EXTERNAL_SECRETS,
  LOKI_METRICS,
  ALLOY_METRICS,
];
