import type { PipelineIdentity } from "../../../pipelines/identity";
import { variableName } from "../../../pipelines/pipeline";
import type { RightsScript } from "../../../pipelines/rights";
import { PLAN_ROLE, POOL } from "./accounts";

interface Made {
  readonly project: string;
  readonly environment: string;
  /** Bucket of the states. */
  readonly bucket: string;
  /** `acme/orders` */
  readonly repository: string;
  readonly accounts: readonly { readonly identity: PipelineIdentity; readonly id: string }[];
}

/** Document with the condition of roles on the bucket. */
export const BUCKET_CONDITION = "previews.condition.json";

export const PROJECT_NUMBER = "PROJECT_NUMBER";

/** APIs by which a token of GitHub's becomes one of a service account. Without the first two nothing can be looked at. */
const APIS = ["iam", "cloudresourcemanager", "iamcredentials", "sts"].map((name) => `${name}.googleapis.com`);

/**
 * Roles that the environment's own stack gives whoever is in its `access`: none of them is more than was meant there. The second is
 * a role of the environment's, whose name ends with digits that are drawn.
 */
const FROM_ACCESS: Readonly<Record<PipelineIdentity, string>> = {
  plan: "roles/container[.]viewer|projects/[a-z0-9-]+/roles/[a-z0-9_]*kubernetes_secrets_[0-9a-f]+",
  apply: "roles/container[.]admin",
  deploy: "roles/container[.]admin",
  preview: "roles/container[.]admin",
  sweep: "roles/container[.]admin",
};

/** Commands of gcloud that make pool, provider, role and service accounts. */
export const googleScript = ({ project, environment, bucket, repository, accounts }: Made): RightsScript => ({
  programs: ["gcloud", "jq"],
  // Everything is looked for in lists: of nothing it is said that it is not there.
  absent: "^$",
  unknownYet: "NOT_FOUND|does not exist",
  before: `
# It asks nothing, and is about no other project than this one.
export CLOUDSDK_CORE_DISABLE_PROMPTS=1 CLOUDSDK_CORE_PROJECT=${project}
enabled=$(gcloud services list --enabled --format 'value(config.name)')
for api in ${APIS.slice(0, 2).join(" ")}; do
  grep -qx "$api" <<<"$enabled" || stop "$api: is off, so that nothing can be looked at; gcloud services enable $api --project ${project}"
done
number=$(gcloud projects describe ${project} --format 'value(projectNumber)')
pool=projects/$number/locations/global/workloadIdentityPools/${POOL}

# Every member of a policy with its role, one a line; of one member alone, if one is given. What holds under a condition alone says so.
members() {
  jq -r --arg only "$1" '.bindings[]? | . as $binding | .members[] | select($only == "" or . == $only) |
    $binding.role + " " + . + (if $binding.condition then " under a condition: " + ($binding.condition.expression // "") else "" end)'
}

# Makes the members of a policy those that are wanted: what it is of, members as they are and as they should be, roles that may be there
# beside them, what the command is about and its words. Where one is wanted under a condition, it is that of a document.
grant() {
  local what=$1 found=$2 wanted=$3 beside=$4 target=$5 line role member under gone=''
  shift 5
  # A command takes a role from a member whatever its condition is, so that this comes first.
  while read -r line <&3; do
    read -r role member _ <<<"$line"
    if [ -z "$line" ] || grep -qxF "$line" <<<"$wanted" || grep -qxE "$beside" <<<"$role"; then continue; fi
    if other "$what: $line"; then
      change "$what: no $role for $member" "$@" remove-iam-policy-binding "$target" --role "$role" --member "$member" --all
      gone+="$role $member"$'\\n'
    fi
  done 3<<<"$found"
  while read -r role member under <&3; do
    line="$role $member"
    if [ -n "$under" ]; then line="$line $under"; fi
    if [ -z "$role" ] || { grep -qxF "$line" <<<"$found" && ! grep -qxF "$role $member" <<<"$gone"; }; then continue; fi
    if [ -n "$under" ]; then
      change "$what: $role for $member" "$@" add-iam-policy-binding "$target" --role "$role" --member "$member" --condition-from-file ${BUCKET_CONDITION}
    else
      change "$what: $role for $member" "$@" add-iam-policy-binding "$target" --role "$role" --member "$member" --condition None
    fi
  done 3<<<"$wanted"
}

# A service account: that it is there, who may be it, and its roles. Beside them stand those by which access lets it into the cluster.
account() {
  local identity=$1 id=$2 beside=$3 email=$2@${project}.iam.gserviceaccount.com found wanted one
  found=$(gcloud iam service-accounts list --format json)
  found=$(jq --arg email "$email" '.[] | select(.email == $email)' <<<"$found")
  # Of nothing jq says what its release has it say.
  if [ -n "$found" ] && jq -e '.disabled == true' <<<"$found" >/dev/null; then
    stop "$email: is switched off; gcloud iam service-accounts enable $email --project ${project}"
  fi
  if [ -z "$found" ]; then
    change "the service account $id" gcloud iam service-accounts create "$id" --display-name "jobs that $identity"
  else
    # Who has a key needs no token.
    found=$(gcloud iam service-accounts keys list --iam-account "$email" --managed-by user --format 'value(name.basename())')
    while read -r one <&3; do
      if [ -n "$one" ] && other "$email has the key $one"; then
        change "no key $one of $id" gcloud iam service-accounts keys delete "$one" --iam-account "$email"
      fi
    done 3<<<"$found"
    found=$(gcloud iam service-accounts get-iam-policy "$email" --format json)
    found=$(members "" <<<"$found")
  fi
  wanted=$(jq -r --arg pool "$pool" \
    '.subjects[] | "roles/iam.workloadIdentityUser principal://iam.googleapis.com/" + $pool + "/subject/" + .' "$identity.json")
  grant "who is $id" "$found" "$wanted" none "$email" gcloud iam service-accounts
  found=$(gcloud projects get-iam-policy ${project} --format json)
  found=$(members "serviceAccount:$email" <<<"$found")
  wanted=$(jq -r --arg email "$email" '.projectRoles[] + " serviceAccount:" + $email' "$identity.json")
  grant "the project" "$found" "$wanted" "$beside" ${project} gcloud projects
  found=$(gcloud storage buckets get-iam-policy gs://${bucket} --format json)
  found=$(members "serviceAccount:$email" <<<"$found")
  wanted=$(jq -r --arg email "$email" '(if .bucketCondition then " under a condition: " + .bucketCondition else "" end) as $under |
    .bucketRoles[] + " serviceAccount:" + $email + $under' "$identity.json")
  grant "the bucket of the state" "$found" "$wanted" none gs://${bucket} gcloud storage buckets
}`,
  steps: {
    apis: `
  local api
  for api in ${APIS.slice(2).join(" ")}; do
    if ! grep -qx "$api" <<<"$enabled"; then
      change "$api" gcloud services enable "$api"
    fi
  done`,
    pool: `
  local found
  found=$(gcloud iam workload-identity-pools list --location global --show-deleted --format json |
    jq '.[] | select(.name | endswith("/${POOL}"))')
  if [ -z "$found" ]; then
    change "the pool ${POOL}" \\
      gcloud iam workload-identity-pools create ${POOL} --location global --display-name GitHub
    return
  fi
  jq -e '.state == "ACTIVE" and (.disabled != true)' <<<"$found" >/dev/null ||
    stop "the pool ${POOL} was deleted or switched off; switch it on again, or wait for the thirty days in which its name is kept"`,
    provider: providerStep(),
    plan_role: `
  local found permissions
  permissions=$(jq -r '.includedPermissions | join(",")' plan.role.json)
  found=$(gcloud iam roles list --project ${project} --show-deleted --format json |
    jq '.[] | select(.name == "projects/${project}/roles/${PLAN_ROLE}")')
  if [ -z "$found" ]; then
    change "the role ${PLAN_ROLE}" \\
      gcloud iam roles create ${PLAN_ROLE} --project ${project} --title 'goldenpath plan' --stage GA --permissions "$permissions"
    return
  fi
  if jq -e '.deleted == true' <<<"$found" >/dev/null; then
    stop "the role ${PLAN_ROLE} was deleted; gcloud iam roles undelete ${PLAN_ROLE} --project ${project}"
  fi
  found=$(gcloud iam roles describe ${PLAN_ROLE} --project ${project} --format json)
  if ! same "$(jq '.includedPermissions // [] | sort' <<<"$found")" "$(jq '.includedPermissions | sort' plan.role.json)" &&
    other "the role ${PLAN_ROLE} has other permissions than plan.role.json"; then
    change "the permissions of ${PLAN_ROLE}" \\
      gcloud iam roles update ${PLAN_ROLE} --project ${project} --permissions "$permissions"
  fi`,
    ...Object.fromEntries(
      accounts.map(({ identity, id }) => [
        `account_${identity}`,
        `  account ${identity} ${id} '${FROM_ACCESS[identity]}'`,
      ]),
    ),
  },
  after: `
echo "write down: gh variable set ${variableName({ name: environment }, PROJECT_NUMBER)} --repo ${repository} --body $number"`,
});

function providerStep(): string {
  const of = "--workload-identity-pool github --location global";
  const values = [
    `--attribute-condition "$(jq -r .attributeCondition provider.json)"`,
    `--attribute-mapping "$(jq -r '.attributeMapping | to_entries | map(.key + "=" + .value) | join(",")' provider.json)"`,
    `--issuer-uri "$(jq -r .oidc.issuerUri provider.json)"`,
  ].join(" \\\n        ");
  return `
  local found all
  # A pool that is to be made has none yet.
  found=$(gcloud iam workload-identity-pools list --location global --format json | jq '.[] | select(.name | endswith("/${POOL}"))')
  all='[]'
  if [ -n "$found" ]; then
    all=$(gcloud iam workload-identity-pools providers list ${of} --show-deleted --format json)
  fi
  # Whom another provider of the pool lets in has the subjects that it says.
  if jq -e 'any(.[]; .state == "ACTIVE" and (.name | endswith("/${POOL}") | not))' <<<"$all" >/dev/null; then
    stop "the pool ${POOL} has another provider than ${POOL}, which may give anybody any subject; take it out"
  fi
  found=$(jq '.[] | select(.name | endswith("/${POOL}"))' <<<"$all")
  if [ -z "$found" ]; then
    change "the provider ${POOL}" \\
      gcloud iam workload-identity-pools providers create-oidc ${POOL} ${of} \\
        ${values}
    return
  fi
  jq -e '.state == "ACTIVE" and (.disabled != true)' <<<"$found" >/dev/null ||
    stop "the provider ${POOL} was deleted or switched off; switch it on again, or wait for the thirty days in which its name is kept"
  if ! same "$(jq '{ attributeCondition, attributeMapping, oidc }' <<<"$found")" "$(cat provider.json)" &&
    other "the provider ${POOL} lets in others than provider.json"; then
    change "whom the provider ${POOL} lets in" \\
      gcloud iam workload-identity-pools providers update-oidc ${POOL} ${of} \\
        ${values} \\
        --allowed-audiences=
  fi`;
}
