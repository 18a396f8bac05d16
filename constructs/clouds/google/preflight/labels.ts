import { maybeIn } from "../../../preflight/answers";
import { type Owned, ownedBy } from "../../../preflight/owners";
import { textAt } from "../../../preflight/stacks";
import { labelValue } from "../labels";
import type { Asked } from "./ask";

/** Whether these are labels that every stack of the environment puts on what it makes. */
export const isOurs = (labels: unknown, { environment }: Pick<Asked, "environment">): boolean =>
  maybeIn(labels, "environment") === labelValue(environment.name) && maybeIn(labels, "managed_by") === "terraform";

const [APPLICATION, SERVICE] = ["goldenpath-application", "goldenpath-service"] as const;

const marksOf = (label: (key: string) => unknown) => ({ application: label(APPLICATION), service: label(SERVICE) });

/** Whose a bucket is that is to be imported, by its labels and those that the stack has for it. */
export const ownerOfBucket = (labels: unknown, block: unknown, { environment }: Pick<Asked, "environment">): Owned =>
  ownedBy(
    {
      isManaged: maybeIn(labels, "managed_by") === "terraform",
      environment: maybeIn(labels, "environment"),
      ...marksOf((key) => maybeIn(labels, key)),
    },
    { environment: labelValue(environment.name), ...marksOf((key) => textAt(block, "labels", key)) },
  );

/** The same of an instance: the provider's labels for all, which name the environment, are not on one. */
export function ownerOfInstance(labels: unknown, block: unknown): Owned {
  const found = marksOf((key) => maybeIn(labels, key));
  return ownedBy(
    { ...found, isManaged: found.service !== undefined || maybeIn(labels, "managed_by") === "terraform" },
    marksOf((key) => textAt(block, "settings", "user_labels", key)),
  );
}
