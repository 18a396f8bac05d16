import { labelsOf, MACHINE_KINDS, type MachineKind, type PipelineMachine } from "../../../pipelines/machines";
import type { RenderedEnvironment } from "../../../rendering/rendered-environment";
import type { RunnerLabels } from "../options";

/** Machines of one kind in an environment: what Ansible is told of them. */
export interface Machines {
  readonly environment: string;
  readonly kind: MachineKind;
  readonly labels: readonly string[];
  /** Labels that none of them may ever have, as jobs of another kind ask for them. */
  readonly never: readonly string[];
  /** Whether Helm releases there, from such a machine. */
  readonly releases: boolean;
  readonly cloud: PipelineMachine;
}

/** All machines of the options, in the order of environments. Those of a cloud that has no pipeline are none. */
export function machinesOf(environments: readonly RenderedEnvironment[], runners: RunnerLabels): readonly Machines[] {
  const all = environments.flatMap(({ name, environment }) => {
    const access = environment.cloud.pipeline(environment);
    if ("none" in access) return [];
    return MACHINE_KINDS.flatMap((kind) => {
      const labels = runners[name]?.[kind];
      if (labels === undefined) return [];
      return [
        {
          environment: name,
          kind,
          labels: labelsOf(labels),
          releases: environment.release === "helm" && kind === "apply",
          cloud: access.machine,
        },
      ];
    });
  });
  return all.map((one) => ({ ...one, never: neverOf(one, all) }));
}

/** What jobs of other machines ask for, and those of these do not. */
function neverOf(
  { labels }: Pick<Machines, "labels">,
  all: readonly Pick<Machines, "labels">[],
): readonly string[] {
  const others = all.flatMap((other) => other.labels);
  return [...new Set(others)].filter((label) => !labels.includes(label)).sort();
}

/** Group of an inventory that they are in. Ansible takes no hyphen in the name of one. */
export const groupOf = ({ environment, kind }: Pick<Machines, "environment" | "kind">): string =>
  `runners_${environment.replaceAll("-", "_")}_${kind}`;

/** Programs that they have, of those that are installed by their sums. */
const programsOf = ({ releases, cloud }: Machines): readonly string[] => [
  "gh",
  ...(releases ? ["kubectl"] : []),
  ...cloud.programs,
];

/** Groups of machines for the inventory of an environment. The machines are the team's, and in an inventory of theirs. */
export function machineGroups(machines: readonly Machines[]): Readonly<Record<string, unknown>> {
  return {
    runners: {
      children: Object.fromEntries(
        machines.map((one) => [
          groupOf(one),
          {
            vars: {
              runner_environment: one.environment,
              runner_kind: one.kind,
              runner_labels: one.labels,
              runner_never: one.never,
              runner_programs: programsOf(one),
              runner_metadata: one.cloud.metadata.map(({ address }) => address),
              runner_resolvers: one.cloud.metadata.filter(({ resolves }) => resolves).map(({ address }) => address),
            },
          },
        ]),
      ),
    },
  };
}
