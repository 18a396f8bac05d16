import type { Cloud } from "../clouds/cloud";
import { type GuaranteeName, GUARANTEES } from "../clouds/guarantees";
import type { EnvironmentSpec } from "../environment";
import { loadEnvironments } from "../model/load";
import { formatProblem, InvalidInput } from "../model/problem";
import { defaultPlacement, placementsOf, resolveEnvironment, sayablePlacements } from "../model/resolve";
import type { Environment, ResolvedApplication, ResolvedService } from "../model/resolved";
import type { ServiceTraits } from "../services/traits";
import { oneOnEachCloud, sameCloud } from "./clouds";
import { environmentWords } from "./environment-rows";
import { type Move, NONE, type Row } from "./report";
import { serviceWords } from "./service-rows";

/**
 * What changes if an environment moved to each other cloud that one of `environments` is on. Nothing is made up: region,
 * network and all that the other cloud wants to be told are those of that environment, of the same profile where there
 * is one.
 */
export function movesOf(from: EnvironmentSpec, environments: readonly EnvironmentSpec[]): Move[] {
  return oneOnEachCloud(environments, from.profile)
    .filter(({ cloud }) => !sameCloud(cloud, from.cloud))
    .map((like) => moveOf(from, like));
}

const rows = (from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): Row[] =>
  Object.entries(from).map(([what, text]) => ({ what, from: text, to: to[what] ?? text }));

/** Words of a service that nobody runs. */
const nobody = (words: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(words).map((what) => [what, what === "run by" ? "nobody" : NONE]));

/** What was there before on one cloud is made on the other, and what it was says nothing there. */
const withoutImports = (from: EnvironmentSpec): EnvironmentSpec => ({
  ...from,
  applications: from.applications.map((overlay) =>
    overlay.services === undefined
      ? overlay
      : {
          ...overlay,
          services: Object.fromEntries(
            Object.entries(overlay.services).map(([name, sizing]) => [name, { ...sizing, imported: undefined }]),
          ),
        },
  ),
});

function moveOf(from: EnvironmentSpec, like: EnvironmentSpec): Move {
  const spec = { ...withoutImports(from), cloud: like.cloud };
  const [here, there] = [resolveEnvironment(from), resolveEnvironment(spec)];
  const moved = described(there);
  return {
    environment: from.name,
    from: from.cloud.title,
    to: like.cloud.title,
    like: like.name,
    rows: rows(environmentWords(here), environmentWords(there)),
    services: described(here).map(({ words = {}, ...service }, index) => ({
      ...service,
      rows: rows(words, moved[index]?.words ?? nobody(words)),
    })),
    refused: refusals(spec),
    missing: missing(like.cloud),
  };
}

function refusals(spec: EnvironmentSpec): string[] {
  try {
    loadEnvironments([spec]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(formatProblem);
    throw error;
  }
}

function missing({ guarantees }: Cloud): string[] {
  const names = Object.keys(GUARANTEES) as GuaranteeName[];
  return names.flatMap((name) => {
    const how = guarantees[name];
    return "missing" in how ? [`${GUARANTEES[name]}: ${how.missing}`] : [];
  });
}

/** Every service of the environment's applications, in one order whichever cloud it is on. */
function described({ cloud, applications }: Environment<Cloud>) {
  return applications.flatMap((application) =>
    application.services.map((service) => ({
      application: application.name,
      service: service.name,
      kind: service.service.kind,
      // A kind of another program may have no provisioner there, which is among the refusals.
      words:
        service.sizing.placement !== "external" && placementsOf(cloud, service.service).length === 0
          ? undefined
          : serviceWords(service, traitsOf(cloud, application, service)),
    })),
  );
}

/** Traits of the service on the cloud. A placement that it lacks is among the refusals, and what it does have is compared. */
export function traitsOf(cloud: Cloud, application: ResolvedApplication, service: ResolvedService): ServiceTraits {
  const offered = sayablePlacements(cloud, service.service);
  const placement = offered.includes(service.sizing.placement)
    ? service.sizing.placement
    : defaultPlacement(cloud, service.service);
  return cloud.describeService(application, { ...service, sizing: { ...service.sizing, placement } });
}
