import { builtDigest, builtName, COMMIT_TAG } from "./build";
import { variableOf } from "./code";
import { botOf, commitSteps, committing, imagesFile } from "./commit-images";
import type { DeployPlace } from "./deploy-place";
import { expression, whileCurrent } from "./steps";
import type { Job, RunStep } from "./workflow";

/*
 * A deploy where Terraform releases: what was built and scanned is written into the environment's file of images, on its branch, and the
 * workflow of the infrastructure applies that commit as any other. Nothing here signs in to a cloud.
 */

export function imagesJob(
  place: DeployPlace,
  needs: readonly string[],
  { folder, committer, workflow }: { readonly folder: string; readonly committer: string; readonly workflow: string },
): Job {
  const { deploy, images } = place;
  const { environment, branch } = deploy;
  const given = images.map(({ name }) => `${name}="$${variableOf(name, "IMAGE")}"`);
  return {
    name: `Hand to ${environment}`,
    needs,
    if: `github.event_name == 'push' && github.ref == 'refs/heads/${branch}'`,
    ...committing(deploy),
    steps: [
      headButFor(branch, committer),
      ...whileCurrent(
        commitSteps({
          branch,
          on: expression("steps.head.outputs.commit"),
          environment,
          file: imagesFile(folder, environment),
          workflow,
          message: "Images of $ENVIRONMENT, built of $GITHUB_SHA",
          write: {
            name: "Write the images",
            env: Object.fromEntries(
              images.map((image) => [
                variableOf(image.name, "IMAGE"),
                `${builtName(image, images)}:${COMMIT_TAG}@${builtDigest(image, images)}`,
              ]),
            ),
            run: [`npx --no-install goldenpath images "$ENVIRONMENT" --file "$FILE" ${given.join(" ")}`],
          },
        }),
      ),
    ],
  };
}

/** Asks whether the branch has gone on since, leaving aside commits of images: those of this workflow, and of the way back. */
function headButFor(branch: string, committer: string): RunStep {
  return {
    name: `See whether this is the newest commit of ${branch}`,
    id: "head",
    env: { GH_TOKEN: expression("github.token"), BRANCH: branch, BOT: botOf(committer) },
    run: [
      `newest=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)`,
      `others=$(gh api "repos/$GITHUB_REPOSITORY/compare/$GITHUB_SHA...$newest" |`,
      `  jq --raw-output --arg bot "$BOT" 'if .behind_by > 0 or .total_commits > (.commits | length) then "history" else`,
      `    [.commits[] | select(.author.login != $bot) | .sha] | first // empty end')`,
      `if [ -z "$others" ]; then`,
      `  echo "current=true" >>"$GITHUB_OUTPUT"`,
      `else`,
      `  echo "::notice::$BRANCH is at $newest: its own run does this, and this one nothing"`,
      `  echo "current=false" >>"$GITHUB_OUTPUT"`,
      `fi`,
      `echo "commit=$newest" >>"$GITHUB_OUTPUT"`,
    ],
  };
}
