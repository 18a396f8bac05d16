import { sha256 } from "../model/sha256";
import type { Job, Metadata } from "./objects";

/**
 * Label of objects whose name ends with it: another revision is another object, and what waits for it cannot meet the old one.
 */
export const REVISION_LABEL = "goldenpath/revision";

/** The metadata of one revision: eight hexadecimal digits of a hash of what makes it another. */
export function revised(metadata: Metadata, content: unknown): Metadata {
  // A reference has no stable text before Terraform runs. Where one changes, the resource itself has to notice.
  const text = JSON.stringify(content).replace(/\$\{TfToken\[[^\]]*\]\}/g, "");
  const revision = sha256(text).slice(0, 8);
  return {
    ...metadata,
    name: `${metadata.name}-${revision}`,
    labels: { ...metadata.labels, [REVISION_LABEL]: revision },
  };
}

/**
 * A Job that runs again whenever its pods would be others. Kubernetes refuses to change them, and the Terraform resource
 * makes a new Job for some changes only and passes over others without a word.
 */
export const revisedJob = (job: Job): Job => ({ ...job, metadata: revised(job.metadata, job.spec.template) });

/** The name that all revisions of an object have in common: its own where it has none. */
export function nameOfAllRevisions({
  name,
  labels,
}: Pick<Metadata, "name"> & Partial<Pick<Metadata, "labels">>): string {
  const suffix = `-${labels?.[REVISION_LABEL] ?? ""}`;
  return suffix !== "-" && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
