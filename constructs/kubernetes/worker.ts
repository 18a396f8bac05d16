import type { ResolvedApplication, ResolvedWorker } from "../model/resolved";
import { mainContainer, type PodParts, probe } from "./pod";
import type { WiredWorkload } from "./provided";
import { literalWords } from "./words";

/** A process nobody connects to: nothing to wait for before it is told to stop. */
export function workerPod(application: ResolvedApplication, wired: WiredWorkload, workload: ResolvedWorker): PodParts {
  const { healthCommand } = workload;
  return {
    containers: [
      mainContainer(
        application,
        wired,
        healthCommand === undefined
          ? {}
          : { livenessProbe: probe(workload.liveness, { exec: { command: literalWords(healthCommand) } }) },
      ),
    ],
    terminationGracePeriodSeconds: workload.terminationGraceSeconds,
  };
}
