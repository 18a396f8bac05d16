import type { KubernetesObject } from "../../kubernetes/objects";
import type { ResolvedApplication, ResolvedRoute } from "../../model/resolved";
import { placedIn, type RenderedEnvironment } from "../../rendering/rendered-environment";
import { composeDocument } from "../compose/compose";
import { composeNginx } from "../compose/nginx";
import type { ComposeOptions } from "../compose/output";
import { clusterContract } from "./cluster-contract";
import { clusterOnlyDifferences, knownClusterOnly } from "./cluster-only";
import { compareRoute, compareWorkload, type WorkloadDifference } from "./compare";
import { type Compose, composeContract } from "./compose-contract";
import { COMPOSE_DIFFERENCES } from "./compose-differences";
import type { Comparison } from "./difference";
import { type Part, part } from "./part";
import { clusterRoute, composeRoute } from "./route-contract";
import { serviceDifferences } from "./services";

export interface ComposeParityProps {
  /** Options of the output. */
  readonly options: ComposeOptions;
  /** The one that the Compose file is rendered for. */
  readonly local: RenderedEnvironment;
  /** Environments whose clusters it is compared with. Those without the application are left out. */
  readonly environments: readonly RenderedEnvironment[];
}

const sameRoute = (one: ResolvedRoute, other: ResolvedRoute): boolean =>
  one.hostName === other.hostName && one.path === other.path && one.pathType === other.pathType;

/** An application in Compose, and the same one as an environment has it. */
export interface Sides {
  readonly title: string;
  readonly compose: Compose;
  readonly objects: readonly KubernetesObject[];
  /** The application in Compose, and in the cluster: a workload that one of them lacks is a difference. */
  readonly applications: readonly ResolvedApplication[];
}

export function compareApplication({ title, compose, objects, applications }: Sides): Comparison<WorkloadDifference> {
  const workloads = new Map(applications.flatMap((one) => one.workloads.map((workload) => [workload.name, workload])));
  const clusterOnly = applications
    .slice(1)
    .flatMap((application) => [...clusterOnlyDifferences(application), ...serviceDifferences(application)]);
  const [here, there] = applications.map(({ routes }) => routes);
  const routes = (here ?? []).flatMap((local) => {
    const remote = there?.find((one) => sameRoute(one, local));
    return remote === undefined ? [] : [[local, remote] as const];
  });
  const compared = [
    ...[...workloads.values()].map((workload) =>
      compareWorkload(workload, composeContract(compose, workload), clusterContract(objects, workload)),
    ),
    ...routes.map(([local, remote]) =>
      compareRoute([local, remote], composeRoute(compose.nginx, local), clusterRoute(objects, remote)),
    ),
  ];
  return {
    title,
    compared: compared.reduce((sum, one) => sum + one.compared, clusterOnly.length),
    differences: [...compared.flatMap(({ differences }) => differences), ...clusterOnly],
  };
}

/** The application in Compose, and in every environment that has it. */
export function composeSides({ options, local, environments }: ComposeParityProps): Sides[] {
  const path = ["compose", "application"];
  const [{ application: here }] = placedIn([local], options.application, path);
  const compose = { document: composeDocument({ ...options, application: here }), nginx: composeNginx(here) };
  return placedIn(environments, options.application, path).map(({ application, prepared, released }) => ({
    title: application.environment,
    compose,
    objects: [...prepared, ...released],
    applications: [here, application],
  }));
}

/** Compares what workloads are told and asked in Compose with what they are told and asked in clusters. */
export function composeParity(props: ComposeParityProps): Part {
  const sides = composeSides(props);
  const named = sides.flatMap(({ applications }) => applications.slice(1).flatMap(knownClusterOnly));
  return part({ title: "Compose and the cluster", sides: ["Compose", "the cluster"] }, sides.map(compareApplication), [
    ...COMPOSE_DIFFERENCES,
    ...new Map(named.map((one) => [one.name, one])).values(),
  ]);
}
