import { ACTIONS } from "../../pipelines/actions";
import { commitSteps, committing, imagesFile } from "./commit-images";
import type { DeployPlace } from "./deploy-place";
import { NEWEST_OF_BRANCH } from "./seen-step";
import { smokeStep } from "./smoke";
import type { StackContext } from "./stack-jobs";
import { SYNTHESIZE } from "./stack-steps";
import { expression } from "./steps";
import type { Job, RunStep, Step } from "./workflow";

/*
 * What follows an apply where Terraform releases: whether it works, and the way back to the images that last did. It is a part of the same job,
 * so that nobody has to approve it, and the pages are back in the time of an apply. The branch is told afterwards.
 */

/** Name of the artifact with images that answered. */
const worksName = ({ environment }: DeployPlace): string => `works-${environment.name}`;

/** Whether something may be another than before, and does not work. A run that somebody ends is theirs. */
const IS_BROKEN =
  "!cancelled() && steps.apply.outputs.touched == 'true' && (steps.apply.outcome == 'failure' || steps.smoke.outcome == 'failure')";

export const releasedSteps = (place: DeployPlace, stack: string, context: StackContext): readonly Step[] => {
  const smoke = smokeStep(place.deploy);
  const file = imagesFile(context.folder, place.environment.name);
  return [
    smoke,
    { name: "Say that these images work", env: { FILE: file }, run: [`cp "$FILE" "$RUNNER_TEMP/images.json"`] },
    {
      name: "Keep that these images work",
      uses: ACTIONS.uploadArtifact,
      with: {
        name: worksName(place),
        path: expression("format('{0}/images.json', runner.temp)"),
        overwrite: true,
        "retention-days": 90,
      },
    },
    backStep(place, stack, file),
    {
      ...smoke,
      name: "Smoke test of what it went back to",
      id: "again",
      if: "!cancelled() && steps.back.outputs.back == 'true'",
    },
  ];
};

/** Applies the same commit with the images that last answered. They were seen, scanned and approved when they were applied. */
function backStep(place: DeployPlace, stack: string, file: string): RunStep {
  return {
    name: "Roll back to the images that last worked",
    id: "back",
    if: IS_BROKEN,
    env: {
      GH_TOKEN: expression("github.token"),
      BRANCH: place.deploy.branch,
      ENVIRONMENT: place.environment.name,
      STACK: stack,
      FILE: file,
      WORKS: worksName(place),
    },
    run: [
      `run=$(gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$WORKS&per_page=100" |`,
      `  jq --raw-output --arg branch "$BRANCH" '${NEWEST_OF_BRANCH}.id // empty')`,
      `if [ -z "$run" ]; then`,
      `  echo "::error::no images of $ENVIRONMENT are known to have worked, and nothing is gone back to"`,
      `  exit 1`,
      `fi`,
      `gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$WORKS" --dir "$RUNNER_TEMP/works"`,
      `images=$(jq --compact-output --sort-keys . "$RUNNER_TEMP/works/images.json")`,
      `if [ "$images" = "$(jq --compact-output --sort-keys . "$FILE")" ]; then`,
      `  echo "::error::these images worked before: it is the rest of the commit that does not; revert it"`,
      `  exit 1`,
      `fi`,
      `cp "$RUNNER_TEMP/works/images.json" "$FILE"`,
      ...SYNTHESIZE,
      `"$ENGINE" -chdir="cdktf.out/stacks/$STACK" init -input=false`,
      // The branch says other images from here on, whether or not this ends well.
      `echo "back=true" >>"$GITHUB_OUTPUT"`,
      `echo "images=$images" >>"$GITHUB_OUTPUT"`,
      `"$ENGINE" -chdir="cdktf.out/stacks/$STACK" apply -input=false -auto-approve`,
      `echo "::error::went back to the images that last worked, in $SECONDS s; migrations that have run stay"`,
    ],
  };
}

/** Commits the images that an apply went back to, unless newer ones were committed meanwhile. */
export function recordJob(place: DeployPlace, applied: string, { folder }: StackContext): Job {
  const { environment, deploy } = place;
  return {
    name: `Record what ${environment.name} went back to`,
    needs: [applied],
    if: `!cancelled() && needs.${applied}.outputs.back == 'true'`,
    ...committing(),
    steps: commitSteps({
      branch: deploy.branch,
      on: deploy.branch,
      environment: environment.name,
      file: imagesFile(folder, environment.name),
      message: "Images of $ENVIRONMENT back to those that last worked, as those of $GITHUB_SHA do not",
      write: {
        name: "Write the images",
        env: { GH_TOKEN: expression("github.token"), IMAGES: expression(`needs.${applied}.outputs.images`) },
        run: [
          `tried=$(gh api "repos/$GITHUB_REPOSITORY/contents/$FILE?ref=$GITHUB_SHA" --header "Accept: application/vnd.github.raw+json")`,
          `if [ "$(jq --compact-output --sort-keys . <<<"$tried")" != "$(jq --compact-output --sort-keys . "$FILE")" ]; then`,
          `  echo "::notice::$BRANCH has other images by now, and keeps them"`,
          `  exit 0`,
          `fi`,
          `jq . <<<"$IMAGES" >"$FILE"`,
        ],
      },
    }),
  };
}
