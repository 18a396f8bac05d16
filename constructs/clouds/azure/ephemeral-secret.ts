import type { KeyVaultSecret } from "@cdktf/provider-azurerm/lib/key-vault-secret";
import { ref, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";

const TYPE = "azurerm_key_vault_secret";

/**
 * What a secret of the vault holds, read while Terraform runs and kept in no plan and no state: for write-only arguments
 * of what has to know the same value. Read by its version, which is not known before the secret is written.
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/ephemeral-resources/key_vault_secret
 */
export class EphemeralSecret extends TerraformElement {
  readonly #secret: Pick<KeyVaultSecret, "name" | "keyVaultId" | "version">;

  constructor(
    scope: Construct,
    id: string,
    { secret }: { readonly secret: Pick<KeyVaultSecret, "name" | "keyVaultId" | "version"> },
  ) {
    super(scope, id, TYPE);
    this.#secret = secret;
  }

  public get value(): string {
    return Token.asString(ref(`ephemeral.${TYPE}.${this.friendlyUniqueId}.value`, this.cdktfStack));
  }

  /** cdktf has no class for ephemeral resources. */
  public override toTerraform(): object {
    const { name, keyVaultId, version } = this.#secret;
    const argumentsOf = { name, key_vault_id: keyVaultId, version };
    return { ephemeral: { [TYPE]: { [this.friendlyUniqueId]: { ...argumentsOf, "//": this.constructNodeMetadata } } } };
  }
}
