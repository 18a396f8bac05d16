import type { ResolvedApplication, ResolvedWorker } from "../model/resolved";
import { probe } from "./container-parts";
import { mainContainer, type PodParts } from "./pod";
import type { WiredWorkload } from "./provided";
import { literalWords } from "./words";

/** A process nobody connects to: nothing to wait for before it is told to stop. */
export function workerPod(application: ResolvedApplication, wired: WiredWorkload, workload: ResolvedWorker): PodParts {
  const { healthCommand, startup } = workload;
  const check = { exec: { command: literalWords(healthCommand ?? []) } };
  return {
    containers: [
      mainContainer(
        application,
        wired,
        healthCommand === undefined
          ? {}
          : {
              ...(startup !== undefined && { startupProbe: probe(startup, check) }),
              livenessProbe: probe(workload.liveness, check),
            },
      ),
    ],
    terminationGracePeriodSeconds: workload.terminationGraceSeconds,
  };
}
