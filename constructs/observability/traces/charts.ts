import type { Chart } from "../../addons/addon";

/** Chart with Tempo 2.10.8, one program that does all. The one of this name at grafana.github.io is not kept any more. */
export const TEMPO_CHART: Chart = {
  repository: "https://grafana-community.github.io/helm-charts",
  name: "tempo",
  version: "2.2.4",
};
