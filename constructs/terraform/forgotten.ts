import { TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";

export interface ForgottenProps {
  /** Addresses in Terraform's state, as `kubernetes_job_v1.migrate`. */
  readonly addresses: readonly string[];
}

/**
 * Resources that the stack may have had and that somebody else looks after now: a plan takes them off the state and
 * leaves them where they are. One that the state does not know is passed over.
 */
export class Forgotten extends TerraformElement {
  readonly #addresses: readonly string[];

  constructor(scope: Construct, id: string, { addresses }: ForgottenProps) {
    super(scope, id);
    this.#addresses = addresses;
  }

  public override toTerraform(): object {
    return { removed: this.#addresses.map((from) => ({ from, lifecycle: { destroy: false } })) };
  }
}

/** The address that a resource of this id has, or would have. It is made to be asked, and is no part of the stack after. */
export function addressOf(scope: Construct, id: string, create: () => TerraformResource): string {
  const { terraformResourceType, friendlyUniqueId } = create();
  scope.node.tryRemoveChild(id);
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
