import { broughtProblems, placeIn } from "./brought";
import { keepsElsewhere } from "./elsewhere";
import type { AddonOption, EnvironmentInput, EnvironmentOption } from "./environment";
import { originOf } from "./origin";
import { formatPath, InvalidInput, type Path, type Problem } from "./problem";
import { resolveApplication, resolveEnvironment } from "./resolve";
import type { Environment, ResolvedApplication } from "./resolved";
import { elsewhereProblems, withoutProblems } from "./validate/elsewhere";
import { checkEnvironments } from "./validate/environments";
import { lackingProblems } from "./validate/lacking";
import { recoveryProblems } from "./validate/recovery";
import type { Report } from "./validate/report";
import { chosenOptions, environmentPath, isObject, usableOverlays } from "./validate/usable";

/** Begins the paths of problems in files that the program reads: of every environment, as nobody knows what they meant. */
const BROUGHT = "requests";

export interface LoadOptions {
  /** Names of the environments that are wanted. Problems of others stop nothing. @default - all of them */
  readonly only?: readonly string[];
  /** Is told of problems that stop nothing. @default - nobody is */
  readonly passedOver?: (problems: readonly Problem[]) => void;
}

/**
 * Checks the whole input and applies every default.
 *
 * @param inputs all environments of the program: some mistakes show only between two of them
 * @returns the environments that are wanted
 * @throws InvalidInput with every problem of theirs and of their applications at once
 */
export function loadEnvironments<
  C extends EnvironmentOption,
  R extends EnvironmentOption,
  A extends AddonOption = AddonOption,
  O extends EnvironmentOption = EnvironmentOption,
>(
  inputs: readonly EnvironmentInput<C, R, A, O>[],
  { only, passedOver }: LoadOptions = {},
): readonly Environment<C, R, A, O>[] {
  const report = checkEnvironments(inputs);
  const given = Array.isArray(inputs) ? (inputs as readonly EnvironmentInput[]).filter(isObject) : [];
  given.forEach((input, index) => {
    report.attempt(() => {
      report.add(...optionProblems(report, environmentPath(input, index), input));
    });
  });
  report.add(...broughtProblems(given));
  const wanted = only === undefined ? given : given.filter(({ name }) => only.includes(name));
  const counts = only === undefined ? () => true : isAbout(wanted);
  const problems = report.problems.filter(counts).map((problem) => placed(problem, given));
  // Node would print the line that throws above the report; what stands behind it tells it not to.
  // prettier-ignore
  if (problems.length > 0) throw new InvalidInput(problems, originsOf(problems, given)); // node-do-not-add-exception-line
  if (report.problems.length > 0) passedOver?.(report.problems);
  return inputs.filter(({ name }) => only?.includes(name) ?? true).map(resolveEnvironment);
}

/** Whether a problem is one of these environments, of an application in them, or of the list itself. */
function isAbout(environments: readonly EnvironmentInput[]): (problem: Problem) => boolean {
  const names = environments.map(({ name }) => name);
  const applications = environments.flatMap((input) =>
    usableOverlays([], input).map(({ overlay }) => overlay.application.name),
  );
  return ({ path: [kind, name] }) => {
    if (typeof name !== "string" || kind === BROUGHT) return true;
    return kind === "applications" ? applications.includes(name) : names.includes(name);
  };
}

/** A problem with the place of what it is about, if a file of data brought that. */
function placed(problem: Problem, given: readonly EnvironmentInput[]): Problem {
  const [kind, name, ...inner] = problem.path;
  if (problem.at !== undefined || kind === BROUGHT) return problem;
  const at = given.flatMap((input) => {
    const overlays = usableOverlays([], input).map(({ overlay }) => overlay);
    if (kind === "applications") {
      const application = overlays.find((overlay) => overlay.application.name === name)?.application;
      return application === undefined ? [] : (placeIn(application, inner, problem.got) ?? []);
    }
    if (kind !== "environments" || input.name !== name) return [];
    return placeIn(input, overlayPath(input, inner), problem.got) ?? [];
  });
  return at[0] === undefined ? problem : { ...problem, at: at[0] };
}

/** A path in which an application is told by its name, as it is in the input: by its position. */
function overlayPath(input: EnvironmentInput, [field, name, ...inner]: Path): Path {
  if (field !== "applications" || typeof name !== "string")
    return [field, name, ...inner].filter((one) => one !== undefined);
  const index = input.applications.findIndex((overlay) => isObject(overlay) && overlay.application.name === name);
  return [field, index, ...inner];
}

/** Where each environment and application with problems was written. */
function originsOf(problems: readonly Problem[], given: readonly EnvironmentInput[]): ReadonlyMap<string, string> {
  const written = given.flatMap((input, index): [string, object][] => [
    [formatPath(environmentPath(input, index)), input],
    ...usableOverlays([], input).map(({ overlay: { application } }): [string, object] => [
      formatPath(["applications", application.name]),
      application,
    ]),
  ]);
  const elsewhere = problems.filter(({ at }) => at === undefined);
  const wrong = new Set(elsewhere.map(({ path }) => formatPath(path.slice(0, 2))));
  return new Map(
    written.flatMap(([what, object]): [string, string][] => {
      const origin = wrong.has(what) ? originOf(object) : undefined;
      return origin === undefined ? [] : [[what, origin]];
    }),
  );
}

/** What the options that were chosen lack of each application that is sound, whatever else is wrong. */
function optionProblems(report: Report, environment: Path, input: EnvironmentInput): Problem[] {
  // Sizes follow from it.
  if (!report.sound([...environment, "profile"])) return [];
  const sound = usableOverlays(environment, input).filter(
    ({ overlay, path }) => report.sound(path) && report.sound(["applications", overlay.application.name]),
  );
  // What they say rests on what was given to them.
  const options = chosenOptions(input).filter(({ name }) => report.sound([...environment, name]));
  const hasCloud = options.some(({ name }) => name === "cloud");
  const applications = sound.map(({ overlay }) => resolveApplication(input, overlay));
  return [
    ...(hasCloud ? backupsProblems(report, environment, input, applications) : []),
    ...sound.flatMap(({ overlay, path }, index) => {
      const application = applications[index];
      if (application === undefined) return [];
      return [
        ...(hasCloud ? lackingProblems(input.cloud, overlay, path) : []),
        ...(hasCloud && report.sound([...environment, "recovery"])
          ? recoveryProblems(input, overlay, application, { environment, path })
          : []),
        ...options.flatMap(({ option }) => option.applicationProblems?.(application, path) ?? []),
      ];
    }),
  ];
}

/** What `backups` leaves behind of these applications. A region that is wrong hides nothing of them. */
function backupsProblems(
  report: Report,
  environment: Path,
  input: EnvironmentInput,
  applications: readonly ResolvedApplication[],
): Problem[] {
  const path = [...environment, "backups"];
  const given: unknown = input.backups;
  if (!isObject(given) || !report.sound([...path, "without"])) return [];
  // An application with mistakes may hold what is named there.
  const all = usableOverlays(environment, input).length === applications.length;
  return [
    ...applications.flatMap((application) => elsewhereProblems(input, application, path)),
    ...(all && keepsElsewhere(input.cloud.elsewhere) ? withoutProblems(input, applications, path) : []),
  ];
}
