import { portsOf, type ResolvedPort } from "../../model/ports";
import { httpPort, type ResolvedApplication, type ResolvedWorkload } from "../../model/resolved";
import type { ComposeService } from "./document";
import { onNetwork } from "./parts";

/*
 * Ports of workloads by name. The address that a Service has leads to nginx where the workload answers HTTP, and one address
 * leads to one container: such a port is at the container's own name, under the same number.
 */

const named = (workload: ResolvedWorkload): readonly ResolvedPort[] => ("ports" in workload ? portsOf(workload) : []);

/** `9090`, `5353/udp`. */
export const exposed = ({ port, protocol }: Pick<ResolvedPort, "port" | "protocol">): string =>
  protocol === "UDP" ? `${port}/udp` : String(port);

/** Ports that other containers reach, that of requests first. */
export function expose(workload: ResolvedWorkload): Pick<ComposeService, "expose"> {
  const ports = [
    ...("port" in workload ? [String(workload.port)] : []),
    ...named(workload).map((port) => exposed(port)),
  ];
  return ports.length === 0 ? {} : { expose: ports };
}

/** Membership of the network, for what is no HTTP server and has ports by the address that it has in a cluster too. */
export const reachable = (workload: ResolvedWorkload): Pick<ComposeService, "networks"> =>
  onNetwork(httpPort(workload) === undefined && named(workload).length > 0 ? [workload.objectName] : []);

/** The same application with edges to ports leading to where these are. */
export function withPortsOfContainers(application: ResolvedApplication): ResolvedApplication {
  const answering = new Set(
    application.workloads.flatMap((workload) => (httpPort(workload) === undefined ? [] : [workload.name])),
  );
  return {
    ...application,
    workloads: application.workloads.map((workload) => ({
      ...workload,
      edges: workload.edges.map((edge) =>
        edge.to === "workload" && edge.portName !== undefined && answering.has(edge.workload)
          ? { ...edge, host: edge.workload }
          : edge,
      ),
    })),
  };
}
