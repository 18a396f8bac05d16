import { type EdgeContext, groupService, resolveEdge } from "./resolve-workload";
import type { ResolvedObjectGroup } from "./resolved";

/** Groups of objects, in the order in which the application and the environment name them. */
export const resolveObjectGroups = (context: EdgeContext): ResolvedObjectGroup[] =>
  Object.entries(context.objects).map(
    ([name, { reason, manifests, pods, needs = [], computedFields = [], scales = {} }]) => ({
      ...{ name, reason, manifests, computedFields, scales },
      pods: pods && {
        objectName: context.naming(context.application.name, name),
        labels: pods.labels,
        count: pods.count,
        resources: pods.resources,
        volumes: pods.volumes ?? [],
        service: pods.service && groupService(pods.service),
      },
      edges: needs.flatMap((need) => resolveEdge(need, context)),
    }),
  );
