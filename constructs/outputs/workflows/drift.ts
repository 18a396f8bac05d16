import { type DeployPlace, runnerOf } from "./deploy-place";
import type { Engine } from "./options";
import { engineOf, envOf, readySteps } from "./stack-steps";
import { expression, READ_CODE, SIGN_IN } from "./steps";
import type { Job } from "./workflow";

/** Plans every stack of a branch by the clock, and keeps one issue that says what is not as the branch says. */
export function driftJob(place: DeployPlace, given?: Engine): Job {
  const engine = engineOf(given);
  const { environment, deploy, stacks } = place;
  return {
    name: `Drift of ${environment.name}`,
    if: "github.event_name == 'schedule'",
    runsOn: runnerOf(deploy, "plan"),
    timeoutMinutes: 60,
    concurrency: { group: `drift-${environment.name}`, "cancel-in-progress": true },
    permissions: [READ_CODE, SIGN_IN, { scope: "issues", access: "write", why: "to keep the issue about it" }],
    env: envOf(place, engine, "plan"),
    steps: [
      // What is scheduled begins on the default branch.
      ...readySteps(place, engine, "plan", { commit: deploy.branch }),
      {
        name: "Plan every stack",
        env: { STACKS: stacks.join(" ") },
        run: [
          `: >"$RUNNER_TEMP/drift.md"`,
          `for stack in $STACKS; do`,
          `  plan="$RUNNER_TEMP/$stack"`,
          `  keep=()`,
          `  if [ -f "cdktf.out/stacks/$stack/.terraform.lock.hcl" ]; then keep=(-lockfile=readonly); fi`,
          // One that cannot be planned is told, and does not hide what is known of the others.
          `  if ! { "$ENGINE" -chdir="cdktf.out/stacks/$stack" init -input=false "\${keep[@]}" &&`,
          `    "$ENGINE" -chdir="cdktf.out/stacks/$stack" plan -input=false -lock=false -out="$plan.bin" &&`,
          `    "$ENGINE" -chdir="cdktf.out/stacks/$stack" show -json "$plan.bin" >"$plan.json"; }; then`,
          `    echo "- \\\`$stack\\\` could not be planned: the run says why" >>"$RUNNER_TEMP/drift.md"`,
          `    continue`,
          `  fi`,
          `  jq --raw-output --arg stack "$stack" '.resource_changes[]? | select(.change.actions | IN(["no-op"], ["read"]) | not)`,
          `    | "- \`" + $stack + "\`: " + (.change.actions | join(", ")) + " \`" + .address + "\`"' "$plan.json" >>"$RUNNER_TEMP/drift.md"`,
          `done`,
        ],
      },
      {
        name: "Keep the issue",
        env: {
          GH_TOKEN: expression("github.token"),
          TITLE: `Drift of ${environment.name}`,
          LABEL: `drift-${environment.name}`,
          BRANCH: deploy.branch,
          RUN: `${expression("github.server_url")}/${expression("github.repository")}/actions/runs/${expression("github.run_id")}`,
        },
        run: [
          `gh label create "$LABEL" --repo "$GITHUB_REPOSITORY" --force --description "What is there is not what the branch says" >/dev/null`,
          `issue=$(gh issue list --repo "$GITHUB_REPOSITORY" --state open --label "$LABEL" --json number --jq '.[0].number // empty')`,
          `if [ ! -s "$RUNNER_TEMP/drift.md" ]; then`,
          `  if [ -n "$issue" ]; then`,
          `    gh issue close "$issue" --repo "$GITHUB_REPOSITORY" --comment "Everything is as $BRANCH says: $RUN"`,
          `  fi`,
          `  exit 0`,
          `fi`,
          `{`,
          `  echo "What an apply of $BRANCH would do now: somebody changed it by hand, or it was not applied yet. Seen by $RUN"`,
          `  echo`,
          // An issue holds 65,536 characters.
          `  head -n 300 "$RUNNER_TEMP/drift.md" | head -c 60000`,
          `  lines=$(wc -l <"$RUNNER_TEMP/drift.md")`,
          `  if [ "$lines" -gt 300 ]; then echo "- the first 300 of $lines; the rest is in the run"; fi`,
          `} >"$RUNNER_TEMP/issue.md"`,
          `if [ -n "$issue" ]; then`,
          `  gh issue edit "$issue" --repo "$GITHUB_REPOSITORY" --body-file "$RUNNER_TEMP/issue.md"`,
          `else`,
          `  gh issue create --repo "$GITHUB_REPOSITORY" --title "$TITLE" --label "$LABEL" --body-file "$RUNNER_TEMP/issue.md"`,
          `fi`,
        ],
      },
    ],
  };
}
