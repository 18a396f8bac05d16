import { CLUSTER_TARGET, type Source } from "./source";

const gauge = (...labels: string[]) => ({ type: "gauge" as const, labels: ["namespace", ...labels] });
const counter = (...labels: string[]) => ({ type: "counter" as const, labels: ["namespace", ...labels] });

/** Kubernetes' objects as numbers, by the version that the stack's chart has. */
export const KUBE_STATE_METRICS: Source = {
  name: "kube-state-metrics",
  evidence: "scraped",
  targetLabels: CLUSTER_TARGET,
  families: {
    kube_namespace_created: gauge(),
    kube_pod_container_status_restarts_total: counter("pod", "container", "uid"),
    kube_pod_container_status_waiting_reason: gauge("pod", "container", "uid", "reason"),
    kube_replicaset_created: gauge("replicaset"),
    kube_deployment_spec_replicas: gauge("deployment"),
    kube_deployment_status_replicas_available: gauge("deployment"),
    kube_statefulset_replicas: gauge("statefulset"),
    kube_statefulset_status_replicas_ready: gauge("statefulset"),
    kube_horizontalpodautoscaler_spec_max_replicas: gauge("horizontalpodautoscaler"),
    kube_horizontalpodautoscaler_status_current_replicas: gauge("horizontalpodautoscaler"),
    kube_horizontalpodautoscaler_status_condition: gauge("horizontalpodautoscaler", "condition", "status"),
    kube_job_failed: gauge("job_name", "condition"),
    kube_job_status_start_time: gauge("job_name"),
    kube_cronjob_created: gauge("cronjob"),
    kube_cronjob_spec_suspend: gauge("cronjob"),
    kube_cronjob_status_last_successful_time: gauge("cronjob"),
    kube_resourcequota: gauge("resourcequota", "resource", "type"),
  },
};
