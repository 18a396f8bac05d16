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
  autoscalers(watched).flatMap((one) => [...atMaximum(watched, one), ...unread(watched, one)]);

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
 * The autoscaler has not known for a while how many messages wait. It says so itself as long as it is there; KEDA makes it once
 * it has reached the broker, so one that is not there is told too, and so is KEDA that is down. Of a workload that is stopped on
 * purpose KEDA takes the autoscaler away, and nobody has to know its queue.
 */
function unread(watched: Watched, { workload, deployment, name, queue }: Autoscaler): Alert[] {
  if (queue === undefined) return [];
  const within = { namespace: watched.application.namespace, horizontalpodautoscaler: name };
  const active = { ...within, condition: "ScalingActive", status: "true" };
  const wanted = { namespace: watched.application.namespace, deployment };
  const runs = (replicas: number) => steady(WANTED, wanted, replicas, UNREAD_SECONDS);
  const reads = (yes: boolean) => steady(CONDITION, active, yes ? 1 : 0, UNREAD_SECONDS);
  return [
    alert({
      name: "QueueUnread",
      value: `absent(${select(CONDITION, active)} == 1)\nand on () max(${select(WANTED, wanted)}) > 0`,
      is: "==",
      threshold: 1,
      forSeconds: UNREAD_SECONDS,
      severity: "warning",
      within,
      pins: ["condition", "status", "deployment"],
      labels: { workload },
      says: () => ({
        summary: `${workload} is not scaled on its queue`,
        description: `Nobody has told for ten minutes how many messages wait in ${queue}: ${workload} keeps the pods that it has, however many come`,
      }),
      proof: {
        firing: [reads(false), runs(2)],
        // It is read; nobody runs, with an autoscaler that has not gone yet and without one.
        quiet: [[reads(true), runs(2)], [reads(false), runs(0)], [runs(0)]],
        firesAt: UNREAD_SECONDS,
        shows: "1",
      },
    }),
  ];
}
