import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { environmentDocument } from "../constructs/model-json/document";
import { loadEnvironments } from "../constructs/model/load";
import { didYouMean, InvalidInput, oneOf } from "../constructs/model/problem";
import { radarReport } from "../constructs/radar/report";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import { type Scorecard, scorecardOf } from "../constructs/scorecard/score";
import type { TemplateOrigin } from "../constructs/scorecard/template-origin";
import type { Day } from "../constructs/services/pinned-version";
import { namedEnvironments } from "./program";
import { releasedPins, supportFacts, synthesizedPins } from "./radar";

const documentOf = (environment: PlatformEnvironment) =>
  environmentDocument(
    environment,
    environment.applications.map(({ stackName }) => stackName),
  );

export interface ScorecardsProps {
  /** Every environment of the program. */
  readonly environments: readonly EnvironmentSpec[];
  /** Those that are wanted. None: those of profile `production`, or all where there is none. */
  readonly names: readonly string[];
  /** Name of the application that is wanted. @default - all of them */
  readonly application?: string;
  /** Day on which support is looked at. */
  readonly on: Day;
  /** What records say of templates, by the name of the application. @default - no template wrote any */
  readonly origins?: ReadonlyMap<string, TemplateOrigin>;
}

/**
 * Scores every part of applications by what would be deployed. Writes nothing that stays.
 *
 * @throws InvalidInput where the environments have mistakes, or one is named that is not there
 */
export function scorecards({ environments, names, application, on, origins }: ScorecardsProps): Scorecard[] {
  const all = loadEnvironments(environments, { only: namedEnvironments(environments, names) });
  const production = all.filter(({ profile }) => profile === "production");
  const selected = names.length > 0 || production.length === 0 ? all : production;
  checkApplication(selected, application);
  const pins = [...synthesizedPins(selected), ...renderEnvironments(selected).flatMap(releasedPins)];
  const support = radarReport(pins, supportFacts(selected), on);
  return selected.flatMap((environment) =>
    environment.applications
      .filter(({ name }) => application === undefined || name === application)
      .flatMap(
        ({ name }) =>
          scorecardOf(environment.name, documentOf(environment), name, {
            support,
            origin: origins?.get(name) ?? "none",
          }) ?? [],
      ),
  );
}

function checkApplication(environments: readonly PlatformEnvironment[], asked: string | undefined): void {
  const known = [...new Set(environments.flatMap(({ applications }) => applications.map(({ name }) => name)))];
  if (asked === undefined || known.includes(asked)) return;
  const where = environments.map(({ name }) => name).join(", ");
  const fix = `use ${oneOf(known)}${didYouMean(asked, known)}`;
  throw new InvalidInput([{ path: ["arguments", "--application"], got: asked, why: `none in ${where}`, fix }]);
}
