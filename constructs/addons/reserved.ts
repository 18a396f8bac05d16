/**
 * Names of releases that the platform has on some cloud or with some routing: an environment that changes either must not
 * find its own add-on in the way.
 */
export const PLATFORM_RELEASES: readonly string[] = [
  "alloy",
  "aws-load-balancer-controller",
  "cert-manager",
  "envoy-gateway",
  "external-dns",
  "external-secrets",
  "gateway-crds",
  "ingress-nginx",
  "karpenter",
  "karpenter-crd",
  "keda",
  "kube-prometheus-stack",
  "loki",
  "measures-reader",
  "metrics-server",
  "objects",
  "observability",
  "otlp",
  "platform-objects",
  "prometheus-node-exporter",
  "prometheus-operator-crds",
  "rabbitmq-cluster-operator",
  "reloader",
  "sealed-secrets",
  "tempo",
  "traefik",
  "velero",
  "velero-crds",
];

/** The platform adds these to an add-on's name, for the release of its objects and for its identity in the cloud. */
export const RESERVED_ENDS: readonly string[] = ["-objects", "-identity", "-access"];
