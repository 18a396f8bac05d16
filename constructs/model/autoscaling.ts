import { withDefaults } from "./defaults";

/*
 * What an autoscaler goes by and how fast, as Kubernetes has it.
 * https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */

/** `queue` alone, or one of `cpu`, `memory` and `metrics` at least. Of several that which asks for the most pods counts. */
export interface Autoscaling {
  readonly min: number;
  readonly max: number;
  /** Average CPU use in per cent of the request. @default - not scaled on CPU */
  readonly cpu?: number;
  /** Average memory use in per cent of the request. @default - not scaled on memory */
  readonly memory?: number;
  /**
   * Measures that something in the cluster has to serve, by names of their own. The environment says that it does:
   * `metricsApis`. @default - none
   */
  readonly metrics?: Readonly<Record<string, ScalingMetric>>;
  /**
   * Name of a queue of the broker, by whose length alone it is scaled. The environment has what reads it: `eventScaling`.
   * @default - not scaled on a queue
   */
  readonly queue?: string;
  /**
   * Messages that may wait for each pod, 1 to 1,000,000: with 50, four hundred that wait are eight pods. Required with
   * `queue`. Messages that a pod has taken and not acknowledged do not wait, so it has to take few at a time (prefetch).
   */
  readonly messagesPerPod?: number;
  /** Name of the service that has the queue, one of the workload's needs. @default - the only one of them with queues */
  readonly broker?: string;
  /** @default - doubles within a minute when it must; gives up a tenth, at least one pod, a minute after five quiet ones */
  readonly behavior?: ScalingBehavior;
}

export type ScalingMetric = PodsMetric | ObjectMetric | ExternalMetric;

interface NamedMetric {
  /** Name by which it is served: `rabbitmq_queue_messages`. */
  readonly metric: string;
  /** Labels that tell its series. @default - all of them */
  readonly selector?: Readonly<Record<string, string>>;
}

/** A measure of each pod of the workload, of `custom.metrics.k8s.io`. */
export interface PodsMetric extends NamedMetric {
  readonly type: "Pods";
  /** Average over its pods that is aimed at. Up to three decimals. */
  readonly averageValue: number;
}

/** A measure of one object of the namespace, of `custom.metrics.k8s.io`. One of `value` and `averageValue`. */
export interface ObjectMetric extends NamedMetric {
  readonly type: "Object";
  readonly object: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  /** What is aimed at. Up to three decimals. */
  readonly value?: number;
  /** The same, for each pod. */
  readonly averageValue?: number;
}

/** A measure of something else, of `external.metrics.k8s.io`. One of `value` and `averageValue`. */
export interface ExternalMetric extends NamedMetric {
  readonly type: "External";
  /** What is aimed at. Up to three decimals. */
  readonly value?: number;
  /** The same, for each pod: so many messages of a queue. */
  readonly averageValue?: number;
}

export interface ScalingBehavior {
  readonly scaleUp?: ScalingSteps;
  readonly scaleDown?: ScalingSteps;
}

export interface ScalingSteps {
  /** Seconds of which the most cautious answer counts, 0 to 3600. @default - 0 upwards, 300 downwards */
  readonly stabilizationWindowSeconds?: number;
  /** Which of the policies counts: the largest step, the smallest, or none at all. @default "Max" */
  readonly selectPolicy?: "Max" | "Min" | "Disabled";
  /** Largest steps. @default - 100 % or 4 pods a minute upwards, 10 % or one pod downwards */
  readonly policies?: readonly ScalingPolicy[];
}

export interface ScalingPolicy {
  readonly type: "Pods" | "Percent";
  readonly value: number;
  /** Seconds in which it may be taken, at most 1800. */
  readonly periodSeconds: number;
}

/** Measures in an order of their names: each environment may write its own in another. */
export const measuresOf = ({
  metrics = {},
}: Pick<Autoscaling, "metrics">): readonly (readonly [string, ScalingMetric])[] =>
  Object.entries(metrics).sort(([one], [other]) => (one < other ? -1 : 1));

/** What an environment may have that reads queues for autoscalers. */
export const EVENT_SCALERS = ["off", "keda"] as const;

/** @see https://keda.sh */
export type EventScaling = (typeof EVENT_SCALERS)[number];

/** APIs of measures beside those of CPU and memory, which every cluster here serves. */
export const METRICS_APIS = ["custom", "external"] as const;

export type MetricsApi = (typeof METRICS_APIS)[number];

/** The API of which an autoscaler asks for a measure. */
export const metricsApiOf = ({ type }: Pick<ScalingMetric, "type">): MetricsApi =>
  type === "External" ? "external" : "custom";

export type ResolvedAutoscaling = Omit<Autoscaling, "behavior"> & { readonly behavior?: ResolvedBehavior };

export interface ResolvedBehavior {
  readonly scaleUp: Required<ScalingSteps>;
  readonly scaleDown: Required<ScalingSteps>;
}

/** How every autoscaler behaves that says nothing of it. */
export const BEHAVIOR: ResolvedBehavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Percent", value: 100, periodSeconds: 60 },
      { type: "Pods", value: 4, periodSeconds: 60 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: "Max",
    policies: [
      { type: "Percent", value: 10, periodSeconds: 60 },
      { type: "Pods", value: 1, periodSeconds: 60 },
    ],
  },
};

export function resolveAutoscaling(given: Autoscaling): ResolvedAutoscaling {
  const { behavior, ...autoscaling } = given;
  if (behavior === undefined) return autoscaling;
  return {
    ...autoscaling,
    behavior: {
      scaleUp: withDefaults(BEHAVIOR.scaleUp, behavior.scaleUp),
      scaleDown: withDefaults(BEHAVIOR.scaleDown, behavior.scaleDown),
    },
  };
}
