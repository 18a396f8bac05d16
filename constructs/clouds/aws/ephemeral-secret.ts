import type { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, ref, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";

const TYPE = "aws_secretsmanager_secret_version";

/**
 * What a version of a secret holds, read while Terraform runs and kept in no plan and no state: for write-only arguments of
 * what has to know the same value. Read by its id, which is not known before it is written.
 * @see https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/ephemeral-resources/secretsmanager_secret_version
 */
export class EphemeralSecret extends TerraformElement {
  readonly #version: Pick<SecretsmanagerSecretVersion, "secretId" | "versionId">;

  constructor(
    scope: Construct,
    id: string,
    { version }: { readonly version: Pick<SecretsmanagerSecretVersion, "secretId" | "versionId"> },
  ) {
    super(scope, id, TYPE);
    this.#version = version;
  }

  /** One of the fields of the object that it holds. */
  public field(name: string): string {
    const text = Token.asString(ref(`ephemeral.${TYPE}.${this.friendlyUniqueId}.secret_string`, this.cdktfStack));
    return Token.asString(Fn.lookup(Fn.jsondecode(text), name));
  }

  /** cdktf has no class for ephemeral resources. */
  public override toTerraform(): object {
    const { secretId, versionId } = this.#version;
    const argumentsOf = { secret_id: secretId, version_id: versionId };
    return { ephemeral: { [TYPE]: { [this.friendlyUniqueId]: { ...argumentsOf, "//": this.constructNodeMetadata } } } };
  }
}
