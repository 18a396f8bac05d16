import { ref, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";
import { ensureRandomProvider } from "./providers";

const TYPE = "random_password";

export interface EphemeralPasswordProps {
  /** Number of characters. */
  readonly length: number;
}

/**
 * A password that exists while Terraform runs and is kept in no plan and no state: for write-only arguments. It is
 * another one in every run, so whoever takes it says by a version when to take it.
 * @see https://registry.terraform.io/providers/hashicorp/random/3.7.2/docs/ephemeral-resources/password
 */
export class EphemeralPassword extends TerraformElement {
  readonly #length: number;

  constructor(scope: Construct, id: string, { length }: EphemeralPasswordProps) {
    super(scope, id, TYPE);
    this.#length = length;
    ensureRandomProvider(scope);
  }

  public get result(): string {
    return Token.asString(ref(`ephemeral.${TYPE}.${this.friendlyUniqueId}.result`, this.cdktfStack));
  }

  /** cdktf has no class for ephemeral resources. */
  public override toTerraform(): object {
    const argumentsOf = { length: this.#length, special: false };
    return { ephemeral: { [TYPE]: { [this.friendlyUniqueId]: { ...argumentsOf, "//": this.constructNodeMetadata } } } };
  }
}
