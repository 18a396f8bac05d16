/* Who brings what a cluster has beside Kubernetes itself, by the group of its kinds, and what applications lack without it. */

interface Provider {
  /** Name for people. */
  readonly name: string;
  /** Add-on of the platform that brings it, where there is one. */
  readonly addon?: string;
  /** Page on how it is installed. */
  readonly source: string;
}

const PROVIDERS: Readonly<Record<string, Provider>> = {
  "cert-manager.io": {
    ...{ name: "cert-manager", addon: "cert-manager" },
    source: "https://cert-manager.io/docs/installation/helm/",
  },
  "external-secrets.io": {
    name: "External Secrets",
    source: "https://external-secrets.io/latest/introduction/getting-started/",
  },
  "monitoring.coreos.com": {
    name: "the Prometheus Operator",
    source: "https://prometheus-operator.dev/docs/getting-started/installation/",
  },
  "rabbitmq.com": {
    ...{ name: "the RabbitMQ Cluster Operator", addon: "rabbitmq-cluster-operator" },
    source: "https://www.rabbitmq.com/kubernetes/operator/install-operator",
  },
  "keda.sh": { ...{ name: "KEDA", addon: "keda" }, source: "https://keda.sh/docs/latest/deploy/" },
  "bitnami.com": {
    ...{ name: "Sealed Secrets", addon: "sealed-secrets" },
    source: "https://github.com/bitnami-labs/sealed-secrets#installation",
  },
  "gateway.networking.k8s.io": {
    name: "the Gateway API",
    source: "https://gateway-api.sigs.k8s.io/guides/getting-started/",
  },
  "gateway.envoyproxy.io": {
    name: "Envoy Gateway",
    source: "https://gateway.envoyproxy.io/docs/install/install-helm/",
  },
  "metrics.k8s.io": {
    ...{ name: "the metrics server", addon: "metrics-server" },
    source: "https://github.com/kubernetes-sigs/metrics-server#installation",
  },
};

const UNKNOWN: Provider = {
  name: "whoever serves it",
  source: "https://kubernetes.io/docs/concepts/extend-kubernetes/",
};

/** `cert-manager.io` of `cert-manager.io/v1`, nothing of `v1`. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";

export const providerOf = (group: string): Provider => PROVIDERS[group] ?? UNKNOWN;

/** What to do where the cluster lacks it. */
export function installing(group: string): string {
  const { name, addon } = providerOf(group);
  const ask = `have the cluster's owner install ${name}`;
  return addon === undefined
    ? ask
    : `${ask}; or take "${addon}" out of cloud.installed, and have <env>-platform install it`;
}
