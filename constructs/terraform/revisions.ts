import { type ITerraformDependable, TerraformElement, TerraformIterator, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { BY_CONTENT } from "../kubernetes/by-content";
import type { KubernetesObject } from "../kubernetes/objects";
import { REVISION_LABEL } from "../kubernetes/revision";
import type { Lifecycle } from "./create-resource";
import { StateRecord } from "./state-record";

/** The revision of an object that has another name for each content. */
export function revisionOf({ kind, metadata }: KubernetesObject): string | undefined {
  return BY_CONTENT.includes(kind) ? metadata.labels[REVISION_LABEL] : undefined;
}

/**
 * One instance for each revision, at one address: the last one and the next are two instances, so that a release that is
 * taken back finds its own where it left it. As the only instance it would be replaced, and come back under a name that
 * Terraform has yet to delete.
 */
export const eachRevision = (revision: string): Lifecycle => ({
  forEach: TerraformIterator.fromList([revision]),
  lifecycle: { createBeforeDestroy: true },
});

export interface FirstRevisionsProps {
  readonly revisions: readonly (readonly [resource: TerraformResource, revision: string])[];
}

/** What stood at these addresses before there were revisions is their first. */
export class FirstRevisions extends TerraformElement {
  readonly #revisions: readonly (readonly [resource: TerraformResource, revision: string])[];

  constructor(scope: Construct, id: string, { revisions }: FirstRevisionsProps) {
    super(scope, id);
    this.#revisions = revisions;
  }

  public override toTerraform(): object {
    return {
      moved: this.#revisions.map(([{ terraformResourceType, friendlyUniqueId }, revision]) => {
        const from = `${terraformResourceType}.${friendlyUniqueId}`;
        return { from, to: `${from}[${JSON.stringify(revision)}]` };
      }),
    };
  }
}

/**
 * Changes with the revisions, when all else has: Terraform deletes a revision that is none any more after the change of
 * whatever depended on it, and this depends on all. Without it the old policy over pods that a release does not change
 * would go before the new one comes, or before the pods that it is needed to reach.
 */
export const releaseEnd = (
  scope: Construct,
  id: string,
  revisions: readonly (readonly [resource: TerraformResource, revision: string])[],
  dependsOn: ITerraformDependable[],
): TerraformResource => {
  const input = Object.fromEntries(revisions.map(([{ node }, revision]) => [node.id, revision]));
  return new StateRecord(scope, id, { input, dependsOn });
};
