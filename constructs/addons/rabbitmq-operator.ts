import type { PodPeer } from "../model/connection";
import type { Environment } from "../model/resolved";
import type { Addon } from "./addon";
import { ON_SYSTEM_NODES, overZones, replicas, resources } from "./scheduling";

const NAME = "rabbitmq-cluster-operator";

/** What the chart has too. */
const IMAGE = "ghcr.io/rabbitmq/cluster-operator:2.22.4";

/** Its pods, which ask the nodes of each cluster how they are. */
export const RABBITMQ_OPERATOR_PODS: PodPeer = {
  namespace: NAME,
  labels: { "app.kubernetes.io/name": NAME },
};

/**
 * Makes clusters of RabbitMQ nodes, and replaces and grows them one node at a time. Its makers publish no chart, so it
 * comes by one of this package.
 * @see https://github.com/rabbitmq/cluster-operator
 */
export function rabbitmqOperator(environment: Pick<Environment, "profile">): Addon {
  const count = replicas(environment, 2);
  return {
    name: NAME,
    namespace: NAME,
    chart: { folder: NAME, version: "1.0.0" },
    images: (placeOf) => ({ image: placeOf(IMAGE) }),
    values: () => ({
      replicas: count,
      resources: resources("50m", "512Mi", "500m"),
      ...ON_SYSTEM_NODES,
      ...(count > 1 && { topologySpreadConstraints: overZones({ "app.kubernetes.io/instance": NAME }) }),
    }),
  };
}
