import type { PipelineIdentity } from "../../../pipelines/identity";
import { variableName } from "../../../pipelines/pipeline";
import type { RightsScript } from "../../../pipelines/rights";

interface Made {
  readonly environment: string;
  /** The environment's own subscription. */
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: string;
  /** Subscription and resource group of the identities. */
  readonly identitiesIn: string;
  readonly group: string;
  /** `acme/orders` */
  readonly repository: string;
  readonly identities: readonly { readonly identity: PipelineIdentity; readonly name: string }[];
}

/** What the variable with the client id of an identity is called after the environment. */
export const clientOf = (identity: PipelineIdentity): string => `${identity.toUpperCase()}_CLIENT_ID`;

/** Commands of the Azure CLI that make identities, credentials, roles and assignments. */
export const azureScript = (made: Made): RightsScript => ({
  programs: ["az", "jq"],
  absent: String.raw`\((ResourceNotFound|ResourceGroupNotFound)\)`,
  unknownYet: "PrincipalNotFound|RoleDefinitionDoesNotExist|does(n.t| not) exist|ResourceNotFound",
  before: `
for subscription in ${[...new Set([made.subscriptionId, made.identitiesIn])].join(" ")}; do
  tenant=$(az account show --subscription "$subscription" --query tenantId --output tsv)
  [ "$tenant" = ${made.tenantId} ] || stop "the subscription $subscription is of the tenant $tenant; sign in to ${made.tenantId}, which ${made.environment} is in"
done

# The definition of a role of one's own, from its file.
role() {
  local file=$1 name found
  name=$(jq -r .Name "$file")
  found=$(az role definition list --name "$name" --custom-role-only true --subscription ${made.subscriptionId} --output json | jq '.[]')
  if [ -z "$found" ]; then
    change "the role $name" az role definition create --role-definition "@$file" --subscription ${made.subscriptionId}
    return
  fi
  if ! same "$(jq '[.assignableScopes, [.permissions[] | (.actions | sort), (.dataActions | sort), .notActions, .notDataActions]]' <<<"$found")" \\
    "$(jq '[.AssignableScopes, [(.Actions | sort), (.DataActions | sort), [], []]]' "$file")" && other "the role $name is not $file"; then
    change "the role $name as $file" az role definition update --role-definition "@$file" --subscription ${made.subscriptionId}
  fi
}

# Whom an identity trusts, from its file.
credentials() {
  local file=$1 name=$2 found=$3 one
  while read -r one <&3; do
    if [ -n "$one" ] && ! jq -e --argjson one "$one" 'any(.[]; { issuer, subject, audiences } == ($one | { issuer, subject, audiences }))' <<<"$found" >/dev/null; then
      change "$name trusts $(jq -r .subject <<<"$one")" \\
        az identity federated-credential create --name "$(jq -r .name <<<"$one")" --identity-name "$name" --resource-group ${made.group} \\
          --subscription ${made.identitiesIn} --issuer "$(jq -r .issuer <<<"$one")" --subject "$(jq -r .subject <<<"$one")" \\
          --audiences "$(jq -r '.audiences[0]' <<<"$one")"
    fi
  done 3< <(jq -c '.credentials[]' "$file")
  while read -r one <&3; do
    if [ -n "$one" ] && other "$name trusts by the credential $one, too"; then
      change "$name trusts by the credential $one no more" \\
        az identity federated-credential delete --name "$one" --identity-name "$name" --resource-group ${made.group} --subscription ${made.identitiesIn} --yes
    fi
  done 3< <(jq -r --slurpfile file "$file" '.[] | { issuer, subject, audiences } as $one |
    select(any($file[0].credentials[]; { issuer, subject, audiences } == $one) | not) | .name' <<<"$found")
}

# Roles of an identity, from its file. What the environment's own stacks assign is below the subscription.
assignments() {
  local file=$1 name=$2 principal=$3 found=$4 one role scope
  while read -r one <&3; do
    if [ -z "$one" ]; then continue; fi
    role=$(jq -r .role <<<"$one")
    scope=$(jq -r .scope <<<"$one")
    if jq -e --argjson one "$one" 'any(.[]; .roleDefinitionName == $one.role and (.scope | ascii_downcase) == ($one.scope | ascii_downcase))' <<<"$found" >/dev/null; then
      continue
    fi
    case "$scope" in
      */resourceGroups/*)
        if [ "$(az group exists --name "$(basename "$scope")" --subscription ${made.subscriptionId})" != true ]; then
          if [ "$mode" = look ]; then echo "later: $scope is not there; run this again after its first apply"; fi
          continue
        fi
        ;;
    esac
    change "$name has $role on $scope" \\
      az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role "$role" --scope "$scope" \\
        --subscription ${made.subscriptionId}
  done 3< <(jq -c '.assignments[]' "$file")
  while read -r one <&3; do
    if [ -n "$one" ] && other "$name has another role on the subscription: $one"; then
      change "$name has it no more: $one" az role assignment delete --ids "$one"
    fi
  done 3< <(jq -r --slurpfile file "$file" '.[] | . as $one |
    select((.scope | ascii_downcase) == "/subscriptions/${made.subscriptionId.toLowerCase()}" or (.scope | startswith("/subscriptions/") | not)) |
    select(any($file[0].assignments[]; .role == $one.roleDefinitionName and (.scope | ascii_downcase) == ($one.scope | ascii_downcase)) | not) | .id' <<<"$found")
}`,
  steps: {
    roles: `
  role plan.role.json
  role apply.role.json`,
    group: `
  if [ "$(az group exists --name ${made.group} --subscription ${made.identitiesIn})" != true ]; then
    change "the resource group ${made.group}" \\
      az group create --name ${made.group} --location ${made.location} --subscription ${made.identitiesIn}
  fi`,
    ...Object.fromEntries(
      made.identities.map(({ identity, name }) => [`identity_${identity}`, identityStep(identity, name, made)]),
    ),
  },
  after: made.identities
    .map(({ identity, name }) => {
      const show = `az identity show --name ${name} --resource-group ${made.group} --subscription ${made.identitiesIn} --output tsv`;
      const group = identity === "plan" ? "planners" : "deployers";
      return [
        `client=$(${show} --query clientId)`,
        `principal=$(${show} --query principalId)`,
        `echo "write down: gh variable set ${variableName({ name: made.environment }, clientOf(identity))} --repo ${made.repository} --body $client"`,
        `echo "write down: access.${group} of ${made.environment} has \\"$principal\\""`,
      ].join("\n");
    })
    .join("\n"),
});

function identityStep(identity: PipelineIdentity, name: string, made: Made): string {
  return `
  local found principal credentials='[]' assignments='[]'
  found=$(there az identity show --name ${name} --resource-group ${made.group} --subscription ${made.identitiesIn} --output json)
  if [ -z "$found" ]; then
    change "the identity ${name}" \\
      az identity create --name ${name} --resource-group ${made.group} --location ${made.location} --subscription ${made.identitiesIn}
    if [ "$mode" = make ]; then
      found=$(az identity show --name ${name} --resource-group ${made.group} --subscription ${made.identitiesIn} --output json)
    fi
  fi
  principal=$(jq -r '.principalId // empty' <<<"$found")
  if [ -n "$principal" ]; then
    credentials=$(az identity federated-credential list --identity-name ${name} --resource-group ${made.group} --subscription ${made.identitiesIn} --output json)
    assignments=$(az role assignment list --all --subscription ${made.subscriptionId} --fill-principal-name false --output json |
      jq --arg principal "$principal" '[.[] | select(.principalId == $principal)]')
  fi
  credentials ${identity}.json ${name} "$credentials"
  assignments ${identity}.json ${name} "$principal" "$assignments"`;
}
