import { composeNginx } from "../../constructs/outputs/compose/nginx";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../constructs/model/load";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { environments } from "../../environments";
import { literalObjects } from "../engine/application-objects";
import { referenceCompose } from "../render/compose";
import { localApplication } from "../render/local-application";
import { clusterContract } from "./cluster-contract";
import { compareWorkload, type WorkloadDifference } from "./compare";
import { type Compose, composeContract } from "./compose-contract";
import { COMPOSE_DIFFERENCES } from "./compose-differences";
import type { Comparison } from "./difference";
import { type Part, part } from "./part";

/** An application in Compose, and the same one as an environment has it. */
export interface Sides {
  readonly title: string;
  readonly compose: Compose;
  readonly objects: readonly KubernetesObject[];
  /** On both sides: a workload that one of them lacks is a difference. */
  readonly applications: readonly ResolvedApplication[];
}

export function compareApplication({ title, compose, objects, applications }: Sides): Comparison<WorkloadDifference> {
  const workloads = new Map(applications.flatMap((one) => one.workloads.map((workload) => [workload.name, workload])));
  const compared = [...workloads.values()].map((workload) =>
    compareWorkload(workload, composeContract(compose, workload), clusterContract(objects, workload)),
  );
  return {
    title,
    compared: compared.reduce((sum, one) => sum + one.compared, 0),
    differences: compared.flatMap(({ differences }) => differences),
  };
}

/** The reference application in Compose, and in every environment of this program. */
export function composeSides(): Sides[] {
  const local = localApplication();
  return loadEnvironments(environments).flatMap((environment) =>
    environment.applications
      .filter(({ name }) => name === local.name)
      .map((application) => ({
        title: environment.name,
        compose: { document: referenceCompose(local), nginx: composeNginx(local) },
        objects: literalObjects(environment, application),
        applications: [local, application],
      })),
  );
}

export const composeParity = (sides: readonly Sides[] = composeSides()): Part =>
  part(
    { title: "Compose and the cluster", sides: ["Compose", "the cluster"] },
    sides.map(compareApplication),
    COMPOSE_DIFFERENCES,
  );
