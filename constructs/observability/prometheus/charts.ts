import type { Chart, Definitions } from "../../addons/addon";

const repository = "https://prometheus-community.github.io/helm-charts";

/** Chart with operator 0.93.1, Prometheus 3.14, Alertmanager 0.34 and Grafana 13.2. */
export const STACK_CHART: Chart = { repository, name: "kube-prometheus-stack", version: "88.5.3" };

/** Chart that the stack's has as a dependency, for a namespace of its own. */
export const NODE_EXPORTER_CHART: Chart = { repository, name: "prometheus-node-exporter", version: "4.56.1" };

/** Kinds of the operator, at its version: the definitions that the stack's chart brings Helm never upgrades. */
export const DEFINITIONS: Definitions = {
  name: "prometheus-operator-crds",
  chart: {
    ...{ repository, name: "prometheus-operator-crds", version: "31.0.1" },
    values: { crds: { annotations: { "helm.sh/resource-policy": "keep" } } },
  },
};
