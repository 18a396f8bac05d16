import type { Metadata } from "../../kubernetes/objects";
import { type Alert, alert } from "./alert";
import { select } from "./promql";
import { steady } from "./series";
import { nameOf, ofKind, type Watched } from "./watched";

/* Whoever decides how many pods a workload has: an autoscaler of its own, or one that KEDA makes. */

const CURRENT = "kube_horizontalpodautoscaler_status_current_replicas";
const CONDITION = "kube_horizontalpodautoscaler_status_condition";
const WANTED = "kube_deployment_spec_replicas";

/** Seconds after which a queue that cannot be read is told. A broker that is restarted is back before. */
const UNREAD_SECONDS = 600;

/** Seconds after which an autoscaler that decides nothing is told. New pods and what measures them have started before. */
const INACTIVE_SECONDS = 900;

export interface Autoscaler {
  readonly workload: string;
  /** Name of its Deployment. */
  readonly deployment: string;
  /** Name of the HorizontalPodAutoscaler, whoever makes it. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The object that says both, with its fields for them. */
  readonly said: {
    readonly kind: "horizontalpodautoscaler" | "scaledobject";
    readonly metadata: Metadata;
    readonly minimum: "minReplicaCount" | "minReplicas";
  };
  /** Queue that it goes by. @default - none */
  readonly queue?: string;
}

/** Those that are made with the workload, and then those that KEDA makes. */
export const autoscalers = (watched: Watched): Autoscaler[] => [
  ...ofKind(watched, "HorizontalPodAutoscaler").map(({ metadata, spec }): Autoscaler => ({
    ...{ workload: nameOf({ metadata }, watched), deployment: spec.scaleTargetRef.name, name: metadata.name },
    ...{ min: spec.minReplicas, max: spec.maxReplicas },
    said: { kind: "horizontalpodautoscaler", metadata, minimum: "minReplicas" },
  })),
  ...ofKind(watched, "ScaledObject").map(({ metadata, spec }): Autoscaler => ({
    ...{ workload: nameOf({ metadata }, watched), deployment: spec.scaleTargetRef.name },
    name: spec.advanced.horizontalPodAutoscalerConfig.name,
    ...{ min: spec.minReplicaCount, max: spec.maxReplicaCount },
    said: { kind: "scaledobject", metadata, minimum: "minReplicaCount" },
    queue: spec.triggers.map((trigger) => trigger.metadata.queueName).join(", "),
  })),
];

export const autoscalerAlerts = (watched: Watched): Alert[] =>
  autoscalers(watched).flatMap((one) => [...atMaximum(watched, one), inactive(watched, one)]);

function atMaximum(watched: Watched, { workload, name, min, max }: Autoscaler): Alert[] {
  // One that cannot move is at its maximum for good.
  if (min === max) return [];
  const within = { namespace: watched.application.namespace, horizontalpodautoscaler: name };
  const current = (replicas: number) => [steady(CURRENT, within, replicas, 900)];
  return [
    alert({
      name: "AutoscalerAtMaximum",
      value: `max(${select(CURRENT, within)})`,
      is: ">=",
      threshold: max,
      forSeconds: 900,
      severity: "warning",
      within,
      labels: { workload },
      says: ({ value }) => ({
        summary: `${workload} cannot grow`,
        description: `${workload} has had ${value} pods for a quarter of an hour, and its autoscaler may make no more than ${max}`,
      }),
      proof: { firing: current(max), quiet: [current(max - 1)], firesAt: 900, shows: String(max) },
    }),
  ];
}

/**
 * The autoscaler has decided nothing for a while. It says so itself as long as it is there: it cannot read what it goes by, or
 * another one chooses the same pods. Of several measures one is enough for it, unless that asks for fewer pods than there are. One
 * that is not there is told too: KEDA makes one only once it has reached the broker. Of a workload that is stopped on purpose nobody
 * has to know anything: its autoscaler is inactive then, and KEDA takes it away.
 */
function inactive(watched: Watched, autoscaler: Autoscaler): Alert {
  const { workload, deployment, name, queue } = autoscaler;
  const { called, seconds, summary, description } = queue === undefined ? idle(autoscaler) : unread(autoscaler, queue);
  const within = { namespace: watched.application.namespace, horizontalpodautoscaler: name };
  const active = { ...within, condition: "ScalingActive", status: "true" };
  const wanted = { namespace: watched.application.namespace, deployment };
  const runs = (replicas: number) => steady(WANTED, wanted, replicas, seconds);
  const decides = (yes: boolean) => steady(CONDITION, active, yes ? 1 : 0, seconds);
  return alert({
    name: called,
    value: `absent(${select(CONDITION, active)} == 1)\nand on () max(${select(WANTED, wanted)}) > 0`,
    is: "==",
    threshold: 1,
    forSeconds: seconds,
    severity: "warning",
    within,
    pins: ["condition", "status", "deployment"],
    labels: { workload },
    says: () => ({ summary, description }),
    proof: {
      firing: [decides(false), runs(2)],
      // It decides; nobody runs, with an autoscaler that has not gone yet and without one.
      quiet: [[decides(true), runs(2)], [decides(false), runs(0)], [runs(0)]],
      firesAt: seconds,
      shows: "1",
    },
  });
}

interface Inactive {
  readonly called: string;
  readonly seconds: number;
  readonly summary: string;
  readonly description: string;
}

function unread({ workload }: Autoscaler, queue: string): Inactive {
  return {
    ...{ called: "QueueUnread", seconds: UNREAD_SECONDS },
    summary: `${workload} is not scaled on its queue`,
    description: `Nobody has told for ten minutes how many messages wait in ${queue}: ${workload} keeps the pods that it has, however many come`,
  };
}

function idle({ workload }: Autoscaler): Inactive {
  return {
    ...{ called: "AutoscalerInactive", seconds: INACTIVE_SECONDS },
    summary: `${workload} is not scaled`,
    description: `The autoscaler of ${workload} has decided nothing for a quarter of an hour, or is gone: it keeps the pods that it has, however much there is to do`,
  };
}
