import { portsOf } from "../model/ports";
import type { ResolvedWorkload } from "../model/resolved";
import type { Container, Service } from "./objects";

/* Ports of a workload beside that of its requests: of its container, and of its Service under the same name and number. */

const named = (workload: ResolvedWorkload) => ("ports" in workload ? portsOf(workload) : []);

/** Those that the container of its own has, after those of its kind. */
export const containerPorts = (workload: ResolvedWorkload): NonNullable<Container["ports"]> =>
  named(workload).map(({ name, port, protocol }) => ({ name, containerPort: port, protocol }));

export const servicePorts = (workload: ResolvedWorkload): Service["spec"]["ports"] =>
  named(workload).map(({ name, port, protocol, appProtocol }) => ({
    ...{ name, port, targetPort: name, protocol },
    ...(appProtocol !== undefined && { appProtocol }),
  }));
