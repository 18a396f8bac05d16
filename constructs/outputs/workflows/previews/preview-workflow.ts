import { jobOf } from "../code";
import { IS_OF_OTHERS } from "../compare-job";
import type { DeployPlace } from "../deploy-place";
import type { WorkflowsOptions } from "../options";
import { expression, RUNNER } from "../steps";
import { variablesOf } from "../variables";
import type { Job, Workflow } from "../workflow";
import { forkBuildJob, forkPushJob, ownBuildJob, pushedBy } from "./build-jobs";
import { IS_OWN, NAMED, OWN } from "./of";
import { lookJob, previewCommentJob, previewJob } from "./preview-job";
import { SWEEP } from "./sweep-workflow";

/** File of the workflow that deploys previews. */
export const PREVIEW = "preview.yml";

/** Says what a maintainer does. It has a token that may nothing. */
const othersJob: Job = {
  name: "Say what a fork gets",
  if: `github.event_name == 'pull_request' && github.event.action != 'closed' && ${IS_OF_OTHERS}`,
  runsOn: RUNNER,
  timeoutMinutes: 5,
  permissions: [],
  steps: [
    {
      name: "Say it",
      env: { NUMBER: OWN.number, COMMIT: OWN.commit },
      run: [
        `says="Nothing of a fork is deployed by itself. Whoever may write here and has read $COMMIT runs the workflow Preview with number $NUMBER and that commit"`,
        `echo "::notice::$says"`,
        `echo "$says" >>"$GITHUB_STEP_SUMMARY"`,
      ],
    },
  ],
};

/** Has the sweep run at once. It runs on the default branch, and so its code, and its identity, are of that. */
const endJob: Job = {
  name: "Have it swept",
  if: `${IS_OWN} && github.event.action == 'closed'`,
  runsOn: RUNNER,
  timeoutMinutes: 5,
  permissions: [{ scope: "actions", access: "write", why: "to start the sweep" }],
  steps: [
    {
      name: "Start the sweep",
      env: { GH_TOKEN: "${{ github.token }}", WORKFLOW: SWEEP },
      run: [`gh workflow run "$WORKFLOW" --repo "$GITHUB_REPOSITORY"`],
    },
  ],
};

/**
 * The workflow of previews: one for each pull request of this repository's own, at each push to it; one of a fork's commit that somebody who may
 * write has read and named, with the model that the environment's branch has. Places are those that say previews.
 */
export function previewWorkflow(
  places: readonly [DeployPlace, ...DeployPlace[]],
  { engine, runner = RUNNER }: WorkflowsOptions,
): Workflow {
  const [first] = places;
  const { images } = first;
  const branches = [...new Set(places.map(({ deploy }) => deploy.branch))];
  const jobs = (step: string, make: (image: (typeof images)[number]) => Job) =>
    Object.fromEntries(images.map((image) => [jobOf(step, image, images), make(image)]));
  const built = images.map((image) => jobOf("build", image, images));
  const pushed = images.map((image) => jobOf("fork-push", image, images));
  return {
    comment: [
      "Deploys a preview of each pull request of this repository, and has it swept when that is closed. Of a fork nothing runs until somebody",
      "who may write here has read a commit and starts this workflow with the numbers of both.",
      ...variablesOf(places, ["preview"]),
    ],
    name: "Preview",
    on: {
      pull_request: { types: ["opened", "reopened", "synchronize", "closed"], branches },
      workflow_dispatch: {
        inputs: {
          number: { description: "Number of a fork's pull request", type: "string", required: true },
          commit: { description: "Its commit that you have read: 40 digits", type: "string", required: true },
          environment: {
            description: "Environment that takes the preview",
            type: "choice",
            options: places.map(({ environment }) => environment.name),
            default: first.environment.name,
          },
        },
      },
    },
    // No run waits for another: one that waits for an approval would hold all that come after it, and the end. Jobs take turns.
    concurrency: { group: `preview-run-${expression("github.run_id")}`, "cancel-in-progress": false },
    jobs: {
      others: othersJob,
      ...jobs("build", (image) => ownBuildJob(image, runner)),
      ...Object.fromEntries(
        places.flatMap((place) => {
          const { name } = place.environment;
          const id = `preview-${name}`;
          const job = previewJob({
            ...{ place, engine, asked: OWN, program: OWN.commit, needs: built },
            condition: `${IS_OWN} && github.event.action != 'closed' && github.base_ref == '${place.deploy.branch}'`,
            pushed: (image) => pushedBy(jobOf("build", image, images), OWN),
          });
          return [[id, job] as const, [`comment-${name}`, previewCommentJob(place, OWN, id)] as const];
        }),
      ),
      end: endJob,
      look: lookJob(places),
      ...jobs("fork-build", forkBuildJob),
      ...jobs("fork-push", (image) => forkPushJob(image, images)),
      ...Object.fromEntries(
        places.flatMap((place) => {
          const { name } = place.environment;
          const id = `fork-preview-${name}`;
          const job = previewJob({
            // The branch's own program: of the fork there are the images alone.
            ...{ place, engine, asked: NAMED, program: place.deploy.branch, needs: pushed },
            condition: `inputs.environment == '${name}'`,
            pushed: (image) => pushedBy(jobOf("fork-push", image, images), NAMED),
          });
          return [[id, job] as const, [`fork-comment-${name}`, previewCommentJob(place, NAMED, id)] as const];
        }),
      ),
    },
  };
}
