import type { Chart, Definitions } from "../addon";

/** Chart with Velero 1.18.1. */
export const VELERO_CHART: Chart = {
  repository: "https://vmware-tanzu.github.io/helm-charts",
  name: "velero",
  version: "12.1.0",
};

/** Version of each plugin that belongs to this Velero: https://github.com/vmware-tanzu/velero-plugin-for-aws#compatibility */
export const PLUGIN_VERSION = "v1.14.2";

/** Kinds of Velero: its own chart has them in `crds`, which Helm never upgrades. */
export const VELERO_DEFINITIONS: Definitions = { name: "velero-crds" };
