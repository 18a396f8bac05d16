import { ACTIONS } from "../../pipelines/actions";
import { botOf, commitSteps, committing, imagesFile } from "./commit-images";
import type { DeployPlace } from "./deploy-place";
import { fileAt, MARKED } from "./marks";
import { smokeStep } from "./smoke";
import type { StackContext } from "./stack-context";
import { initAndPlan, SYNTHESIZE } from "./stack-steps";
import { expression } from "./steps";
import type { Job, RunStep, Step } from "./workflow";

/*
 * What follows an apply where Terraform releases: whether it works, and the way back to the images that last did. It is a part of the same job,
 * so that nobody has to approve it, and the pages are back in the time of an apply. The branch is told afterwards.
 */

/** Mark of a commit whose pages answered. */
const worksName = ({ environment }: DeployPlace): string => `works-${environment.name}`;

/** Whether something may be another than before, and does not work. A run that somebody ends is theirs. */
const IS_BROKEN =
  "!cancelled() && steps.apply.outputs.touched == 'true' && (steps.apply.outcome == 'failure' || steps.smoke.outcome == 'failure')";

export const releasedSteps = (place: DeployPlace, stack: string, context: StackContext): readonly Step[] => {
  const smoke = smokeStep(place.deploy);
  return [
    smoke,
    { name: "Say that this commit works", run: [`echo "$GITHUB_SHA" >"$RUNNER_TEMP/works"`] },
    {
      name: "Keep that this commit works",
      uses: ACTIONS.uploadArtifact,
      with: {
        name: worksName(place),
        path: expression("format('{0}/works', runner.temp)"),
        overwrite: true,
        "retention-days": 90,
      },
    },
    backStep(place, stack, context),
    {
      ...smoke,
      name: "Smoke test of what it went back to",
      id: "again",
      if: "!cancelled() && steps.back.outcome == 'success'",
    },
    {
      name: "Say what it went back to",
      if: "!cancelled() && steps.again.outcome == 'success'",
      env: { BEGAN: expression("steps.back.outputs.began") },
      run: [
        `echo "::error::went back to the images that last worked, which answer again after $(($(date +%s) - BEGAN)) s; migrations that have run stay"`,
      ],
    },
  ];
};

/**
 * Applies the same commit with the images that last answered, if that does nothing else than what was approved, and to release those. They were
 * scanned and approved when they were released.
 */
function backStep(place: DeployPlace, stack: string, { folder, workflow }: StackContext): RunStep {
  return {
    name: "Roll back to the images that last worked",
    id: "back",
    if: IS_BROKEN,
    env: {
      GH_TOKEN: expression("github.token"),
      BRANCH: place.deploy.branch,
      ENVIRONMENT: place.environment.name,
      STACK: stack,
      FILE: imagesFile(folder, place.environment.name),
      MARK: worksName(place),
      WORKFLOW: workflow,
    },
    run: [
      `echo "began=$(date +%s)" >>"$GITHUB_OUTPUT"`,
      ...MARKED,
      `if [ -z "$marked" ]; then`,
      `  echo "::error::no commit of $BRANCH is known to have worked, and nothing is gone back to"`,
      `  exit 1`,
      `fi`,
      `${fileAt("$FILE", "$marked")} >"$RUNNER_TEMP/works.json"`,
      // What this commit has brought has no image to go back to, and what it took away needs none.
      `images=$(jq --compact-output --sort-keys --slurpfile works "$RUNNER_TEMP/works.json" 'with_entries(.value = ($works[0][.key] // .value))' "$FILE")`,
      `if [ "$images" = "$(jq --compact-output --sort-keys . "$FILE")" ]; then`,
      `  new=$(jq --raw-output --slurpfile works "$RUNNER_TEMP/works.json" '[keys[] | select($works[0][.] == null)] | join(", ")' "$FILE")`,
      `  if [ -n "$new" ]; then`,
      `    echo "::error::no other images of $new are known to have worked, and nothing is gone back to"`,
      `    exit 1`,
      `  fi`,
      `  echo "::error::these images worked before: it is the rest of the commit that does not; revert it"`,
      `  exit 1`,
      `fi`,
      `jq . <<<"$images" >"$FILE"`,
      ...SYNTHESIZE,
      `PLAN="$RUNNER_TEMP/$STACK-back"`,
      ...initAndPlan(true),
      // A plan is called as its stack is.
      `mkdir -p "$RUNNER_TEMP/back"`,
      `cp "$PLAN.json" "$RUNNER_TEMP/back/$STACK.json"`,
      `if ! npx --no-install goldenpath reviewed "$RUNNER_TEMP/back/$STACK.json" --seen "$RUNNER_TEMP/reviewed" --images "$FILE"; then`,
      `  echo "::error::to go back would do more than was approved, and to release other images; nothing was gone back to: look at it, and revert the commit"`,
      `  exit 1`,
      `fi`,
      // The branch says other images from here on, whether or not this ends well.
      `echo "back=true" >>"$GITHUB_OUTPUT"`,
      `echo "images=$images" >>"$GITHUB_OUTPUT"`,
      `exec timeout --foreground --signal INT --kill-after 5m 20m "$ENGINE" -chdir="cdktf.out/stacks/$STACK" apply -input=false "$PLAN.bin"`,
    ],
  };
}

/** Commits the images that an apply went back to, unless newer ones were committed meanwhile. */
export function recordJob(place: DeployPlace, applied: string, { folder, workflow, committer }: StackContext): Job {
  const { environment, deploy } = place;
  return {
    name: `Record what ${environment.name} went back to`,
    needs: [applied],
    if: `!cancelled() && needs.${applied}.outputs.back == 'true'`,
    ...committing(deploy),
    steps: commitSteps({
      branch: deploy.branch,
      on: deploy.branch,
      environment: environment.name,
      file: imagesFile(folder, environment.name),
      workflow,
      message: "Images of $ENVIRONMENT back to those that last worked, as those of $GITHUB_SHA do not",
      // In git's own words, by which a way back by hand knows what was gone back from: a commit of images alone, and no other.
      body: "${REVERTS:+This reverts commit $REVERTS.}",
      env: { REVERTS: expression("steps.write.outputs.reverts") },
      onlyIf: "steps.write.outputs.write == 'true'",
      write: {
        name: "Write the images",
        id: "write",
        env: {
          GH_TOKEN: expression("github.token"),
          IMAGES: expression(`needs.${applied}.outputs.images`),
          BOT: botOf(committer),
        },
        run: [
          `tried=$(${fileAt("$FILE", "$GITHUB_SHA")})`,
          `if [ "$(jq --compact-output --sort-keys . <<<"$tried")" != "$(jq --compact-output --sort-keys . "$FILE")" ]; then`,
          `  echo "::notice::$BRANCH has other images by now, and keeps them"`,
          `  exit 0`,
          `fi`,
          `jq . <<<"$IMAGES" >"$FILE"`,
          `echo "write=true" >>"$GITHUB_OUTPUT"`,
          `gh api "repos/$GITHUB_REPOSITORY/commits?path=$FILE&sha=$GITHUB_SHA&per_page=1" >"$RUNNER_TEMP/released.json"`,
          `released=$(jq --raw-output --arg bot "$BOT" '.[] | select(.author.login == $bot) | .sha' "$RUNNER_TEMP/released.json")`,
          `echo "reverts=$released" >>"$GITHUB_OUTPUT"`,
        ],
      },
    }),
  };
}
