import { CLUSTER_TARGET, type Source } from "./source";

export const CERT_MANAGER: Source = {
  name: "cert-manager",
  evidence: {
    recorded: {
      version: "1.21.1",
      url: "https://cert-manager.io/docs/devops-tips/prometheus-metrics/",
      date: "2026-11-28",
    },
  },
  targetLabels: CLUSTER_TARGET,
  families: {
    certmanager_certificate_expiration_timestamp_seconds: { type: "gauge", labels: ["namespace", "name"] },
    certmanager_certificate_ready_status: { type: "gauge", labels: ["namespace", "name", "condition"] },
  },
};

export const EXTERNAL_SECRETS: Source = {
  name: "External Secrets",
  evidence: {
    recorded: { version: "2.9.0", url: "https://external-secrets.io/latest/api/metrics/", date: "2026-11-28" },
  },
  targetLabels: CLUSTER_TARGET,
  families: {
    externalsecret_status_condition: { type: "gauge", labels: ["namespace", "name", "condition", "status"] },
  },
};
