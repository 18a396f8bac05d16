import { parseImage } from "../model/image";
import type { ResolvedApplication, ResolvedWorkload } from "../model/resolved";
import type { Container, ContainerProbe } from "./objects";

/* What every container of a workload's pods has, the workload's own or another. */

/**
 * What a node has is what the registry has, unless the tag may have moved: then two replicas could run two programs. And
 * a registry that is down keeps no pod from starting.
 */
export function pullPolicy({ images }: ResolvedApplication, image: string): Container["imagePullPolicy"] {
  return images === "any" && parseImage(image)?.digest === undefined ? "Always" : "IfNotPresent";
}

/**
 * A workload that `restricted` is too narrow for keeps the capabilities a container runtime gives by default, all but
 * raw sockets.
 */
export function containerSecurity(
  workload: ResolvedWorkload,
  readOnlyRootFilesystem: boolean,
): Container["securityContext"] {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem,
    capabilities: { drop: [workload.security.profile === "restricted" ? "ALL" : "NET_RAW"] },
  };
}

export const probe = (
  timing: Pick<ContainerProbe, "initialDelaySeconds" | "periodSeconds" | "timeoutSeconds" | "failureThreshold">,
  check: Pick<ContainerProbe, "exec" | "httpGet" | "grpc">,
): ContainerProbe => ({
  ...check,
  initialDelaySeconds: timing.initialDelaySeconds,
  periodSeconds: timing.periodSeconds,
  timeoutSeconds: timing.timeoutSeconds,
  failureThreshold: timing.failureThreshold,
});
