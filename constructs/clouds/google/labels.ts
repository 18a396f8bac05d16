import { fitName } from "../../model/names";
import type { CloudEnvironment } from "../cloud";
import { GOOGLE_NAMES } from "./names";

/**
 * What a label's value may hold: lower-case letters, digits, `_` and `-`, 63 of them. Mail addresses stay legible:
 * `platform@example.com` → `platform_at_example_com`.
 * @see https://cloud.google.com/resource-manager/docs/labels-overview#requirements
 */
export function labelValue(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll("@", "_at_")
    .replaceAll(/[^a-z0-9_-]/g, "_");
  return fitName([plain], GOOGLE_NAMES.label);
}

/**
 * What every Google resource of the environment bears, for the bill. No hyphens in keys: cdktf makes underscores of those
 * on a provider and leaves those on a resource.
 */
export const environmentLabels = (environment: CloudEnvironment): Record<string, string> => ({
  environment: labelValue(environment.name),
  cost_center: labelValue(environment.costCenter),
  contact: labelValue(environment.contact),
  managed_by: "terraform",
});

/** Label of disks and file servers, by the cluster that made them. */
export const CLUSTER_LABEL = "goldenpath-cluster";
