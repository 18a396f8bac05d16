import { type Alert, alert } from "./alert";
import { dataServiceDown } from "./data-service-down";
import { select } from "./promql";
import { steady } from "./series";
import { nameOf, ofKind, type Watched } from "./watched";

/* Data services that run in the cluster, by the pods that they should have. */

const READY = "kube_statefulset_status_replicas_ready";

interface Server {
  /** Name of the data service. */
  readonly service: string;
  readonly statefulSet: string;
  readonly replicas: number;
}

/** Data services of the application that run in the cluster. */
export const servers = (watched: Watched): Server[] => [
  ...ofKind(watched, "StatefulSet").map((object) => ({
    service: nameOf(object, watched),
    statefulSet: object.metadata.name,
    replicas: object.spec.replicas,
  })),
  // The operator names the StatefulSet so.
  ...ofKind(watched, "RabbitmqCluster").map((object) => ({
    service: nameOf(object, watched),
    statefulSet: `${object.metadata.name}-server`,
    replicas: object.spec.replicas,
  })),
];

const down = ({ application }: Watched, { service, statefulSet, replicas }: Server): Alert =>
  dataServiceDown(application, service, {
    metric: READY,
    within: { namespace: application.namespace, statefulset: statefulSet },
    what: `None of the ${replicas === 1 ? "pods" : `${replicas} pods`} of ${service} has been ready for a minute`,
  });

export const serverAlerts = (watched: Watched): Alert[] =>
  servers(watched).flatMap((server) => [
    down(watched, server),
    ...(server.replicas > 1 ? [degraded(watched, server)] : []),
  ]);

function degraded({ application }: Watched, { service, statefulSet, replicas }: Server): Alert {
  const within = { namespace: application.namespace, statefulset: statefulSet };
  const ready = (pods: number) => [steady(READY, within, pods, 900)];
  return alert({
    name: "DataServiceDegraded",
    value: `max(${select(READY, within)})`,
    is: "<",
    threshold: replicas,
    forSeconds: 900,
    severity: "warning",
    within,
    labels: { service },
    says: ({ value }) => ({
      summary: `${service} has lost a node`,
      description: `${value} of the ${replicas} pods of ${service} have been ready for a quarter of an hour: another loss may stop it`,
    }),
    proof: { firing: ready(replicas - 1), quiet: [ready(replicas)], firesAt: 900, shows: String(replicas - 1) },
  });
}
