import type { ContainerSpec } from "../containers";
import type { Path } from "../problem";
import type { Workload } from "../workload";
import type { Report } from "./report";
import { secretProblem } from "./secret-problem";
import { isObject, type UsableApplication } from "./usable";

/** Secrets of the containers beside the workload's own, and that no two things set one variable of a container. */
export function checkContainerSecrets(report: Report, path: Path, usable: UsableApplication, workload: Workload): void {
  for (const field of ["initContainers", "sidecars"] as const) {
    const all: unknown = field in workload ? workload[field as "initContainers"] : undefined;
    for (const [name, one] of Object.entries(isObject(all) ? all : {})) {
      const at = [...path, field, name];
      if (isObject(one) && report.sound(at)) checkSecrets(report, at, usable, one as unknown as ContainerSpec);
    }
  }
}

function checkSecrets(
  report: Report,
  at: Path,
  usable: UsableApplication,
  { config = {}, secrets = [] }: ContainerSpec,
) {
  const taken = new Map(Object.keys(config).map((variable): [string, string] => [variable, "config"]));
  secrets.forEach((name, index) => {
    const here = [...at, "secrets", index];
    const problem = secretProblem(usable, name);
    if (problem !== undefined) {
      report.add({ path: here, ...problem });
      return;
    }
    const variable = usable.app.secrets?.[name]?.variable ?? "";
    const other = taken.get(variable);
    taken.set(variable, `secret "${name}"`);
    if (other !== undefined) {
      report.add({
        path: here,
        why: `secret "${name}" and ${other} both set ${variable}`,
        fix: "rename one of the two",
      });
    }
  });
}
