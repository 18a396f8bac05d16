import type { Labels } from "./pod-objects";

/* The part of a HorizontalPodAutoscaler that says by what it goes, and how fast. See `objects.ts`. */

export type AutoscalerMetric =
  | {
      readonly type: "Resource";
      readonly resource: {
        readonly name: "cpu" | "memory";
        readonly target: { readonly type: "Utilization"; readonly averageUtilization: number };
      };
    }
  | { readonly type: "Pods"; readonly pods: MetricSource }
  | { readonly type: "Object"; readonly object: MetricSource & { readonly describedObject: DescribedObject } }
  | { readonly type: "External"; readonly external: MetricSource };

export interface MetricSource {
  readonly metric: { readonly name: string; readonly selector?: { readonly matchLabels: Labels } };
  readonly target: MetricTarget;
}

/** Quantities in the form in which the API server gives them back: `2k`, `500m`. */
export type MetricTarget =
  { readonly type: "Value"; readonly value: string } | { readonly type: "AverageValue"; readonly averageValue: string };

export interface DescribedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export interface ScalingRules {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: "Max" | "Min" | "Disabled";
  readonly policies: readonly {
    readonly type: "Pods" | "Percent";
    readonly value: number;
    readonly periodSeconds: number;
  }[];
}
