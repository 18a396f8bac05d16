import { z } from "zod";
import type { GroupPods, GroupService, Manifest, ManifestMetadata, ObjectGroup } from "../object-group";
import { schemaOf } from "../schema-of";
import type { Need } from "../workload";
import { resources } from "./container-shape";
import { annotations, dnsLabel, labelKey, labels, labelValue, memory, objectName, port } from "./forms";

const metadata = schemaOf<ManifestMetadata>()({
  name: objectName,
  labels: labels.optional(),
  annotations: annotations.optional(),
});

const manifest: z.ZodType<Manifest> = z
  .object({
    apiVersion: z
      .string()
      .regex(/^(?:[a-z0-9.-]+\/)?v\d+(?:(?:alpha|beta)\d+)?$/, 'use the version of its kind, e.g. "keda.sh/v1alpha1"'),
    kind: z.string().regex(/^[A-Z][A-Za-z\d]*$/, 'use the kind of an object, e.g. "ScaledObject"'),
    metadata,
  })
  // What is in them: see `manifestProblems`.
  .catchall(z.unknown());

/** Form of a group of objects. */
export const objectGroup = schemaOf<ObjectGroup>()({
  reason: z.string().trim().min(10).max(1000),
  manifests: z.array(manifest).min(1),
  needs: z
    .array(
      z.union([z.string(), schemaOf<Pick<Need, "port" | "to">>()({ to: z.string(), port: z.string().optional() })]),
    )
    .optional(),
  scales: z.record(z.string(), z.int().min(1).max(1000)).optional(),
  computedFields: z
    .array(z.string().regex(/^[A-Za-z][\w.[\]"/-]*$/, "use the path of a field: spec.replicas"))
    .min(1)
    .optional(),
  pods: schemaOf<GroupPods>()({
    labels: z
      .record(labelKey, labelValue.min(1))
      .refine((given) => Object.keys(given).length > 0, "give at least one label of its pods"),
    count: z.int().min(1).max(10_000),
    resources,
    volumes: z.array(memory).min(1).optional(),
    service: schemaOf<GroupService>()({ name: dnsLabel, port, podPort: port.optional() }).optional(),
  }).optional(),
});
