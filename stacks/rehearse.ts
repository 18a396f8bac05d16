import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { copiesIn } from "../constructs/model/elsewhere";
import { holdingsOf } from "../constructs/model/holdings";
import { loadEnvironments } from "../constructs/model/load";
import { managedServices } from "../constructs/model/managed-services";
import type { ResolvedApplication } from "../constructs/model/resolved";
import type { Rehearsal } from "../constructs/teardown/rehearsal";
import { rehearse } from "../constructs/teardown/rehearse";
import type { WrittenStack } from "../constructs/teardown/stack";
import { warnOfOthers } from "./program";
import { writtenStacks } from "./written-stacks";

/**
 * What a destroy of an environment's stacks would meet, by the stacks as they are synthesized now. Where protections stop it, also as
 * they are synthesized once these are lifted, as the steps have it. Nothing is written or asked.
 *
 * @param environments all of the program: some mistakes show only between two of them
 * @throws InvalidInput where the environment has mistakes
 */
export function rehearsalOf(environments: readonly EnvironmentSpec[], name: string): Rehearsal {
  const load = (specs: readonly EnvironmentSpec[]): PlatformEnvironment => {
    const [found] = loadEnvironments(specs, { only: [name], passedOver: warnOfOthers });
    if (found === undefined) throw new Error(`no environment ${name}`);
    return found;
  };
  const environment = load(environments);
  const { applications, backups } = environment;
  const copies = backups === undefined ? undefined : copiesIn(backups.region);
  const props = {
    environment: name,
    stacks: writtenStacks(environment),
    words: {
      drops: Object.fromEntries(applications.map((application) => [application.name, undropped(application)])),
      ...(copies !== undefined && !(backups?.drops ?? []).includes(copies) && { copies }),
    },
    types: environment.cloud.resourceTypes?.(managedServices(environment)) ?? {},
    credentials: environment.cloud.operations?.(environment).credentials ?? [],
    hosts: [...new Set(applications.flatMap(({ routes }) => routes.map(({ host }) => host)))].sort(),
    releasedElsewhere: environment.release === "terraform" ? [] : applications.map((application) => application.name),
    charts: environment.addons.map((addon) => addon.name),
  };
  const found = rehearse(props);
  if (found.stops.every(({ lift }) => lift === "never")) return found;
  const edited = (edit: (spec: EnvironmentSpec) => EnvironmentSpec): readonly WrittenStack[] =>
    writtenStacks(load(environments.map((spec) => (spec.name === name ? edit(spec) : spec))));
  const dropped = edited((spec) => withDrops(spec, environment));
  const unprotected = edited((spec) => ({ ...withDrops(spec, environment), protect: false }));
  const lifted = props.stacks.map(
    (stack) =>
      [...(stack.part === "application" ? dropped : unprotected)].find((one) => one.name === stack.name) ?? stack,
  );
  return rehearse({ ...props, lifted });
}

function undropped(application: ResolvedApplication): string[] {
  return holdingsOf(application).flatMap((one) => (application.drops.includes(one.name) ? [] : [one.name]));
}

/** The environment with a word for all that its applications hold. */
function withDrops(spec: EnvironmentSpec, { applications }: PlatformEnvironment): EnvironmentSpec {
  const { backups } = spec;
  return {
    ...spec,
    ...(backups !== undefined && { backups: { ...backups, drops: [copiesIn(backups.region)] } }),
    applications: spec.applications.map((overlay) => {
      const found = applications.find(({ name }) => name === overlay.application.name);
      return found === undefined ? overlay : { ...overlay, drops: [...(overlay.drops ?? []), ...undropped(found)] };
    }),
  };
}
