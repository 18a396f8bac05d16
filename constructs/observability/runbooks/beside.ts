import type { EnvironmentOption } from "../../model/environment";
import { nameWithRegion } from "../../model/name-there";
import { stackNames } from "../../model/names";
import type { CloudOperations } from "../../model/operations";
import { platformSecrets } from "../../model/out-of-band";
import type { Environment, ResolvedApplication, ResolvedService } from "../../model/resolved";
import { copyElsewhere } from "../../model/validate/elsewhere";
import type { ServiceTraits } from "../../services/traits";
import type { Beside } from "./operated";

/** What of a cloud its runbooks ask: a part of its contract, which is not known here. */
interface Asked extends EnvironmentOption {
  operations?(environment: Environment): CloudOperations;
  readonly createState?: unknown;
  readonly createCluster?: unknown;
  describeService(application: ResolvedApplication, service: ResolvedService): ServiceTraits;
}

/** What there is beside the cluster of an environment. `undefined`: its cloud says nothing of it. */
export function besideOf(environment: Environment<Asked>, application: ResolvedApplication): Beside | undefined {
  const { cloud, name } = environment;
  const operations = cloud.operations?.(environment);
  if (operations === undefined) return undefined;
  return {
    cloud: operations,
    stacks: [
      ...(cloud.createState === undefined ? [] : [stackNames.state(name)]),
      ...(cloud.createCluster === undefined ? [] : [stackNames.cluster(name)]),
      stackNames.platform(name),
      application.stackName,
    ],
    makesCluster: cloud.createCluster !== undefined,
    ...(environment.clusterBackups && { clusterBackups: environment.clusterBackups }),
    ...elsewhereOf(environment, application, operations),
    platformSecrets: platformSecrets(environment),
    recoverable: (holding) => cloud.recoverable?.(application, holding),
    traits: (service) =>
      service.sizing.placement === "external" ? undefined : cloud.describeService(application, service),
  };
}

/** Copies in a second region, where the environment is made again with its region in its names. */
function elsewhereOf(
  { backups, cloud, name }: Environment<Asked>,
  application: ResolvedApplication,
  { elsewhere }: CloudOperations,
): Pick<Beside, "elsewhere"> {
  if (backups === undefined) return {};
  const there = { nameThere: nameWithRegion(name, backups.region), stack: application.stackName };
  const operations = elsewhere?.(application, there);
  if (operations === undefined) return {};
  const copy = (holding: string) => copyElsewhere(cloud, application, holding);
  return { elsewhere: { region: backups.region, copy, operations, there } };
}
