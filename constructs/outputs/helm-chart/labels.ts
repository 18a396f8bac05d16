import { isJsonObject } from "../../kubernetes/json";
import { applicationLabels, workloadLabels } from "../../kubernetes/labels";
import type { ResolvedApplication } from "../../model/resolved";
import type { WorkloadColumn } from "./chart-input";
import { MANAGED_BY } from "./differences";
import { versionInUse } from "./images";
import { mapFrom } from "./maps";
import { Block, Merged, type Node } from "./template";
import type { Column, Rule } from "./unify";

/** Labels of the application's own objects. */
export const applicationLabelsRule =
  (application: ResolvedApplication): Rule =>
  () =>
    new Block(`include "${application.name}.applicationLabels" .`, () => ({
      ...applicationLabels(application),
      ...MANAGED_BY,
    }));

const merged = (parts: Merged["parts"]): Node | undefined => (parts.length === 0 ? undefined : new Merged(parts));

/** Labels of a workload's object, with the version and what the workload says itself where it is one that has them. */
export const labelsRule =
  (workloads: WorkloadColumn): Rule =>
  (column) =>
    merged(ownLabels(workloads, column));

/** Labels of a workload's pods: those of its objects, and those by which a cloud knows who they are. */
export const podLabelsRule =
  (workloads: WorkloadColumn): Rule =>
  (column) => {
    const own = ownLabels(workloads, column);
    const identity = workloads.environments.map(({ identityLabels }) => identityLabels);
    return merged([...own, ...mapFrom(identity, workloads, ["podLabels"])]);
  };

const VERSIONS = ["version", "app.kubernetes.io/version"];

function ownLabels(workloads: WorkloadColumn, column: Column): Merged["parts"] {
  const { name, environments } = workloads;
  const [first] = environments;
  if (first === undefined) return [];
  const { application, workload } = first;
  const labels = new Block(
    `include "${application.name}.labels" (list $ ${JSON.stringify(name)} ${JSON.stringify(workload.kind)})`,
    () => ({ ...workloadLabels(application, workload), ...MANAGED_BY }),
  );
  const version = new Block(`include "${application.name}.versionLabels" (list $values $workload)`, (values) =>
    Object.fromEntries(VERSIONS.map((label) => [label, versionInUse(name, values)])),
  );
  const isVersioned = column.every((given) => isJsonObject(given) && "version" in given);
  if (!isVersioned) return [labels];
  const said = environments.map(({ workload: one }) => one.labels ?? {});
  return [labels, version, ...mapFrom(said, workloads, ["labels"])];
}
