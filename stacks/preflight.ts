import type { Installed } from "../constructs/addons/installed";
import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { elementPath } from "../constructs/model/element";
import { loadEnvironments } from "../constructs/model/load";
import type { Checklist, CloudChecks, Need } from "../constructs/preflight/check";
import { checklistOf } from "../constructs/preflight/checklist";
import { clusterNeeds, ofAddons } from "../constructs/preflight/cluster-needs";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import { warnOfOthers } from "./program";
import { writtenStacks } from "./written-stacks";

const UNKNOWN: CloudChecks = {
  checks: [],
  unasked: ["what the account has to have: the environment's cloud says nothing of it"],
};

/**
 * What has to hold before an environment is deployed, by its stacks as they are synthesized now. Nothing is written or asked.
 *
 * @param environments all of the program: some mistakes show only between two of them
 * @param engine name of the program that plans and applies: `terraform`
 * @throws InvalidInput where the environment has mistakes
 */
export function preflightOf(environments: readonly EnvironmentSpec[], name: string, engine: string): Checklist {
  const [environment] = loadEnvironments(environments, { only: [name], passedOver: warnOfOthers });
  if (environment === undefined) throw new Error(`no environment ${name}`);
  const stacks = writtenStacks(environment);
  return checklistOf({
    environment: name,
    stacks,
    cloud: environment.cloud.preflight?.(environment, stacks) ?? UNKNOWN,
    releases: { engine, byHelm: environment.release !== "terraform" },
    ...(environment.cloud.installed !== undefined && { needs: needsOf(environment, environment.cloud.installed) }),
    hosts: hostsOf(environment),
  });
}

/** What the applications find in their cluster, by the objects that they have there. */
function needsOf(environment: PlatformEnvironment, installed: Installed) {
  const applications = renderEnvironments([environment]).flatMap((rendered) =>
    rendered.applications.map(({ application, prepared, released }) => ({
      application: application.name,
      objects: [...prepared, ...released],
    })),
  );
  const needs = clusterNeeds(applications);
  return {
    applications: applications.map(({ application }) => application),
    cluster: installed === "all" ? needs : ofAddons(needs, installed),
  };
}

/** Hosts of all routes, each with the applications that have it. */
function hostsOf({ applications }: PlatformEnvironment): ReadonlyMap<string, readonly Need[]> {
  const pairs = applications.flatMap(({ name, routes }) =>
    routes.map(({ host }) => [host, elementPath({ kind: "routes", application: name })] as const),
  );
  const hosts = [...new Set(pairs.map(([host]) => host))].sort();
  return new Map(
    hosts.map((host) => {
      const of = [...new Set(pairs.filter(([one]) => one === host).map(([, application]) => application))];
      return [host, of.map((one): Need => ({ what: `certificate of ${host}`, of: one }))];
    }),
  );
}
