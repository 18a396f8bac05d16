import { POD_TARGET, type Source } from "./source";

/** Velero, of the copies it makes by each schedule. */
export const VELERO_METRICS: Source = {
  name: "Velero",
  evidence: {
    recorded: {
      version: "1.18.3",
      url: "https://github.com/vmware-tanzu/velero/blob/v1.18.3/pkg/metrics/metrics.go",
      date: "2026-11-29",
    },
  },
  targetLabels: POD_TARGET,
  families: {
    velero_backup_last_successful_timestamp: { type: "gauge", labels: ["schedule"] },
    velero_backup_failure_total: { type: "counter", labels: ["schedule"] },
    velero_backup_partial_failure_total: { type: "counter", labels: ["schedule"] },
    velero_backup_validation_failure_total: { type: "counter", labels: ["schedule"] },
  },
};
