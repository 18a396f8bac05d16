import type { CloudFacts } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import type { Bytes } from "../../model/quantity";
import { LABELS, NAMESPACE, PROMETHEUS } from "./names";

const claimSpec = ({ storageClasses }: CloudFacts, storage: Bytes): JsonObject => ({
  storageClassName: storageClasses.ReadWriteOnce,
  accessModes: ["ReadWriteOnce"],
  resources: { requests: { storage } },
});

/** What a pod claims that has no claim yet. A template of claims never changes in place, so this one says the same for ever. */
export const template = (facts: CloudFacts, storage: Bytes): JsonObject => ({
  volumeClaimTemplate: { spec: claimSpec(facts, storage) },
});

/**
 * Claims of Prometheus' pods, under the names that these look for: as objects of the release they grow when the retention
 * does, which those that a template makes do not, so that more would be kept than fits. In the release of the pods, as a
 * claim is bound only when a pod has it, and Helm waits for that.
 */
export const claims = (facts: CloudFacts, count: number, storage: Bytes): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: {
      name: `prometheus-${PROMETHEUS}-db-prometheus-${PROMETHEUS}-${index}`,
      namespace: NAMESPACE,
      labels: LABELS,
    },
    spec: claimSpec(facts, storage),
  }));
