import type { Addon } from "../../addons/addon";
import { split } from "../../addons/images";
import { resources } from "../../addons/scheduling";
import { NODE_EXPORTER_CHART } from "./charts";
import { BASE_RELEASE, NODES_NAMESPACE } from "./names";

/**
 * Measures of nodes, one pod on each. It sees their network, processes and file systems, so it has a namespace of its own that
 * Pod Security lets do so, in which nothing else is.
 */
export const nodeExporter = (): Addon => ({
  name: NODE_EXPORTER_CHART.name,
  namespace: NODES_NAMESPACE,
  namespaceLabels: { "pod-security.kubernetes.io/enforce": "privileged" },
  chart: NODE_EXPORTER_CHART,
  after: [BASE_RELEASE],
  images: (placeOf) => ({ image: split(placeOf("quay.io/prometheus/node-exporter")) }),
  values: () => ({
    image: { distroless: true },
    // What rules and dashboards know it by.
    podLabels: { jobLabel: "node-exporter" },
    service: { portName: "http-metrics", labels: { jobLabel: "node-exporter" } },
    prometheus: { monitor: { enabled: true, jobLabel: "jobLabel" } },
    // File systems that are none: of containers, of the kernel.
    extraArgs: [
      "--collector.filesystem.mount-points-exclude=^/(dev|proc|sys|run/containerd/.+|var/lib/docker/.+|var/lib/kubelet/.+)($|/)",
      "--collector.filesystem.fs-types-exclude=^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs|erofs)$",
    ],
    containerSecurityContext: {
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    },
    resources: resources("25m", "64Mi", "250m"),
    // Of a node that is about to go too.
    tolerations: [{ operator: "Exists" }],
  }),
});
