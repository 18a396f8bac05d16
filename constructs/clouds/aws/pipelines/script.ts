import type { RightsScript } from "../../../pipelines/rights";
import { ISSUER } from "../../../pipelines/trust";
import { AUDIENCE, providerArn } from "./trust";

interface Role {
  readonly identity: string;
  readonly name: string;
  /** Longest session. */
  readonly seconds: number;
  /** Files of its documents. */
  readonly trust: string;
  readonly policy: string;
}

interface Made {
  readonly accountId: string;
  /** ARN of the boundary. */
  readonly boundary: string;
  readonly environment: string;
  readonly roles: readonly Role[];
}

/** Name of the one policy in a role. */
const RIGHTS = "rights";

/** Commands of the AWS CLI that make provider, boundary and roles. */
export const awsScript = ({ accountId, boundary, environment, roles }: Made): RightsScript => ({
  programs: ["aws", "jq"],
  absent: String.raw`\(NoSuchEntity\)`,
  unknownYet: String.raw`\(NoSuchEntity\)|\(MalformedPolicyDocument\)`,
  before: `
export AWS_PAGER=
caller=$(aws sts get-caller-identity --query Account --output text)
[ "$caller" = ${accountId} ] || stop "signed in to the account $caller; sign in to ${accountId}, which ${environment} is in"`,
  steps: {
    provider: providerStep(providerArn(accountId)),
    boundary: boundaryStep(boundary),
    ...Object.fromEntries(roles.map((role) => [`role_${role.identity}`, roleStep(role, environment)])),
  },
});

function providerStep(arn: string): string {
  return `
  # One for the whole account: other repositories may use it too.
  local found
  found=$(there aws iam get-open-id-connect-provider --open-id-connect-provider-arn ${arn} --output json)
  if [ -z "$found" ]; then
    change "the provider of GitHub's tokens" \\
      aws iam create-open-id-connect-provider --url https://${ISSUER} --client-id-list ${AUDIENCE}
  elif ! jq -e 'any(.ClientIDList[]?; . == "${AUDIENCE}")' <<<"$found" >/dev/null; then
    if other "the provider of GitHub's tokens is not for ${AUDIENCE}"; then
      change "the provider of GitHub's tokens is for ${AUDIENCE}, too" \\
        aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ${AUDIENCE}
    fi
  fi`;
}

function boundaryStep(arn: string): string {
  const [, path = "/", name = ""] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return `
  # It bounds every role of the environment, and of whoever else names it.
  local found
  found=$(there aws iam get-policy --policy-arn ${arn} --query Policy.DefaultVersionId --output text)
  if [ -z "$found" ]; then
    change "the boundary ${name}" \\
      aws iam create-policy --policy-name ${name} --path ${path} --policy-document file://boundary.json
  else
    found=$(aws iam get-policy-version --policy-arn ${arn} --version-id "$found" --query PolicyVersion.Document --output json)
    if ! same "$found" "$(cat boundary.json)" && other "the boundary ${name} is not boundary.json"; then
      change "the boundary ${name} as boundary.json" \\
        aws iam create-policy-version --policy-arn ${arn} --policy-document file://boundary.json --set-as-default
    fi
  fi`;
}

function roleStep({ identity, name, seconds, trust, policy }: Role, environment: string): string {
  return `
  local found one attached_policy_arn
  found=$(there aws iam get-role --role-name ${name} --query Role --output json)
  if [ -z "$found" ]; then
    change "the role ${name}" \\
      aws iam create-role --role-name ${name} --assume-role-policy-document file://${trust} --max-session-duration ${seconds} --description "jobs that ${identity} ${environment}"
  else
    if ! same "$(jq .AssumeRolePolicyDocument <<<"$found")" "$(cat ${trust})" && other "${name} trusts others than ${trust}"; then
      change "the trust of ${name}" \\
        aws iam update-assume-role-policy --role-name ${name} --policy-document file://${trust}
    fi
    if [ "$(jq .MaxSessionDuration <<<"$found")" != ${seconds} ] && other "${name} has another longest session than ${seconds} seconds"; then
      change "the longest session of ${name}" \\
        aws iam update-role --role-name ${name} --max-session-duration ${seconds}
    fi
  fi
  found=$(there aws iam get-role-policy --role-name ${name} --policy-name ${RIGHTS} --query PolicyDocument --output json)
  if [ -z "$found" ]; then
    change "the rights of ${name}" \\
      aws iam put-role-policy --role-name ${name} --policy-name ${RIGHTS} --policy-document file://${policy}
  elif ! same "$found" "$(cat ${policy})" && other "${name} has other rights than ${policy}"; then
    change "the rights of ${name}" \\
      aws iam put-role-policy --role-name ${name} --policy-name ${RIGHTS} --policy-document file://${policy}
  fi
  # Whatever else is in it makes it more than it should be.
  found=$(there aws iam list-role-policies --role-name ${name} --query PolicyNames --output json)
  while read -r one <&3; do
    if [ -n "$one" ] && other "${name} has the policy $one, too"; then
      change "$one out of ${name}" \\
        aws iam delete-role-policy --role-name ${name} --policy-name "$one"
    fi
  done 3< <(jq -r '.[]? | select(. != "${RIGHTS}")' <<<"$found")
  found=$(there aws iam list-attached-role-policies --role-name ${name} --query 'AttachedPolicies[].PolicyArn' --output json)
  while read -r attached_policy_arn <&3; do
    if [ -n "$attached_policy_arn" ] && other "${name} has the policy $attached_policy_arn, too"; then
      change "$attached_policy_arn off ${name}" \\
        aws iam detach-role-policy --role-name ${name} --policy-arn "$attached_policy_arn"
    fi
  done 3< <(jq -r '.[]?' <<<"$found")`;
}
