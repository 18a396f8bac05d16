import { type Alert, alert } from "./alert";
import { select } from "./promql";
import { once, steady } from "./series";
import { byWorkload, type Watched } from "./watched";

/* Pods that do not run, whatever they are of. */

const RESTARTS = "kube_pod_container_status_restarts_total";
const WAITING = "kube_pod_container_status_waiting_reason";

export const podAlerts = (watched: Watched): Alert[] => {
  const [first] = watched.application.workloads;
  return first === undefined ? [] : [crashLooping(watched, first), imagePullFailing(watched, first)];
};

interface Named {
  readonly name: string;
  readonly objectName: string;
}

const podOf = ({ objectName }: Named): string => `${objectName}-5d8f7c9b6d-x2x4z`;

function crashLooping(watched: Watched, { name, objectName }: Named): Alert {
  const within = { namespace: watched.application.namespace };
  const pod = podOf({ name, objectName });
  const labels = { pod, container: name };
  // The second sample is the first that shows a restart.
  const firesAt = 30 + 300;
  return alert({
    name: "PodCrashLooping",
    value: byWorkload(watched, `sum by (pod, container) (increase(${select(RESTARTS, within)}[15m]))`),
    is: ">",
    threshold: 0,
    forSeconds: 300,
    severity: "critical",
    within,
    labels: {},
    shownBy: 'printf "%.0f"',
    says: ({ label, value }) => ({
      summary: `${label("pod")} restarts`,
      description: `Container ${label("container")} of pod ${label("pod")} has restarted ${value} times in fifteen minutes`,
    }),
    proof: {
      firing: [once(RESTARTS, { ...within, ...labels }, firesAt)],
      quiet: [[steady(RESTARTS, { ...within, ...labels }, 7, firesAt)]],
      firesAt,
      labels: { ...labels, workload: name },
      shows: "1",
    },
  });
}

function imagePullFailing(watched: Watched, { name, objectName }: Named): Alert {
  const within = { namespace: watched.application.namespace };
  const labels = { pod: podOf({ name, objectName }), container: name };
  const waiting = (reason: string, is: number) => steady(WAITING, { ...within, ...labels, reason }, is, 300);
  return alert({
    name: "ImagePullFailing",
    value: byWorkload(
      watched,
      `max by (pod, container) (${select(WAITING, { ...within, reason: /ErrImagePull|ImagePullBackOff|InvalidImageName/ })})`,
    ),
    is: "==",
    threshold: 1,
    forSeconds: 300,
    severity: "warning",
    within,
    labels: {},
    says: ({ label }) => ({
      summary: `${label("pod")} has no image`,
      description: `The image of container ${label("container")} of pod ${label("pod")} has not been pulled for five minutes`,
    }),
    proof: {
      firing: [waiting("ImagePullBackOff", 1)],
      quiet: [[waiting("ContainerCreating", 1)], [waiting("ImagePullBackOff", 0)]],
      firesAt: 300,
      labels: { ...labels, workload: name },
      shows: "1",
    },
  });
}
