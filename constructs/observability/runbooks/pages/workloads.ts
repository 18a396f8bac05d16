import { KEDA } from "../../../kubernetes/queue-scaling";
import type { Alert } from "../../alerts/alert";
import { describePods, events, kubectl, kubectlIn, kubectlOfAll, lastWords, patch, pods, top } from "../commands";
import { affectedByWorkloads } from "../impact";
import { code } from "../in-words";
import { quotaOf } from "../objects";
import { labelled, type Operated, type Running, runningOf } from "../operated";
import type { Playbook, Section, Step } from "../page";
import { history, release, rollBack } from "../releases";
import { autoscalerOf, beyondMaximum, leftAlone, objectsOf, scale } from "../scaling";
import { dashboards, logsOf, needs, restart, shell, status } from "../steps";

/* Pods that are not there, or too few. */

export const each = (all: readonly Running[], steps: (one: Running) => readonly Step[]): Section[] =>
  all.map((one) => ({ about: one.workload.name, steps: steps(one) }));

export const impactOf = (operated: Operated, alerts: readonly Alert[]): string[] =>
  affectedByWorkloads(operated, labelled(alerts, "workload"));

const whatHappened = (operated: Operated): Step => ({
  say: "Events, the newest last: what Kubernetes tried, and what stopped it.",
  run: [events(operated)],
});

export function workloadDown(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = runningOf(operated, alerts);
  return {
    called: "Service down",
    impact: impactOf(operated, alerts),
    diagnosis: each(all, (one) => [
      status(operated, one),
      logsOf(operated, one),
      {
        say: "Logs of containers before they were restarted.",
        run: [lastWords(operated, one.deployment.metadata.name)],
      },
      whatHappened(operated),
      ...needs(operated, one),
      history(operated, one),
    ]),
    mitigation: each(all, (one) => [restart(operated, one), ...rollBack(operated, one), shell(operated, one)]),
  };
}

export function replicasMissing(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = runningOf(operated, alerts);
  return {
    impact: [
      "Whoever uses it is served by fewer pods: slower under load, and nearer to none.",
      ...impactOf(operated, alerts),
    ],
    diagnosis: each(all, (one) => [
      status(operated, one),
      {
        say: "Why a pod is not ready, or has no node: the end of each description says it.",
        run: [describePods(operated, one.deployment.metadata.name)],
      },
      {
        say: "Pods that were never made: events with the reason `FailedCreate`, mostly of the quota.",
        run: [
          kubectl(operated, "get", "events", "--field-selector=reason=FailedCreate"),
          ...quotaOf(operated).map((quota) => kubectl(operated, "describe", quota)),
        ],
      },
      history(operated, one),
    ]),
    mitigation: each(all, (one) => [
      {
        say: "A release that does not become ready keeps the pods of the one before: look at the logs of the new ones, and roll back. Pods without a node wait for one; where the cluster has no more to give, its nodes are what to look at.",
        run: [kubectl(operated, "get", "pods", "--field-selector=status.phase=Pending", "-o", "wide")],
      },
      ...rollBack(operated, one),
    ]),
  };
}

/** Workloads of the alerts, each with what scales it. */
const scaledOf = (operated: Operated, alerts: readonly Alert[]) =>
  runningOf(operated, alerts).flatMap((one) => {
    const autoscaler = autoscalerOf(operated, one);
    return autoscaler === undefined ? [] : [{ ...one, autoscaler, objects: objectsOf(autoscaler) }];
  });

export function autoscalerAtMaximum(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = scaledOf(operated, alerts);
  const sections = (steps: (one: (typeof all)[number]) => Step[]): Section[] =>
    all.map((one) => ({ about: one.workload.name, steps: steps(one) }));
  return {
    impact: ["Nobody yet: with more load than now it is slower, as no pod is added.", ...impactOf(operated, alerts)],
    diagnosis: sections((one) => [
      {
        say: "What the autoscaler goes by, and how far above its aim it is.",
        run: [kubectl(operated, "get", ...one.objects), kubectl(operated, "describe", ...one.objects)],
      },
      {
        say: "What the pods use, and whether all of them are ready: pods that start and die count too.",
        run: [top(operated, one.deployment.metadata.name), pods(operated, one.deployment.metadata.name)],
      },
      ...dashboards(operated, "whether load has grown, or each request costs more than before"),
      history(operated, one),
    ]),
    mitigation: sections((one) => [
      beyondMaximum(operated, one, "the autoscaler is at its maximum", one.autoscaler),
      ...rollBack(operated, one),
    ]),
  };
}

export function autoscalerInactive(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = scaledOf(operated, alerts);
  return {
    impact: [
      "Nobody yet: the workload keeps the pods that it has. With more load than now it is slower, as no pod is added; with less, pods stay that nobody needs.",
      ...impactOf(operated, alerts),
    ],
    diagnosis: all.map((one) => ({
      about: one.workload.name,
      steps: [
        {
          say: `What it says of itself, under ${code("Conditions")} at ${code("ScalingActive")}. ${code("AmbiguousSelector")}: another autoscaler has the same pods. ${code("FailedGetResourceMetric")}: nobody tells what its pods use, or none of them is ready. ${code("FailedGetExternalMetric")}, ${code("FailedGetPodsMetric")}, ${code("FailedGetObjectMetric")}: nobody serves the measure that it names; of several measures one that can be read is enough, so that it may be active and blind to another, which its events tell. Not found: somebody has deleted it.`,
          run: [kubectl(operated, "describe", ...one.objects)],
        },
        {
          say: "Every autoscaler here, with what it scales: each Deployment stands there once.",
          run: [kubectl(operated, "get", "horizontalpodautoscalers")],
        },
        {
          say: "Whether measures are served at all. Each line of the first has to be available.",
          run: [
            `${kubectlOfAll("get", "apiservices")} | grep -F metrics.k8s.io`,
            top(operated, one.deployment.metadata.name),
          ],
        },
        status(operated, one),
      ],
    })),
    // It keeps its minimum also while it can read nothing.
    mitigation: all.map((one) => ({
      about: one.workload.name,
      steps: [
        {
          say: `If another autoscaler has the same pods, delete the one that is not ${code(one.autoscaler.name)}: by its name from the list, with what has made it. One that KEDA makes comes again as long as its ${code("ScaledObject")} is there.`,
          run: [
            kubectl(
              operated,
              "get",
              "horizontalpodautoscalers",
              "-o",
              "custom-columns=NAME:.metadata.name,SCALES:.spec.scaleTargetRef.name,BY:.metadata.ownerReferences[*].kind",
            ),
          ],
        },
        {
          say: "If it is gone, a deploy makes it again.",
          run: release(operated),
        },
        ...scale(operated, one),
      ],
    })),
  };
}

/** KEDA's operator, which asks the broker, and what hands its answers to Kubernetes. */
const KEDA_LOGS = [KEDA.operator, `${KEDA.operator}-metrics-apiserver`];

export function queueUnread(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = scaledOf(operated, alerts);
  return {
    impact: [
      "Nobody yet: the workload keeps the pods that it has. With more messages than these take, the queue grows; with fewer, pods stay that nobody needs.",
      ...impactOf(operated, alerts),
    ],
    diagnosis: all.map(({ workload, objects, ...one }) => ({
      about: workload.name,
      steps: [
        {
          say: `What KEDA says of it: conditions and events name the error. No such queue (${code("NOT_FOUND")}) is a name that no program has declared yet, or another virtual host; ${code("ACCESS_REFUSED")} a sign-in; a time-out or a refused connection the way there or the broker. Where the second object is not there, KEDA has not reached the broker since it began to scale.`,
          run: [
            kubectl(operated, "describe", objects[0]),
            kubectl(operated, "get", ...objects.slice(1), "--ignore-not-found"),
          ],
        },
        {
          say: `Whether somebody has paused it, as a restore does: ${code("True")} under ${code("PAUSED")}. KEDA then takes its autoscaler away. At 0 pods nobody is called for this; at any other number this alert is how you learn that it was never told to go on.`,
          run: [kubectl(operated, "get", objects[0])],
        },
        {
          say: "Whether KEDA runs, and what it says. Its answers come by an API of Kubernetes' own, which has to be available.",
          run: [
            kubectlIn(KEDA.namespace, "get", "pods"),
            ...KEDA_LOGS.map((app) => kubectlIn(KEDA.namespace, "logs", "-l", `app=${app}`, "--tail=50", "--prefix")),
            kubectlOfAll("get", "apiservice/v1beta1.external.metrics.k8s.io"),
          ],
        },
        ...needs(operated, { workload, ...one }),
      ],
    })),
    mitigation: all.map((one) => ({
      about: one.workload.name,
      steps: [
        {
          say: "If it is paused and nobody is at work on it, let KEDA go on.",
          run: leftAlone(operated, [one.deployment], false),
        },
        {
          say: `If KEDA was taken out before this application was deployed without its queue: say ${code('eventScaling: "keda"')} again, deploy the platform, deploy the applications without queues, and only then take KEDA out. What stays ${code("Terminating")} without KEDA is in the first list. Where KEDA is not to come back, the second command frees this one, and its autoscaler goes with it.`,
          run: [
            kubectlOfAll("get", "scaledobjects,triggerauthentications", "-A"),
            patch(operated, one.objects[0], { metadata: { finalizers: null } }),
          ],
        },
        {
          say: "KEDA signs in as the workload does: what mends the workload's connection mends this. KEDA itself keeps nothing, and may be restarted at any time.",
          run: KEDA_LOGS.map((app) => kubectlIn(KEDA.namespace, "rollout", "restart", `deployment/${app}`)),
        },
        {
          say: "Until then pods are added by hand: the autoscaler does not take them back while it knows nothing.",
          run: [
            kubectl(
              operated,
              "scale",
              `deployment/${one.deployment.metadata.name}`,
              `--replicas=${one.autoscaler.max}`,
            ),
          ],
        },
      ],
    })),
  };
}
