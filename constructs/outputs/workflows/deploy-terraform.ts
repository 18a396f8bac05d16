import { builtDigest, builtName, COMMIT_TAG } from "./build";
import { variableOf } from "./code";
import type { DeployPlace } from "./deploy-place";
import { setUpSteps } from "./own-program";
import { expression, READ_CODE, RUNNER, whileCurrent } from "./steps";
import type { Job, RunStep } from "./workflow";

/*
 * A deploy where Terraform releases: what was built and scanned is written into the environment's file of images, on its branch, and the
 * workflow of the infrastructure applies that commit as any other. Nothing here signs in to a cloud.
 */

export function imagesJob(place: DeployPlace, needs: readonly string[], folder: string, infrastructure: string): Job {
  const { application, deploy, images } = place;
  const { environment, branch } = deploy;
  const file = `${folder}/${environment}.json`;
  const given = images.map(({ name }) => `${name}="$${variableOf(name, "IMAGE")}"`);
  return {
    name: `Hand to ${environment}`,
    needs,
    if: `github.event_name == 'push' && github.ref == 'refs/heads/${branch}'`,
    runsOn: RUNNER,
    timeoutMinutes: 15,
    concurrency: { group: `images-${application.name}-${environment}`, "cancel-in-progress": false },
    permissions: [
      { ...READ_CODE, access: "write", why: `to commit ${file}` },
      { scope: "actions", access: "write", why: `to start ${infrastructure}, as such a commit starts nothing` },
    ],
    env: {
      GH_TOKEN: expression("github.token"),
      BRANCH: branch,
      ENVIRONMENT: environment,
      ...Object.fromEntries(
        images.map((image) => [
          variableOf(image.name, "IMAGE"),
          `${builtName(image, images)}:${COMMIT_TAG}@${builtDigest(image, images)}`,
        ]),
      ),
    },
    steps: [
      headButFor(folder, branch),
      ...whileCurrent([
        ...setUpSteps(expression("steps.head.outputs.commit")),
        {
          name: "Write the images",
          env: { FILE: file },
          run: [`npx --no-install goldenpath images "$ENVIRONMENT" --file "$FILE" ${given.join(" ")}`],
        },
        commitStep(file),
        {
          name: "Apply it",
          env: { WORKFLOW: infrastructure },
          run: [
            `gh workflow run "$WORKFLOW" --repo "$GITHUB_REPOSITORY" --ref "$BRANCH" --raw-field environment="$ENVIRONMENT"`,
          ],
        },
      ]),
    ],
  };
}

/** Asks whether the branch has gone on since, leaving aside commits of images alone: those of this workflow. */
function headButFor(folder: string, branch: string): RunStep {
  return {
    name: `See whether this is the newest commit of ${branch}`,
    id: "head",
    env: { FOLDER: `${folder}/` },
    run: [
      `newest=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)`,
      `others=$(gh api "repos/$GITHUB_REPOSITORY/compare/$GITHUB_SHA...$newest" |`,
      `  jq --raw-output --arg folder "$FOLDER" 'if .behind_by > 0 then "history" else`,
      `    [.files[].filename | select(startswith($folder) | not)] | first // empty end')`,
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

/** Commits by GitHub's own interface, which signs it, and refuses where the file is another one than was checked out. */
function commitStep(file: string): RunStep {
  return {
    name: "Commit the images",
    env: { FILE: file },
    run: [
      `if git diff --quiet -- "$FILE"; then`,
      `  echo "$FILE says so already"`,
      `  exit 0`,
      `fi`,
      `gh api --method PUT "repos/$GITHUB_REPOSITORY/contents/$FILE" --silent \\`,
      `  --raw-field branch="$BRANCH" --raw-field message="Images of $ENVIRONMENT, built of $GITHUB_SHA" \\`,
      `  --raw-field sha="$(git rev-parse "HEAD:$FILE")" --raw-field content="$(base64 --wrap 0 "$FILE")"`,
    ],
  };
}
