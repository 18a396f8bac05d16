import { oneOf, type Path, type Problem } from "../../../model/problem";
import { isHosted, isWithin, MACHINE_KINDS } from "../../../pipelines/machines";
import type { RenderedEnvironment } from "../../../rendering/rendered-environment";
import type { RunnerLabels } from "../options";

/** What is wrong with the labels of machines: an environment that is not there, a machine of GitHub's, one that may be two. */
export function runnersProblems(
  having: readonly RenderedEnvironment[],
  runners: RunnerLabels,
  path: Path,
): readonly Problem[] {
  const names = having.map(({ name }) => name);
  const plans = Object.values(runners).flatMap(({ plan }) => (plan === undefined ? [] : [plan]));
  return Object.entries(runners).flatMap(([environment, labels]) => {
    const found = having.find(({ name }) => name === environment);
    const at = [...path, environment];
    if (found === undefined) {
      return [{ path: at, why: "there is no such environment among these", fix: `use ${oneOf(names)}` }];
    }
    const access = found.environment.cloud.pipeline(found.environment);
    if ("none" in access) return [{ path: at, why: access.none, fix: "leave it out" }];
    const { apply } = labels;
    return [
      ...MACHINE_KINDS.flatMap((kind) =>
        labels[kind] !== undefined && isHosted(labels[kind])
          ? [{ path: [...at, kind], got: labels[kind], why: "is a machine of GitHub's", fix: "leave it out" }]
          : [],
      ),
      // Whatever a pull request leaves on a machine is there for the next job of it.
      ...(apply !== undefined && plans.some((plan) => isWithin(plan, apply))
        ? [
            {
              path: [...at, "apply"],
              got: apply,
              why: "a machine with these labels may be one that runs the code of pull requests",
              fix: `give it a label that no machine that plans has: "${environment}-apply"`,
            },
          ]
        : []),
    ];
  });
}
