/** An attribute through which a secret value enters the Terraform state, for want of a write-only one. */
export interface SecretInState {
  /** Terraform resource type. */
  readonly resource: string;
  /** Path of the attribute, blocks without their index. */
  readonly attribute: string;
  readonly reason: string;
}
