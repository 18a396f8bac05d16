import { type BuildContext, buildJob, runnerOf, tryJob } from "./build";
import { builtImages, jobOf } from "./code";
import { botOf } from "./commit-images";
import { helmJob } from "./deploy-helm";
import type { DeployPlace } from "./deploy-place";
import { imagesJob } from "./deploy-terraform";
import type { WorkflowsOptions } from "./options";
import { lookAtTried, securityJob } from "./security";
import { integrationJob, testJob } from "./test";
import type { Job, Workflow } from "./workflow";

/** File of the workflow that applies stacks. */
export const INFRASTRUCTURE = "infrastructure.yml";

/** Folder of the files with images of environments where nothing else is said. */
export const IMAGES = "images";

/** The workflow of an application: build, test, security, and a deploy of each branch to its environment. */
export function applicationWorkflow(
  places: readonly [DeployPlace, ...DeployPlace[]],
  options: WorkflowsOptions,
): Workflow {
  const [{ application }] = places;
  const images = builtImages(application, options);
  const context: BuildContext = {
    images,
    runner: runnerOf(options.runner),
    branchTag: options.branchTag ?? true,
    sarif: options.sarif ?? true,
    // What the App pushes is this workflow's own, and nothing that is built.
    isCode: options.committer === undefined ? "" : `github.actor != '${botOf(options.committer)}'`,
  };
  const branches = [...new Set(places.map(({ deploy }) => deploy.branch))];
  const integration = integrationJob(images, context, ({ code: { language } }) =>
    language.name === "php" ? language.integration : undefined,
  );
  const before: Readonly<Record<string, Job>> = Object.fromEntries([
    ...images.map((image) => [jobOf("build", image, images), buildJob(image, context)] as const),
    ...images.map((image) => [jobOf("test", image, images), testJob(application, image, context)] as const),
    ...(integration === undefined ? [] : [["integration", integration] as const]),
    ...images.map((image) => [jobOf("security", image, images), securityJob(image, context)] as const),
  ]);
  const needs = Object.keys(before);
  const deploys = places.map((place) => {
    const { release, name } = place.environment;
    const job =
      release === "helm"
        ? helmJob(place, needs)
        : imagesJob(place, needs, {
            folder: options.imagesFolder ?? IMAGES,
            committer: options.committer ?? "",
            workflow: INFRASTRUCTURE,
          });
    return [`deploy-${name}`, job] as const;
  });
  return {
    comment: [
      `Builds, tests and deploys ${application.name}: what is pushed is scanned, and what was scanned is deployed, by its digest.`,
    ],
    name: `Application ${application.name}`,
    on: { push: { branches }, pull_request: { branches } },
    // A new commit of a pull request ends the run of the one before; each commit of a branch has a run that nobody ends.
    concurrency: {
      group: `application-${application.name}-\${{ github.event_name == 'pull_request' && github.ref || github.run_id }}`,
      "cancel-in-progress": true,
    },
    jobs: {
      ...before,
      ...Object.fromEntries(
        images.map((image) => [jobOf("try", image, images), tryJob(image, context, lookAtTried(image))]),
      ),
      ...Object.fromEntries(deploys),
    },
  };
}
