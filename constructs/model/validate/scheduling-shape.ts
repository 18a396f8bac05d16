import { z } from "zod";
import type {
  Affinity,
  LabelRequirement,
  LabelSelector,
  NodeAffinity,
  NodeRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  Scheduling,
  Toleration,
} from "../scheduling";
import { schemaOf } from "../schema-of";
import { dnsLabel, labelKey, labels, labelValue, objectName } from "./forms";

/* The form of what says on which nodes pods run. What its fields have to do with each other is in `scheduling-rules.ts`. */

const weight = z.int().min(1).max(100);
const labelValues = z.array(labelValue).min(1).optional();

const toleration = schemaOf<Toleration>()({
  key: labelKey.optional(),
  operator: z.enum(["Equal", "Exists"]).optional(),
  value: labelValue.optional(),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
  tolerationSeconds: z.int().min(0).optional(),
});

const nodeTerm = schemaOf<NodeSelectorTerm>()({
  matchExpressions: z
    .array(
      schemaOf<NodeRequirement>()({
        key: labelKey,
        operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]),
        values: labelValues,
      }),
    )
    .min(1),
});

const nodeAffinity = schemaOf<NodeAffinity>()({
  requiredDuringSchedulingIgnoredDuringExecution: z
    .strictObject({ nodeSelectorTerms: z.array(nodeTerm).min(1) })
    .optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z.array(z.strictObject({ weight, preference: nodeTerm })).optional(),
});

const selector = schemaOf<LabelSelector>()({
  matchLabels: labels.optional(),
  matchExpressions: z
    .array(
      schemaOf<LabelRequirement>()({
        key: labelKey,
        operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
        values: labelValues,
      }),
    )
    .optional(),
});

const podTerm = schemaOf<PodAffinityTerm>()({
  labelSelector: selector,
  topologyKey: labelKey,
  namespaces: z.array(dnsLabel).min(1).optional(),
});

const podAffinity = schemaOf<PodAffinity>()({
  requiredDuringSchedulingIgnoredDuringExecution: z.array(podTerm).optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.strictObject({ weight, podAffinityTerm: podTerm }))
    .optional(),
});

export const scheduling = schemaOf<Scheduling>()({
  nodeSelector: labels.optional(),
  tolerations: z.array(toleration).optional(),
  affinity: schemaOf<Affinity>()({
    nodeAffinity: nodeAffinity.optional(),
    podAffinity: podAffinity.optional(),
    podAntiAffinity: podAffinity.optional(),
  }).optional(),
  priorityClass: objectName.optional(),
});
