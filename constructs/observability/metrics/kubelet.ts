import { CLUSTER_TARGET, type Source } from "./source";

/** Containers and volumes, as the kubelet and its cAdvisor measure them on each node. */
export const KUBELET: Source = {
  name: "the kubelets",
  evidence: {
    recorded: {
      version: "1.35",
      url: "https://kubernetes.io/docs/reference/instrumentation/metrics/",
      date: "2026-11-28",
    },
  },
  targetLabels: [...CLUSTER_TARGET, "node", "metrics_path"],
  families: {
    container_memory_working_set_bytes: { type: "gauge", labels: ["namespace", "pod", "container"] },
    container_cpu_usage_seconds_total: { type: "counter", labels: ["namespace", "pod", "container"] },
    kubelet_volume_stats_available_bytes: { type: "gauge", labels: ["namespace", "persistentvolumeclaim"] },
    kubelet_volume_stats_capacity_bytes: { type: "gauge", labels: ["namespace", "persistentvolumeclaim"] },
  },
};
