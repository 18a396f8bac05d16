import type { Chart } from "../../addons/addon";

/** Chart with Loki 3.7.6. The one of this name at grafana.github.io is for Grafana Enterprise Logs alone. */
export const LOKI_CHART: Chart = {
  repository: "https://grafana-community.github.io/helm-charts",
  name: "loki",
  version: "18.11.0",
};

/** Chart with Alloy 1.18.1. */
export const ALLOY_CHART: Chart = {
  repository: "https://grafana.github.io/helm-charts",
  name: "alloy",
  version: "1.11.1",
};
