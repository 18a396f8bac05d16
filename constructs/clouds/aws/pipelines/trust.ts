import { ISSUER, type Trusted } from "../../../pipelines/trust";
import { PARTITION } from "../regions";

export interface AwsTrust {
  readonly Version: "2012-10-17";
  readonly Statement: readonly [
    {
      readonly Effect: "Allow";
      readonly Principal: { readonly Federated: string };
      readonly Action: "sts:AssumeRoleWithWebIdentity";
      readonly Condition: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> };
    },
  ];
}

/** `arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`: one for a whole account. */
export const providerArn = (account: string): string => `arn:${PARTITION}:iam::${account}:oidc-provider/${ISSUER}`;

/** Whom tokens are for: the default of the action that signs in. */
export const AUDIENCE = "sts.amazonaws.com";

/**
 * Trust policy of a role. Equal and not like: a star in a subject is a star in a name. Number and branch are keys of STS since January
 * 2026, for the tokens of GitHub's alone:
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
export const awsTrust = ({ repository, subjects, ref }: Trusted, account: string): AwsTrust => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: providerArn(account) },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: AUDIENCE,
          [`${ISSUER}:repository_id`]: String(repository.id),
          ...(ref !== undefined && { [`${ISSUER}:ref`]: ref }),
          [`${ISSUER}:sub`]: subjects,
        },
      },
    },
  ],
});
