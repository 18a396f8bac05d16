import type { Choice, EnvironmentInput } from "./environment";
import { InvalidInput, type Path, type Problem } from "./problem";
import { resolveApplication, resolveEnvironment } from "./resolve";
import type { Environment } from "./resolved";
import { checkEnvironments } from "./validate/environments";
import { lackingProblems } from "./validate/lacking";
import type { Report } from "./validate/report";
import { environmentPath, isObject, usablePlacements } from "./validate/usable";

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
  const given = Array.isArray(inputs) ? (inputs as readonly EnvironmentInput[]).filter(isObject) : [];
  given.forEach((input, index) => {
    report.attempt(() => {
      report.add(...choiceProblems(report, environmentPath(input, index), input));
    });
  });
  if (report.problems.length > 0) throw new InvalidInput(report.problems);
  return inputs.map(resolveEnvironment);
}

/** What the chosen cloud and routing lack of each application that is sound, whatever else is wrong. */
function choiceProblems(report: Report, environment: Path, input: EnvironmentInput): Problem[] {
  // Sizes follow from it.
  if (!report.sound([...environment, "profile"])) return [];
  const sound = usablePlacements(environment, input).filter(
    ({ placement, path }) => report.sound(path) && report.sound(["applications", placement.application.name]),
  );
  const choices = [input.cloud, input.routing].filter(isObject);
  return sound.flatMap(({ placement, path }) => {
    const application = resolveApplication(input, placement);
    return [
      ...(isObject(input.cloud) ? lackingProblems(input.cloud, placement, path) : []),
      ...choices.flatMap((choice) => choice.applicationProblems?.(application, path) ?? []),
    ];
  });
}
