import { stackNames } from "../../model/names";
import { InvalidInput } from "../../model/problem";
import { duration, rollbackSeconds, upgradeSeconds } from "../../releases/time-outs";
import { placedIn, type RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Files, Output } from "../output";
import { actionlintText, ownLabels } from "./actionlint";
import { applicationWorkflow, INFRASTRUCTURE } from "./application";
import { builtImages } from "./code";
import type { DeployPlace } from "./deploy-place";
import { infrastructureWorkflow } from "./infrastructure";
import type { Deploy, WorkflowsOptions } from "./options";
import { optionsProblems } from "./options-problems";
import { PREVIEW, previewWorkflow } from "./previews/preview-workflow";
import { SWEEP, sweepWorkflow } from "./previews/sweep-workflow";
import { workflowText } from "./text";

const CHARTS = "helm";

/** What GitHub runs of a repository: workflows of its application and of its stacks, in `.github/workflows`. */
export const workflows: Output<WorkflowsOptions> = {
  name: "workflows",
  description: "workflows of GitHub Actions that build, try and deploy an application",
  parts: (file, text) => [{ called: file.startsWith(".github/workflows/") ? "workflow" : "file", text }],
  render: (environments, options) => {
    const [first, ...others] = placesOf(environments, options);
    if (first === undefined) return {};
    const [taking, ...more] = [first, ...others].filter(({ deploy }) => deploy.previews === true);
    const labels = ownLabels(options);
    const file = (name: string): string => `.github/workflows/${name}`;
    return {
      [file(`application-${options.application}.yml`)]: workflowText(applicationWorkflow([first, ...others], options)),
      [file(INFRASTRUCTURE)]: workflowText(infrastructureWorkflow([first, ...others], options)),
      ...(taking !== undefined && {
        [file(PREVIEW)]: workflowText(previewWorkflow([taking, ...more], options)),
        [file(SWEEP)]: workflowText(sweepWorkflow([taking, ...more], options)),
      }),
      ...(labels.length > 0 && { ".github/actionlint.yaml": actionlintText(labels) }),
    } satisfies Files;
  },
  deployments: (environments, options) =>
    placesOf(environments, options).map(({ environment, deploy, stacks }) => ({
      environment: environment.name,
      branch: deploy.branch,
      stacks,
      previews: deploy.previews === true,
    })),
};

/** @throws InvalidInput with all that is wrong with the options */
function placesOf(environments: readonly RenderedEnvironment[], options: WorkflowsOptions): readonly DeployPlace[] {
  const problems = optionsProblems(environments, options);
  if (problems.length > 0) throw new InvalidInput(problems);
  return options.deploys.map((deploy) => placeOf(environments, deploy, options));
}

function placeOf(environments: readonly RenderedEnvironment[], deploy: Deploy, options: WorkflowsOptions): DeployPlace {
  const of = environments.filter(({ name }) => name === deploy.environment);
  const [{ application, released }] = placedIn(of, options.application, ["workflows", "application"]);
  const [rendered] = of;
  if (rendered === undefined) throw new Error(`no environment ${deploy.environment}`);
  const { environment } = rendered;
  const access = environment.cloud.pipeline(environment);
  if ("none" in access) throw new Error(`${environment.name}: ${access.none}`);
  return {
    environment,
    application,
    deploy,
    images: builtImages(application, options),
    timeouts: { upgrade: duration(upgradeSeconds(released)), rollback: duration(rollbackSeconds(released)) },
    chart: `${options.charts ?? CHARTS}/${application.name}`,
    stacks: [
      ...(environment.cloud.createCluster === undefined ? [] : [stackNames.cluster(environment.name)]),
      ...(environment.cloud.installed === "all" ? [] : [stackNames.platform(environment.name)]),
      ...environment.applications.map(({ stackName }) => stackName),
    ],
    access,
    credentials: environment.cloud.operations?.(environment).credentials ?? [],
  };
}
