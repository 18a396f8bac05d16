import type { KubernetesObject, PrometheusRule } from "../kubernetes/objects";

/** Whether it is an object with groups of rules. */
export const isRules = (object: KubernetesObject): object is PrometheusRule => object.kind === "PrometheusRule";

/** The groups of such objects as one file of Prometheus, in the order of the objects: what a cluster would evaluate. JSON is YAML. */
export const rulesFile = (objects: readonly PrometheusRule[]): string =>
  `${JSON.stringify({ groups: objects.flatMap(({ spec }) => spec.groups) }, undefined, 2)}\n`;
