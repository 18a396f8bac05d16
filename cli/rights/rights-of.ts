import type { EnvironmentSpec, PlatformEnvironment } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { stackNames } from "../../constructs/model/names";
import { InvalidInput, oneOf } from "../../constructs/model/problem";
import type { OutputTarget } from "../../constructs/outputs/target";
import { type PipelineIdentity, PREVIEW_IDENTITIES } from "../../constructs/pipelines/identity";
import type { MadeIdentity } from "../../constructs/pipelines/rights";
import type { Repository, SubjectForm } from "../../constructs/pipelines/subjects";
import { STATE_FOLDER } from "../../constructs/previews/names";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { Refused } from "../command";
import { rightsFiles } from "./files";

/** Who jobs are, by what releases: a deploy is Helm's. */
const IDENTITIES: Readonly<Record<PlatformEnvironment["release"], readonly PipelineIdentity[]>> = {
  terraform: ["plan", "apply"],
  helm: ["plan", "apply", "deploy"],
};

export interface Asked {
  /** Name of the environment. */
  readonly name: string;
  readonly environments: readonly EnvironmentSpec[];
  /** What is rendered, workflows among it. */
  outputs(): Promise<readonly OutputTarget[]>;
  /** @throws Refused where it is not given */
  repository(): Repository;
  readonly forms?: readonly SubjectForm[] | undefined;
  readonly identitiesIn?: string | undefined;
}

/** What is told of an environment. */
export interface Rights {
  readonly environment: string;
  readonly identities: readonly MadeIdentity[];
  /** Forms of subjects that are trusted. */
  readonly subjects: readonly SubjectForm[];
  readonly limits: readonly string[];
  /** Texts by the names of their files. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Everything that makes the identities of an environment's jobs; or why there is nothing to make.
 *
 * @throws InvalidInput for mistakes in environments and outputs, and where no workflows deploy it
 * @throws Refused for an environment that is not there
 */
export async function rightsOf({
  name,
  forms,
  identitiesIn,
  ...asked
}: Asked): Promise<Rights | { readonly none: string }> {
  const environments = loadEnvironments(asked.environments);
  const environment = environments.find((one) => one.name === name);
  if (environment === undefined) {
    throw new Refused(`${name}: no such environment; use ${oneOf(environments.map((one) => one.name))}`);
  }
  const access = environment.cloud.pipeline(environment);
  if ("none" in access) return { none: access.none };
  if (access.rights === undefined) {
    throw new Refused(`${name}: ${environment.cloud.title} does not say what makes its identities; make them by hand`);
  }
  const repository = asked.repository();
  const rendered = renderEnvironments(environments);
  const deployments = (await asked.outputs()).flatMap((target) => target.deployments(rendered));
  const deployment = deployments.find((one) => one.environment === name);
  if (deployment === undefined) {
    const why = `no workflows deploy ${name}, so that it is not known from which branch`;
    const fix = `name it in deploys of the output workflows: { environment: "${name}", branch: "…", url: "https://…" }`;
    throw new InvalidInput([{ path: ["workflows", "deploys"], why, fix }]);
  }
  const { branch, stacks, previews = false } = deployment;
  const rights = access.rights({
    identities: [...IDENTITIES[environment.release], ...(previews ? PREVIEW_IDENTITIES : [])],
    branch,
    branches: [...new Set(deployments.map((one) => one.branch))],
    repository,
    stacks,
    stateStack: stackNames.state(name),
    previewFolder: STATE_FOLDER,
    forms,
    identitiesIn,
  });
  return {
    environment: name,
    identities: rights.identities,
    subjects: rights.forms,
    limits: rights.limits,
    files: rightsFiles({ environment: name, repository, branch, rights }),
  };
}
