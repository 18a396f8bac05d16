import type { PinnedVersion } from "../../services/pinned-version";
import type { Fact } from "../pin";

const chart = (names: string | readonly string[], said: PinnedVersion): Fact => ({
  kind: "chart",
  names: typeof names === "string" ? [names] : names,
  ...said,
});

const NEXT_MINOR = "the next minor version ends it";

/** Charts of add-ons and controllers. What a chart runs is supported as long as the chart that brings it. */
export const CHARTS: readonly Fact[] = [
  chart("cert-manager", {
    product: "cert-manager",
    version: "1.21",
    endOfSupport: undefined,
    endedBy: "the second minor version after it ends it",
    source: "https://cert-manager.io/docs/releases/",
    read: "2026-08-22",
  }),
  chart("external-secrets", {
    product: "External Secrets",
    version: "2.9",
    endOfSupport: undefined,
    endedBy: NEXT_MINOR,
    source: "https://external-secrets.io/latest/introduction/stability-support",
    read: "2026-08-08",
  }),
  chart("external-dns", {
    product: "external-dns (chart)",
    version: "1.21",
    endOfSupport: undefined,
    source: "https://github.com/kubernetes-sigs/external-dns/releases",
    read: "2026-08-22",
  }),
  chart("keda", {
    product: "KEDA",
    version: "2.20",
    endOfSupport: undefined,
    source: "https://github.com/kedacore/keda/releases",
    read: "2026-08-20",
  }),
  chart("metrics-server", {
    product: "metrics-server (chart)",
    version: "3.13",
    endOfSupport: undefined,
    source: "https://github.com/kubernetes-sigs/metrics-server/releases",
    read: "2026-08-04",
  }),
  chart("sealed-secrets", {
    product: "Sealed Secrets (chart)",
    version: "2.18",
    endOfSupport: undefined,
    source: "https://github.com/bitnami-labs/sealed-secrets/releases",
    read: "2026-04-22",
  }),
  chart("reloader", {
    product: "Reloader (chart)",
    version: "2.2",
    endOfSupport: undefined,
    source: "https://github.com/stakater/Reloader/releases",
    read: undefined,
  }),
  chart("traefik", {
    product: "Traefik 3.7 (chart)",
    version: "41",
    endOfSupport: undefined,
    endedBy: NEXT_MINOR,
    source: "https://doc.traefik.io/traefik/deprecation/releases",
    read: "2026-08-22",
  }),
  chart("ingress-nginx", {
    product: "ingress-nginx (chart)",
    version: "4.15",
    endOfSupport: "2026-03-24",
    source: "https://github.com/kubernetes/ingress-nginx",
    read: "2026-03-24",
  }),
  chart("gateway-helm", {
    product: "Envoy Gateway",
    version: "1.9",
    endOfSupport: "2027-02-14",
    source: "https://gateway.envoyproxy.io/news/releases/matrix/",
    read: "2026-08-21",
  }),
  chart("aws-load-balancer-controller", {
    product: "AWS Load Balancer Controller",
    version: "3.5",
    endOfSupport: undefined,
    endedBy: NEXT_MINOR,
    source: "https://endoflife.date/aws-load-balancer-controller",
    read: "2026-11-28",
  }),
  chart(["karpenter", "karpenter-crd"], {
    product: "Karpenter",
    version: "1.14",
    endOfSupport: undefined,
    endedBy: NEXT_MINOR,
    source: "https://github.com/kubernetes-sigs/karpenter/blob/main/RELEASE.md",
    read: "2026-08-22",
  }),
  chart("kube-prometheus-stack", {
    product: "kube-prometheus-stack (chart)",
    version: "88",
    endOfSupport: undefined,
    source: "https://github.com/prometheus-community/helm-charts/releases",
    read: "2026-08-22",
  }),
  chart("prometheus-operator-crds", {
    product: "Prometheus' operator, definitions (chart)",
    version: "31",
    endOfSupport: undefined,
    source: "https://github.com/prometheus-community/helm-charts/releases",
    read: "2026-08-22",
  }),
  chart("prometheus-node-exporter", {
    product: "node-exporter (chart)",
    version: "4.56",
    endOfSupport: undefined,
    source: "https://github.com/prometheus-community/helm-charts/releases",
    read: "2026-08-22",
  }),
  chart("loki", {
    product: "Loki 3.7 (chart)",
    version: "18.11",
    endOfSupport: undefined,
    source: "https://github.com/grafana-community/helm-charts/releases",
    read: "2026-08-20",
  }),
  chart("tempo", {
    product: "Tempo 2.10 (chart)",
    version: "2.2",
    endOfSupport: undefined,
    source: "https://github.com/grafana-community/helm-charts/releases",
    read: "2026-08-20",
  }),
  chart("alloy", {
    product: "Grafana Alloy 1.18 (chart)",
    version: "1.11",
    endOfSupport: undefined,
    source: "https://github.com/grafana/alloy/releases",
    read: "2026-08-21",
  }),
  chart("velero", {
    product: "Velero 1.18 (chart)",
    version: "12.1",
    endOfSupport: undefined,
    endedBy: NEXT_MINOR,
    source: "https://github.com/vmware-tanzu/velero/blob/main/SUPPORT.md",
    read: "2026-11-29",
  }),
];
