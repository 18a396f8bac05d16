import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { policyDocument, type Statement } from "./iam";
import { AWS_NAMES } from "./names";
import { type AwsRegion, PARTITION } from "./regions";

export interface EncryptionKeyProps {
  readonly accountId: string;
  /** Alias in parts, and what the key encrypts. */
  readonly name: readonly string[];
  readonly description: string;
  /** Losing the key loses the data: AWS waits 30 days instead of 7. */
  readonly protect: boolean;
  /** Whether Terraform may not delete it. @default - `protect` */
  readonly preventDestroy?: boolean;
  /** Who may use it beside the account's own identities. */
  readonly statements?: readonly Statement[];
  /** @default - the provider's */
  readonly region?: AwsRegion;
  /** Tags beside the provider's default ones. @default - none */
  readonly tags?: Record<string, string>;
}

/** Statement without which nobody could ever change the key again; IAM policies decide who in the account does. */
const ownAccount = (accountId: string): Statement => ({
  Sid: "Account",
  Effect: "Allow",
  Principal: { AWS: `arn:${PARTITION}:iam::${accountId}:root` },
  Action: "kms:*",
  Resource: "*",
});

/** A KMS key that AWS rotates every year. */
export class EncryptionKey extends Construct {
  readonly arn: string;
  /** The key itself, which what it encrypts has to be gone before. */
  readonly key: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { region } = props;
    const key = new KmsKey(this, "Default", {
      region,
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: props.protect ? 30 : 7,
      policy: policyDocument([ownAccount(props.accountId), ...(props.statements ?? [])]),
      tags: props.tags,
      lifecycle: { preventDestroy: props.preventDestroy ?? props.protect },
    });
    const name = `alias/${fitName(props.name, AWS_NAMES.keyAlias)}`;
    new KmsAlias(this, "Alias", { region, name, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.key = key;
  }
}
