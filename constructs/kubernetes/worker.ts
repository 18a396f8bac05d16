import type { ResolvedApplication, ResolvedWorker } from "../model/resolved";
import { probe } from "./container-parts";
import { mainContainer, type PodParts, PRE_STOP_SECONDS, sleepBeforeStop } from "./pod";
import { containerPorts } from "./ports";
import type { WiredWorkload } from "./provided";
import { literalWords } from "./words";

/** A process that answers no requests: nothing to wait for before it is told to stop, but where others connect to its ports. */
export function workerPod(application: ResolvedApplication, wired: WiredWorkload, workload: ResolvedWorker): PodParts {
  const { healthCommand, startup } = workload;
  const check = { exec: { command: literalWords(healthCommand ?? []) } };
  const ports = containerPorts(workload);
  const isServer = ports.length > 0;
  return {
    containers: [
      mainContainer(application, wired, {
        ...(isServer && { ports }),
        ...(healthCommand !== undefined && {
          ...(startup !== undefined && { startupProbe: probe(startup, check) }),
          livenessProbe: probe(workload.liveness, check),
        }),
        ...(isServer && { lifecycle: sleepBeforeStop }),
      }),
    ],
    terminationGracePeriodSeconds: workload.terminationGraceSeconds + (isServer ? PRE_STOP_SECONDS : 0),
  };
}
