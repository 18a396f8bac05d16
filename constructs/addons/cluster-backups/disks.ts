import type { DiskSnapshots } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import { SNAPSHOT_CLASS_LABEL, VELERO } from "./names";

/** ConfigMap that says which volumes are copied. */
export const VOLUME_POLICIES = "volume-policies";

/**
 * Disks are copied by snapshots, and nothing else is: a shared volume whose driver takes none would make every copy incomplete.
 * JSON is YAML.
 * @see https://velero.io/docs/v1.18/resource-filtering/#resource-policies
 */
const policies = (driver: string): JsonObject => ({
  version: "v1",
  volumePolicies: [
    { conditions: { csi: { driver } }, action: { type: "snapshot" } },
    { conditions: { csi: {} }, action: { type: "skip" } },
  ],
});

/** What Velero needs for snapshots of disks: how they are taken, and of which volumes. */
export const diskObjects = ({ driver, parameters }: DiskSnapshots): JsonObject[] => [
  {
    apiVersion: "snapshot.storage.k8s.io/v1",
    kind: "VolumeSnapshotClass",
    metadata: { name: "velero-disks", labels: { [SNAPSHOT_CLASS_LABEL]: "true" } },
    driver,
    ...(parameters !== undefined && { parameters: { ...parameters } }),
    // A namespace that is deleted while it is copied takes no snapshot along. Velero deletes what is too old, whatever this says.
    deletionPolicy: "Retain",
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: VOLUME_POLICIES, namespace: VELERO },
    data: { "policies.yaml": JSON.stringify(policies(driver), undefined, 2) },
  },
];
