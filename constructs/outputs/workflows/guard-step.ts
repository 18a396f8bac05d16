import type { Deploy } from "./options";
import { expression } from "./steps";
import type { RunStep } from "./workflow";

/**
 * Stops a job whose environment on GitHub is not for this branch alone, or asks nobody where people are to approve: GitHub makes one that is not
 * there as soon as a job names it, for every branch and without a reviewer.
 */
export const guardStep = ({
  environment,
  branch,
  approval = false,
}: Pick<Deploy, "approval" | "branch" | "environment">): RunStep => ({
  name: "See that the environment is guarded",
  env: { GH_TOKEN: expression("github.token"), GUARDED: environment, BRANCH: branch },
  run: [
    `gh api "repos/$GITHUB_REPOSITORY/environments/$GUARDED" >"$RUNNER_TEMP/rules.json"`,
    `branches=""`,
    `if [ "$(jq .deployment_branch_policy.custom_branch_policies "$RUNNER_TEMP/rules.json")" = true ]; then`,
    `  gh api "repos/$GITHUB_REPOSITORY/environments/$GUARDED/deployment-branch-policies" >"$RUNNER_TEMP/branches.json"`,
    `  branches=$(jq --raw-output '[.branch_policies[] | select(.type != "tag") | .name] | join(" ")' "$RUNNER_TEMP/branches.json")`,
    `  if [ "$(jq '[.branch_policies[] | select(.type == "tag")] | length' "$RUNNER_TEMP/branches.json")" != 0 ]; then branches="$branches and tags"; fi`,
    `fi`,
    `if [ "$branches" != "$BRANCH" ]; then`,
    `  echo "::error::the environment $GUARDED is for \${branches:-every branch}; in the settings of the repository have it for $BRANCH alone"`,
    `  exit 1`,
    `fi`,
    ...(approval
      ? [
          `if [ "$(jq '[.protection_rules[]? | select(.type == "required_reviewers")] | length > 0' "$RUNNER_TEMP/rules.json")" != true ]; then`,
          `  echo "::error::the environment $GUARDED asks nobody; give it reviewers in the settings of the repository"`,
          `  exit 1`,
          `fi`,
        ]
      : []),
  ],
});
