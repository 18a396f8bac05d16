import type { Definitions } from "../../addons/addon";

/** Namespace of everything that measures. Not `monitoring`, which many clusters have already. */
export const NAMESPACE = "observability";

const COMMUNITY = "https://prometheus-community.github.io/helm-charts";

/** Kinds of the operator, at its version in `kube-prometheus-stack`: that chart's own are never upgraded by Helm. */
export const DEFINITIONS: Definitions = {
  name: "prometheus-operator-crds",
  chart: {
    repository: COMMUNITY,
    name: "prometheus-operator-crds",
    version: "31.0.1",
    values: { crds: { annotations: { "helm.sh/resource-policy": "keep" } } },
  },
};
