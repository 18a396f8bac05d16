import type { Deploy } from "./options";
import { expression } from "./steps";
import type { RunStep } from "./workflow";

/**
 * Stops a job whose environment on GitHub does not ask what it should: GitHub makes one that is not there as soon as a job names it, without a
 * branch or a reviewer.
 */
export const guardStep = ({ environment, approval = false }: Pick<Deploy, "approval" | "environment">): RunStep => ({
  name: "See that the environment is guarded",
  env: { GH_TOKEN: expression("github.token"), ENVIRONMENT: environment },
  run: [
    `rules=$(gh api "repos/$GITHUB_REPOSITORY/environments/$ENVIRONMENT")`,
    `if [ "$(jq '.deployment_branch_policy != null' <<<"$rules")" != true ]; then`,
    `  echo "::error::the environment $ENVIRONMENT takes every branch; set its deployment branches in the settings of the repository"`,
    `  exit 1`,
    `fi`,
    ...(approval
      ? [
          `if [ "$(jq '[.protection_rules[]? | select(.type == "required_reviewers")] | length > 0' <<<"$rules")" != true ]; then`,
          `  echo "::error::the environment $ENVIRONMENT asks nobody; give it reviewers in the settings of the repository"`,
          `  exit 1`,
          `fi`,
        ]
      : []),
  ],
});
