import { SERVICE_HTTP_PORT } from "../model/resolve-workload";
import { httpPort, type ResolvedApplication, type ResolvedWorkload, speaksGrpc } from "../model/resolved";
import { selector, workloadMetadata } from "./labels";
import type { Service } from "./objects";

/** A workload that answers HTTP has a port `http`, wherever its pods listen; PHP-FPM has its FastCGI port beside it. */
export function service(application: ResolvedApplication, workload: ResolvedWorkload): Service | undefined {
  if (httpPort(workload) === undefined) return undefined;
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
      ports: [
        ...fastCgi,
        {
          ...{ name: "http", port: SERVICE_HTTP_PORT, targetPort: "http", protocol: "TCP" },
          // Envoy goes by it.
          ...(speaksGrpc(workload) && { appProtocol: "kubernetes.io/h2c" }),
        },
      ],
    },
  };
}
