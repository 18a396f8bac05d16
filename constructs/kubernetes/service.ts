import { SERVICE_HTTP_PORT } from "../model/resolve-workload";
import { httpPort, type ResolvedApplication, type ResolvedWorkload, speaksGrpc } from "../model/resolved";
import { selector, workloadMetadata } from "./labels";
import type { Service } from "./objects";
import { servicePorts } from "./ports";

const requests = (workload: ResolvedWorkload): Service["spec"]["ports"][number] => ({
  ...{ name: "http", port: SERVICE_HTTP_PORT, targetPort: "http", protocol: "TCP" },
  // Envoy goes by it.
  ...(speaksGrpc(workload) && { appProtocol: "kubernetes.io/h2c" }),
});

/**
 * A workload that answers HTTP has a port `http`, wherever its pods listen; PHP-FPM has its FastCGI port beside it. Those that
 * a workload says by name come last, and are all that a worker has.
 */
export function service(application: ResolvedApplication, workload: ResolvedWorkload): Service | undefined {
  const named = servicePorts(workload);
  const answers = httpPort(workload) !== undefined;
  if (!answers && named.length === 0) return undefined;
  const fastCgi =
    workload.kind === "php-fpm"
      ? [{ name: "php-fpm", port: workload.port, targetPort: workload.port, protocol: "TCP" as const }]
      : [];
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: workloadMetadata(application, workload),
    spec: {
      type: "ClusterIP",
      selector: selector(workload),
      ports: [...fastCgi, ...(answers ? [requests(workload)] : []), ...named],
    },
  };
}
