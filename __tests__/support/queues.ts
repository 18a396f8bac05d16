import type { EnvironmentSpec } from "../../constructs/environment";
import type { Autoscaling } from "../../constructs/model/workload";

export const BY_QUEUE: Autoscaling = { min: 2, max: 6, queue: "events", messagesPerPod: 50 };

/** The environments, all or some of them with KEDA and the reference application's consumer scaled by it on the broker of each. */
export const withQueues = (
  all: readonly EnvironmentSpec[],
  only: readonly string[] = all.map(({ name }) => name),
): EnvironmentSpec[] =>
  all.map((environment) => (only.includes(environment.name) ? withQueue(environment) : environment));

function withQueue(environment: EnvironmentSpec): EnvironmentSpec {
  return {
    ...environment,
    eventScaling: "keda",
    applications: environment.applications.map((overlay) => {
      const consumer = overlay.workloads?.consumer;
      return {
        ...overlay,
        workloads: { ...overlay.workloads, consumer: { ...consumer, replicas: undefined, autoscaling: BY_QUEUE } },
      };
    }),
  };
}
