import { z } from "zod";

/* Where the pods of a workload run, as `model.json` has it. */

const text = z.string();
const texts = z.array(text);
const byName = z.record(text, text);

const requirements = z.array(z.strictObject({ key: text, operator: text, values: texts.optional() }));
const nodeTerm = z.strictObject({ matchExpressions: requirements });
const podTerm = z.strictObject({
  labelSelector: z.strictObject({ matchLabels: byName.optional(), matchExpressions: requirements.optional() }),
  topologyKey: text,
  namespaces: texts.optional(),
});
const podAffinity = z.strictObject({
  requiredDuringSchedulingIgnoredDuringExecution: z.array(podTerm).optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(z.strictObject({ weight: z.number(), podAffinityTerm: podTerm }))
    .optional(),
});

export const scheduling = z.strictObject({
  nodeSelector: byName.optional(),
  tolerations: z
    .array(
      z.strictObject({
        key: text.optional(),
        operator: text.optional(),
        value: text.optional(),
        effect: text.optional(),
        tolerationSeconds: z.number().optional(),
      }),
    )
    .optional(),
  affinity: z
    .strictObject({
      nodeAffinity: z
        .strictObject({
          requiredDuringSchedulingIgnoredDuringExecution: z
            .strictObject({ nodeSelectorTerms: z.array(nodeTerm) })
            .optional(),
          preferredDuringSchedulingIgnoredDuringExecution: z
            .array(z.strictObject({ weight: z.number(), preference: nodeTerm }))
            .optional(),
        })
        .optional(),
      podAffinity: podAffinity.optional(),
      podAntiAffinity: podAffinity.optional(),
    })
    .optional(),
  priorityClass: text.optional(),
});
