/** An attribute through which a secret value enters the Terraform state, for want of a write-only one. */
export interface SecretInState {
  /** Terraform resource type. */
  readonly resource: string;
  /** Path of the attribute, blocks without their index. */
  readonly attribute: string;
  readonly reason: string;
}

/** Those of the list that resources of these types have: `aws_mq_broker.user.password`. */
export const inState = (list: readonly SecretInState[], ...types: readonly string[]): string[] =>
  list.filter(({ resource }) => types.includes(resource)).map(({ resource, attribute }) => `${resource}.${attribute}`);
