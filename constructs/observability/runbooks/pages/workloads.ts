import type { Alert } from "../../alerts/alert";
import { describePods, events, kubectl, lastWords, pods, top } from "../commands";
import { affectedByWorkloads } from "../impact";
import { quotaOf } from "../objects";
import { labelled, type Operated, type Running, runningOf } from "../operated";
import type { Playbook, Section, Step } from "../page";
import { history, rollBack } from "../releases";
import { autoscalerOf, beyondMaximum } from "../scaling";
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

export function autoscalerAtMaximum(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = runningOf(operated, alerts).flatMap((one) => {
    const autoscaler = autoscalerOf(operated, one);
    return autoscaler === undefined
      ? []
      : [{ ...one, autoscaler, object: `horizontalpodautoscaler/${autoscaler.metadata.name}` }];
  });
  const sections = (steps: (one: (typeof all)[number]) => Step[]): Section[] =>
    all.map((one) => ({ about: one.workload.name, steps: steps(one) }));
  return {
    impact: ["Nobody yet: with more load than now it is slower, as no pod is added.", ...impactOf(operated, alerts)],
    diagnosis: sections((one) => [
      {
        say: "What the autoscaler goes by, and how far above its aim it is.",
        run: [kubectl(operated, "get", one.object), kubectl(operated, "describe", one.object)],
      },
      {
        say: "What the pods use, and whether all of them are ready: pods that start and die count too.",
        run: [top(operated, one.deployment.metadata.name), pods(operated, one.deployment.metadata.name)],
      },
      ...dashboards(operated, "whether load has grown, or each request costs more than before"),
      history(operated, one),
    ]),
    mitigation: sections((one) => [
      beyondMaximum(operated, one, "the autoscaler is at its maximum", one.autoscaler.spec),
      ...rollBack(operated, one),
    ]),
  };
}
