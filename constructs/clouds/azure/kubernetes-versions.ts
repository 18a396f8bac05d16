import type { Day, PinnedVersion } from "../../services/pinned-version";
import type { KubernetesVersion } from "./props";

/** Last day of community support, as AKS calls it. */
const ENDS: Readonly<Record<KubernetesVersion, Day>> = {
  "1.36": "2027-06-30",
  "1.35": "2027-03-31",
};

/** @see https://learn.microsoft.com/azure/aks/supported-kubernetes-versions */
export const AKS_VERSIONS: readonly PinnedVersion[] = Object.entries(ENDS).map(([version, endOfSupport]) => ({
  product: "Azure Kubernetes Service",
  version,
  endOfSupport,
  source: "https://endoflife.date/azure-kubernetes-service",
  read: "2026-08-22",
  arguments: [
    "azurerm_kubernetes_cluster.kubernetes_version",
    "azurerm_kubernetes_cluster.orchestrator_version",
    "azurerm_kubernetes_cluster_node_pool.orchestrator_version",
  ],
}));
