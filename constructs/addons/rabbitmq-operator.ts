import type { PodPeer } from "../model/connection";
const NAME = "rabbitmq-cluster-operator";
export const RABBITMQ_OPERATOR_PODS: PodPeer = {
  namespace: NAME,
  labels: { "app.kubernetes.io/name": NAME },
};
