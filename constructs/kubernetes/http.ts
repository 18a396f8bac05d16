import type { ResolvedApplication, ResolvedHttp } from "../model/resolved";
import { probe } from "./container-parts";
import { mainContainer, type PodParts, PRE_STOP_SECONDS, sleepBeforeStop } from "./pod";
import { containerPorts } from "./ports";
import type { WiredWorkload } from "./provided";

/** A program that speaks HTTP itself, or gRPC. */
export function httpPod(application: ResolvedApplication, wired: WiredWorkload, workload: ResolvedHttp): PodParts {
  const check = (path: string | undefined) =>
    path === undefined ? { grpc: { port: workload.port } } : { httpGet: { path, port: "http" } };
  return {
    containers: [
      mainContainer(application, wired, {
        ports: [{ name: "http", containerPort: workload.port, protocol: "TCP" }, ...containerPorts(workload)],
        env: [{ name: "PORT", value: String(workload.port) }],
        ...(workload.startup !== undefined && { startupProbe: probe(workload.startup, check(workload.livenessPath)) }),
        livenessProbe: probe(workload.liveness, check(workload.livenessPath)),
        readinessProbe: probe(workload.readiness, check(workload.readinessPath)),
        lifecycle: sleepBeforeStop,
      }),
    ],
    terminationGracePeriodSeconds: PRE_STOP_SECONDS + workload.terminationGraceSeconds,
  };
}
