import type { ServiceKind } from "../../../constructs/services/kinds";
import type { Pod } from "../reachability";
import type { ServiceDoors } from "./surroundings";

/* Services that run in the cluster, the same on every cloud. */

const OPERATOR = "RabbitMQ operator";
const NAMESPACE = "rabbitmq-cluster-operator";

/** Of the operator's release, and somebody else in its namespace. */
export const OPERATOR_PODS: Readonly<Record<string, Pod>> = {
  [OPERATOR]: {
    namespace: NAMESPACE,
    labels: { "app.kubernetes.io/name": NAMESPACE, "app.kubernetes.io/instance": NAMESPACE },
  },
  "beside the operator": { namespace: NAMESPACE, labels: { app: "other" } },
};

/** Nodes of a cluster by the names of their pods. */
export const rabbitmqNodes = (cluster: string): string[] => [0, 1].map((index) => `${cluster}-server-${index}`);

/** AMQP and management under TLS; epmd and Erlang's distribution among the nodes. */
function rabbitmq(name: string): ServiceDoors {
  const to = rabbitmqNodes(name);
  const management = { to, ports: [15671] };
  return {
    workloads: { to, ports: [5671] },
    users: management,
    pods: Object.fromEntries(
      to.map((node) => [node, [{ to: to.filter((other) => other !== node), ports: [4369, 25672] }]]),
    ),
    others: [[OPERATOR, management]],
  };
}

const single =
  (port: number, users = false) =>
  (name: string): ServiceDoors => {
    const door = { to: [name], ports: [port] };
    return { workloads: door, ...(users && { users: door }), pods: { [name]: [] } };
  };

export const IN_CLUSTER: Readonly<Record<ServiceKind, (name: string) => ServiceDoors>> = {
  mysql: single(3306, true),
  redis: single(6379),
  rabbitmq,
  bucket: single(8443),
};
