import type { Deployment } from "../../kubernetes/objects";
import { type Alert, alert } from "./alert";
import { autoscalerAlerts } from "./autoscalers";
import { select } from "./promql";
import { steady } from "./series";
import { deploymentsOf, nameOf, type Watched } from "./watched";

/* Whether as many pods of a workload are there as there should be. */

const AVAILABLE = "kube_deployment_status_replicas_available";
const WANTED = "kube_deployment_spec_replicas";

export const deploymentAlerts = (watched: Watched): Alert[] => [
  ...deploymentsOf(watched).flatMap((one) => [down(watched, one), replicasMissing(watched, one)]),
  ...autoscalerAlerts(watched),
];

function down(watched: Watched, object: Deployment): Alert {
  const workload = nameOf(object, watched);
  const within = { namespace: watched.application.namespace, deployment: object.metadata.name };
  const replicas = (available: number, wanted: number) => [
    steady(AVAILABLE, within, available, 60),
    steady(WANTED, within, wanted, 60),
  ];
  return alert({
    name: "WorkloadDown",
    value: `max(${select(AVAILABLE, within)}) and on () max(${select(WANTED, within)}) > 0`,
    is: "==",
    threshold: 0,
    forSeconds: 60,
    severity: "critical",
    within,
    labels: { workload },
    says: () => ({
      summary: `${workload} is down`,
      description: `No pod of ${workload} has been available for a minute`,
    }),
    proof: { firing: replicas(0, 1), quiet: [replicas(1, 2), replicas(0, 0)], firesAt: 60, shows: "0" },
  });
}

function replicasMissing(watched: Watched, object: Deployment): Alert {
  const workload = nameOf(object, watched);
  const within = { namespace: watched.application.namespace, deployment: object.metadata.name };
  const replicas = (available: number) => [steady(AVAILABLE, within, available, 900), steady(WANTED, within, 3, 900)];
  return alert({
    name: "ReplicasMissing",
    value: `max(${select(WANTED, within)}) - max(${select(AVAILABLE, within)})`,
    is: ">",
    threshold: 0,
    forSeconds: 900,
    severity: "warning",
    within,
    labels: { workload },
    says: ({ value }) => ({
      summary: `${workload} has too few pods`,
      description: `${value} of the pods that ${workload} should have are not available, for a quarter of an hour`,
    }),
    proof: { firing: replicas(2), quiet: [replicas(3)], firesAt: 900, shows: "1" },
  });
}
