import { imageName } from "../../model/image";
import { oneOf, type Path, type Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { check } from "../../model/schema";
import { isHosted, isWithin } from "../../pipelines/machines";
import type { ApiCallers } from "../../pipelines/pipeline";
import { previewEnvironment } from "../../pipelines/subjects";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Deploy, WorkflowsOptions } from "./options";
import { optionsSchema } from "./options-schema";
import { RUNNER } from "./steps";
import type { Runner } from "./workflow";

const PATH: Path = ["workflows"];

const deployProblems =
  (environments: readonly RenderedEnvironment[], { application, deploys, runner = RUNNER }: WorkflowsOptions) =>
  (deploy: Deploy, index: number): readonly Problem[] => {
    const path = [...PATH, "deploys", index];
    const found = environments.find(({ name }) => name === deploy.environment);
    if (found === undefined) {
      const fix = `use ${oneOf(environments.map(({ name }) => name))}`;
      return [{ path: [...path, "environment"], got: deploy.environment, fix }];
    }
    const { environment, applications } = found;
    const readers = [runner, ...deploys.map(({ runners }) => runners?.plan ?? RUNNER)];
    const access = environment.cloud.pipeline(environment);
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
      ...(deploys.findIndex((other) => other.branch === deploy.branch) === index
        ? []
        : [
            {
              path: [...path, "branch"],
              got: deploy.branch,
              why: "is deployed to another environment already, and runs of a branch wait for each other",
              fix: "deploy each environment from a branch of its own",
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
        : runnerProblems(deploy, access.callers, readers, [...path, "runners"])),
      ...(deploy.helm !== undefined && environment.release !== "helm"
        ? [{ path: [...path, "helm"], got: deploy.helm, why: "Terraform releases there", fix: "leave it out" }]
        : []),
      ...(deploy.previews === true && environment.previews === undefined
        ? [
            {
              path: [...path, "previews"],
              got: true,
              why: `${deploy.environment} takes no previews`,
              fix: 'say so there: previews: { domain: "staging.example.com" }, or leave it out',
            },
          ]
        : []),
      ...(deploy.previews === true && deploys.some((other) => other.environment === previewEnvironment(found.name))
        ? [
            {
              path: [...path, "previews"],
              got: true,
              why: `whoever deploys previews of ${found.name} would be who applies ${previewEnvironment(found.name)}, too`,
              fix: "give that environment another name, or leave it out",
            },
          ]
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
  return [
    ...imageProblems(mine, options),
    ...options.deploys.flatMap(deployProblems(environments, options)),
    ...committerProblems(environments, options),
    ...sweepProblems(options),
  ];
}

function sweepProblems({ deploys, sweep }: WorkflowsOptions): readonly Problem[] {
  if (sweep === undefined || deploys.some(({ previews }) => previews === true)) return [];
  const why = "no deploy says previews, so that there is nothing to sweep";
  return [{ path: [...PATH, "sweep"], got: sweep, why, fix: "leave it out, or say previews: true of a deploy" }];
}

const WHERE: Readonly<Record<Exclude<ApiCallers, "anybody">, readonly [string, string]>> = {
  network: ["in its own network only", "in it"],
  listed: ["those on its list only", "whose address is on it"],
};

function runnerProblems(
  { environment, runners = { plan: RUNNER, apply: RUNNER } }: Deploy,
  callers: ApiCallers,
  readers: readonly Runner[],
  path: Path,
): readonly Problem[] {
  return [
    ...(callers === "anybody" ? [] : (["plan", "apply"] as const).filter((use) => isHosted(runners[use]))).map(
      (use) => {
        const [answers, which] = WHERE[callers === "network" ? "network" : "listed"];
        return {
          path: [...path, use],
          got: runners[use],
          why: `the Kubernetes API of ${environment} answers ${answers}, and a runner of GitHub's comes from anywhere`,
          fix: `name a runner ${which}: ["self-hosted", "${environment}-${use}"]`,
        };
      },
    ),
    // Whatever a pull request leaves on a machine is there for the next job of it.
    ...(readers.some((reader) => !isHosted(reader) && isWithin(reader, runners.apply))
      ? [
          {
            path: [...path, "apply"],
            got: runners.apply,
            why: "a machine with these labels may be one that runs the code of pull requests",
            fix: `give it a label that no other runner of these options has: "${environment}-apply"`,
          },
        ]
      : []),
  ];
}

function committerProblems(
  environments: readonly RenderedEnvironment[],
  { committer, deploys }: WorkflowsOptions,
): readonly Problem[] {
  const released = deploys.filter(
    (deploy) => environments.find(({ name }) => name === deploy.environment)?.environment.release === "terraform",
  );
  if (committer !== undefined || released.length === 0) return [];
  const names = released.map(({ environment }) => environment).join(", ");
  const why = `Terraform releases ${names}, by commits of images that GitHub's own token may not push to a branch with rules`;
  return [{ path: [...PATH, "committer"], why, fix: "name a GitHub App: acme-releases" }];
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
