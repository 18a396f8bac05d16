import { type DeployPlace, runnerOf } from "../deploy-place";
import type { WorkflowsOptions } from "../options";
import { setUpSteps } from "../own-program";
import { expression, READ_CODE, SIGN_IN } from "../steps";
import { variablesOf } from "../variables";
import type { Job, Workflow } from "../workflow";

/** File of the workflow that sweeps previews. */
export const SWEEP = "sweep.yml";

// Not on the hour, when all others ask for machines.
const HOURLY = "41 * * * *";

/** The workflow that takes away what is over: by the clock, by hand, and when a pull request is closed. Places are those that say previews. */
export function sweepWorkflow(
  places: readonly [DeployPlace, ...DeployPlace[]],
  { sweep = HOURLY }: WorkflowsOptions,
): Workflow {
  return {
    comment: [
      "Takes away previews that are over. It needs nothing of the pull request that made one, which may be gone, and fails where something",
      "is left, was not asked, or is for somebody to look at.",
      ...variablesOf(places, ["sweep"]),
    ],
    name: "Sweep",
    on: { schedule: [{ cron: sweep }], workflow_dispatch: {} },
    concurrency: { group: "sweep", "cancel-in-progress": false },
    jobs: Object.fromEntries(places.map((place) => [`sweep-${place.environment.name}`, sweepJob(place)] as const)),
  };
}

function sweepJob(place: DeployPlace): Job {
  const { environment, deploy, access, credentials } = place;
  const env = access.env("sweep");
  return {
    name: `Sweep previews of ${environment.name}`,
    // It runs no code of a pull request, and deletes.
    runsOn: runnerOf(deploy, "apply"),
    timeoutMinutes: 60,
    permissions: [
      READ_CODE,
      SIGN_IN,
      { scope: "pull-requests", access: "read", why: "to ask which of them are closed" },
    ],
    ...(Object.keys(env).length > 0 && { env }),
    steps: [
      // What is scheduled begins on the default branch, and the environment is what its own branch says.
      ...setUpSteps({ commit: deploy.branch }),
      ...access.signIn("sweep"),
      { name: "Find the cluster", run: credentials },
      {
        name: "Sweep",
        env: { GH_TOKEN: expression("github.token"), ENVIRONMENT: environment.name },
        run: [
          `npx --no-install goldenpath sweep "$ENVIRONMENT" --repository "$GITHUB_REPOSITORY" --run 2>&1 | tee -a "$GITHUB_STEP_SUMMARY"`,
        ],
      },
    ],
  };
}
