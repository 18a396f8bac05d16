/* How KEDA is told of what a Deployment is scaled by. See `objects.ts`. */

import type { ScalingRules } from "./autoscaler-objects";
import type { Metadata } from "./objects";

export type ScalerObject = ScaledObject | TriggerAuthentication;

/** @see https://keda.sh/docs/2.20/reference/scaledobject-spec/ */
export interface ScaledObject {
  readonly apiVersion: "keda.sh/v1alpha1";
  readonly kind: "ScaledObject";
  readonly metadata: Metadata;
  readonly spec: {
    readonly scaleTargetRef: { readonly apiVersion: "apps/v1"; readonly kind: "Deployment"; readonly name: string };
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly advanced: {
      readonly restoreToOriginalReplicaCount: false;
      readonly horizontalPodAutoscalerConfig: {
        /** Name of the autoscaler that KEDA makes. */
        readonly name: string;
        readonly behavior: { readonly scaleUp: ScalingRules; readonly scaleDown: ScalingRules };
      };
    };
    readonly triggers: readonly {
      readonly type: "rabbitmq";
      /** @see https://keda.sh/docs/2.20/scalers/rabbitmq-queue/ */
      readonly metadata: {
        readonly protocol: "amqp";
        readonly mode: "QueueLength";
        readonly queueName: string;
        /** Messages for each pod, as a text. */
        readonly value: string;
      };
      readonly authenticationRef: { readonly name: string };
    }[];
  };
}

/** Where KEDA finds how to sign in, in the namespace of whoever is scaled. */
export interface TriggerAuthentication {
  readonly apiVersion: "keda.sh/v1alpha1";
  readonly kind: "TriggerAuthentication";
  readonly metadata: Metadata;
  readonly spec: {
    readonly secretTargetRef?: readonly TriggerParameter[];
    readonly configMapTargetRef?: readonly TriggerParameter[];
  };
}

export interface TriggerParameter {
  readonly parameter: "ca" | "host" | "tls";
  readonly name: string;
  readonly key: string;
}
