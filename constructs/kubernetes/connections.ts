import type { ResolvedApplication, ResolvedWorkload } from "../model/resolved";
import { workloadMetadata } from "./labels";
import type { ConfigMap } from "./objects";
import type { WiredWorkload } from "./provided";

export const CONNECTIONS = ".connections";

/** No workload has a dot in its name, so this is never another one's ConfigMap. */
export const connectionsName = (workload: Pick<ResolvedWorkload, "objectName">): string =>
  `${workload.objectName}${CONNECTIONS}`;

/** Whether there is one, which is no question of the cloud: a workload that is told nothing today may be tomorrow. */
export const hasConnections = ({ workload }: Pick<WiredWorkload, "workload">): boolean =>
  workload.edges.some(({ to }) => to === "service");

const variables = ({ edges }: WiredWorkload): (readonly [name: string, value: string])[] =>
  edges.flatMap(({ edge, variables }) =>
    edge.to === "service"
      ? variables.flatMap((variable) => ("value" in variable ? [[variable.name, variable.value] as const] : []))
      : [],
  );

/**
 * What a workload is told of its services that is no secret, in a ConfigMap of its own: the values are Terraform's to
 * know, and who releases the workload need not know which there are.
 */
export function connections(application: ResolvedApplication, wired: WiredWorkload): ConfigMap | undefined {
  if (!hasConnections(wired)) return undefined;
  const { workload } = wired;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: workloadMetadata(application, workload, connectionsName(workload)),
    data: Object.fromEntries(variables(wired)),
  };
}
