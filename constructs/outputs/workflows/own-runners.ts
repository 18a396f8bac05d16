import { isHosted, type Labels, MACHINE_KINDS, type MachineKind } from "../../pipelines/machines";
import type { WorkflowsOptions } from "./options";

/**
 * Lists the labels that rendered workflows ask machines of one's own for, by environment and kind: give it to the option `runners` of the
 * output `ansible`, so that machines are registered by those very labels. What GitHub's machines run is left out.
 */
export function runnersOf({
  deploys,
}: Pick<WorkflowsOptions, "deploys">): Readonly<Record<string, Readonly<Partial<Record<MachineKind, Labels>>>>> {
  return Object.fromEntries(
    deploys.flatMap(({ environment, runners }) => {
      const own = MACHINE_KINDS.flatMap((kind) =>
        runners === undefined || isHosted(runners[kind]) ? [] : [[kind, runners[kind]] as const],
      );
      return own.length === 0 ? [] : [[environment, Object.fromEntries(own)] as const];
    }),
  );
}
