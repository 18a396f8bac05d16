/**
 * Namespaces of the platform, and those that a cloud or its cluster brings, beside those of Kubernetes, which begin with
 * `kube-`. Neither an application nor an add-on of an environment's own may have one.
 */
export const PLATFORM_NAMESPACES: readonly string[] = [
  "alloy",
  "amazon-guardduty",
  "cert-manager",
  "default",
  "envoy-gateway-system",
  "external-dns",
  "external-secrets",
  "ingress-nginx",
  "keda",
  "loki",
  "node-exporter",
  "observability",
  "rabbitmq-cluster-operator",
  "reloader",
  "sealed-secrets",
  "secret-store",
  "tempo",
  "traefik",
  "velero",
];
