import type { Json } from "../../kubernetes/json";
import { applicationLabels, workloadLabels } from "../../kubernetes/labels";
import type { ResolvedApplication } from "../../model/resolved";
import { isObject } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { versionInUse } from "./images";
import { mapFrom } from "./maps";
import { Block, Merged, type Node } from "./template";
import type { Rule } from "./unify";

const MANAGED_BY = { "app.kubernetes.io/managed-by": "Helm" };

/** Labels of the application's own objects. */
export const applicationLabelsRule =
  (application: ResolvedApplication): Rule =>
  () =>
    new Block(`include "${application.name}.applicationLabels" .`, () => ({
      ...applicationLabels(application),
      ...MANAGED_BY,
    }));

/** Labels of a workload's object: the version where it is one that has it, and what a cloud adds to pods. */
export const labelsRule =
  (workloads: WorkloadColumn): Rule =>
  (column) => {
    const { name, environments } = workloads;
    const [first] = environments;
    if (first === undefined) return undefined;
    const { application, workload } = first;
    const own = { ...workloadLabels(application, workload), ...MANAGED_BY };
    const versions = ["version", "app.kubernetes.io/version"];
    const labels = new Block(
      `include "${application.name}.labels" (list $ ${JSON.stringify(name)} ${JSON.stringify(workload.kind)})`,
      () => own,
    );
    const version = new Block(`include "${application.name}.versionLabels" (list $values $workload)`, (values) =>
      Object.fromEntries(versions.map((label) => [label, versionInUse(name, values)])),
    );
    const isVersioned = column.every((given) => isObject(given) && "version" in given);
    const more = column.map((given): Json => {
      const entries = isObject(given) ? Object.entries(given) : [];
      return Object.fromEntries(entries.filter(([key]) => !(key in own) && !versions.includes(key)));
    });
    const cloud = mapFrom(more, workloads, ["podLabels"]);
    const parts: Node[] = [labels, ...(isVersioned ? [version] : []), ...cloud];
    return new Merged(parts as ConstructorParameters<typeof Merged>[0]);
  };
