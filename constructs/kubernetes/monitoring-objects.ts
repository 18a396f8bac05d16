/* How an application tells Prometheus' operator what is measured and when people are called. See `objects.ts`. */

import type { Metadata } from "./objects";
import type { Labels } from "./pod-objects";

export type MonitoringObject = PodMonitor | PrometheusRule;

/** Where pods tell what they measure, each by itself: those of workers too, before which there is no Service. */
export interface PodMonitor {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PodMonitor";
  readonly metadata: Metadata;
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels };
    /** Most series of one pod; what has more is dropped as a whole. */
    readonly sampleLimit: number;
    readonly podMetricsEndpoints: readonly {
      /** Name of a port of a container. */
      readonly port: string;
      readonly path: string;
      /** Query of the path. @default - none */
      readonly params?: Readonly<Record<string, readonly string[]>>;
      /** @default - plain HTTP */
      readonly scheme?: "https";
      /** Whose certificate is expected, and who signed it: a key of a Secret in the namespace. */
      readonly tlsConfig?: {
        readonly ca: { readonly secret: { readonly name: string; readonly key: string } };
        readonly serverName: string;
      };
      readonly interval: string;
      readonly scrapeTimeout: string;
      readonly relabelings: readonly {
        readonly action: "replace";
        readonly targetLabel: string;
        readonly replacement: string;
      }[];
    }[];
  };
}

/** Groups of rules, as files of Prometheus have them. */
export interface PrometheusRule {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "PrometheusRule";
  readonly metadata: Metadata;
  readonly spec: {
    readonly groups: readonly {
      readonly name: string;
      readonly interval: string;
      readonly rules: readonly (
        | {
            readonly alert: string;
            readonly expr: string;
            readonly for: string;
            readonly labels: Labels;
            readonly annotations: Labels;
          }
        | { readonly record: string; readonly expr: string; readonly labels: Labels }
      )[];
    }[];
  };
}
