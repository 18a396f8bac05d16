import type { Choice, EnvironmentInput } from "./environment";
import { InvalidInput } from "./problem";
import { resolveEnvironment } from "./resolve";
import type { Environment } from "./resolved";
import { checkEnvironments } from "./validate/environments";
import type { Report } from "./validate/report";
import { isObject, usablePlacements } from "./validate/usable";

/**
 * Checks the whole input and applies every default.
 *
 * @param inputs all environments of the program: some mistakes show only between two of them
 * @throws InvalidInput with every problem at once
 */
export function loadEnvironments<C extends Choice, R extends Choice>(
  inputs: readonly EnvironmentInput<C, R>[],
): readonly Environment<C, R>[] {
  const report = checkEnvironments(inputs);
  const environments = inputs.flatMap((input) => (isResolvable(report, input) ? [resolveEnvironment(input)] : []));
  for (const { name, cloud, applications } of environments) {
    for (const application of applications) {
      const path = ["environments", name, "applications", application.name];
      report.add(...(cloud.applicationProblems?.(application, path) ?? []));
    }
  }
  if (report.problems.length > 0) throw new InvalidInput(report.problems);
  return environments;
}

/** Whether the environment and its applications are sound, so that the cloud can be asked about the complete model. */
function isResolvable(report: Report, input: EnvironmentInput): boolean {
  return (
    isObject(input) &&
    report.sound(["environments", input.name]) &&
    usablePlacements([], input).every(({ placement }) => report.sound(["applications", placement.application.name]))
  );
}
