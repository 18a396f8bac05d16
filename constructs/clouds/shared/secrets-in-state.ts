/** An attribute through which a secret value enters the Terraform state, for want of a write-only one. */
export interface SecretInState {
  /** Terraform resource type. */
  readonly resource: string;
  /** Path of the attribute, blocks without their index. */
  readonly attribute: string;
  readonly reason: string;
}

/** Arguments as people read them: `aws_mq_broker.user.password`. */
export const inState = (list: readonly SecretInState[]): string[] =>
  list.map(({ resource, attribute }) => `${resource}.${attribute}`);
