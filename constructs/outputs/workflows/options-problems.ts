import { imageName } from "../../model/image";
import { oneOf, type Path, type Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { check } from "../../model/schema";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Deploy, WorkflowsOptions } from "./options";
import { optionsSchema } from "./options-schema";

const PATH: Path = ["workflows"];

const deployProblems =
  (environments: readonly RenderedEnvironment[], { application, deploys }: WorkflowsOptions) =>
  (deploy: Deploy, index: number): readonly Problem[] => {
    const path = [...PATH, "deploys", index];
    const found = environments.find(({ name }) => name === deploy.environment);
    if (found === undefined) {
      const fix = `use ${oneOf(environments.map(({ name }) => name))}`;
      return [{ path: [...path, "environment"], got: deploy.environment, fix }];
    }
    const { environment, applications } = found;
    const access = environment.cloud.pipeline(environment);
    const isHosted = deploy.runner === undefined || /^(?:ubuntu|windows|macos)-/.test(String(deploy.runner));
    return [
      ...(deploys.findIndex((other) => other.environment === deploy.environment) === index
        ? []
        : [
            {
              path: [...path, "environment"],
              got: deploy.environment,
              why: "is deployed to already",
              fix: "name it once",
            },
          ]),
      ...(applications.some((one) => one.application.name === application)
        ? []
        : [
            {
              path: [...path, "environment"],
              got: deploy.environment,
              why: `has no ${application}`,
              fix: "leave it out",
            },
          ]),
      ...("none" in access
        ? [{ path: [...path, "environment"], got: deploy.environment, why: access.none, fix: "leave it out" }]
        : access.isPrivate && isHosted
          ? [
              {
                path: [...path, "runner"],
                got: deploy.runner,
                why: `the Kubernetes API of ${deploy.environment} answers in its own network only`,
                fix: 'name a runner in it: ["self-hosted", "production"]',
              },
            ]
          : []),
      ...(deploy.helm !== undefined && environment.release !== "helm"
        ? [{ path: [...path, "helm"], got: deploy.helm, why: "Terraform releases there", fix: "leave it out" }]
        : []),
    ];
  };

/** Everything that is wrong with options: their form, and then what they say of environments. */
export function optionsProblems(
  environments: readonly RenderedEnvironment[],
  options: WorkflowsOptions,
): readonly Problem[] {
  const form = check(optionsSchema, options, PATH);
  if (form.length > 0) return form;
  const placed = environments.flatMap(({ applications }) => applications.map(({ application }) => application));
  const mine = placed.filter(({ name }) => name === options.application);
  if (mine.length === 0) {
    const fix = `use ${oneOf([...new Set(placed.map(({ name }) => name))])}`;
    return [{ path: [...PATH, "application"], got: options.application, fix }];
  }
  return [...imageProblems(mine, options), ...options.deploys.flatMap(deployProblems(environments, options))];
}

function imageProblems(
  mine: readonly ResolvedApplication[],
  { images }: Pick<WorkflowsOptions, "images">,
): readonly Problem[] {
  const known = [...new Set(mine.flatMap(({ workloads }) => workloads.map(({ image }) => imageName(image))))];
  return Object.keys(images)
    .filter((image) => !known.includes(image))
    .map((image) => ({
      path: [...PATH, "images", image],
      why: "no workload runs an image of that name",
      fix: `use ${oneOf(known)}`,
    }));
}
