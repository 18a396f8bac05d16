import type { PlatformEnvironment } from "../../constructs/environment";
import { stackNames } from "../../constructs/model/names";
import type { PipelineIdentity } from "../../constructs/pipelines/identity";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { FORM_WORDS, formsOf, repositoryOf } from "../rights/asked";

/** Who jobs are, by what releases: a deploy is Helm's. */
const IDENTITIES: Readonly<Record<PlatformEnvironment["release"], readonly PipelineIdentity[]>> = {
  terraform: ["plan", "apply"],
  helm: ["plan", "apply", "deploy"],
};

export const rights: Command = {
  name: "rights",
  summary: "print what makes the identities of an environment's jobs in its cloud",
  description:
    "Whom a cloud lets in and what for, with the names of this environment, of its stacks and of the branches that the\n" +
    "workflows deploy from. With --folder also a script that makes what is missing, and changes nothing that is there.\n" +
    "Nothing here signs in anywhere, and nothing in it is secret.",
  words: { name: "environment", description: "the one that jobs plan and deploy", least: 1, most: 1 },
  options: {
    repository: { value: "owner/name", description: "the repository on GitHub whose jobs they are" },
    "owner-id": { value: "number", description: "number of its owner: gh api repos/<owner>/<name> --jq .owner.id" },
    "repository-id": { value: "number", description: "its own number: gh api repos/<owner>/<name> --jq .id" },
    subjects: {
      value: "form",
      description: "subjects that are trusted; what is safe on the cloud if left out",
      choices: FORM_WORDS,
    },
    "identities-in": { value: "place", description: "on Azure, the subscription that the identities are made in" },
    folder: { value: "folder", description: "where documents, make.sh and a README are written" },
    json: JSON_OPTION,
  },
  exits: {
    done: "it is printed or written, or there is nothing to make",
    wrong: "the input has mistakes, and nothing was written",
  },
  async run({ words: [name = ""], flags, values }, program) {
    const { loadEnvironments } = await import("../../constructs/model/load.js");
    const { InvalidInput, oneOf } = await import("../../constructs/model/problem.js");
    const { renderEnvironments } = await import("../../constructs/rendering/render-environment.js");
    const environments = loadEnvironments(await program.environments());
    const environment = environments.find((one) => one.name === name);
    if (environment === undefined) {
      throw new Refused(`${name}: no such environment; use ${oneOf(environments.map((one) => one.name))}`);
    }
    const access = environment.cloud.pipeline(environment);
    if ("none" in access) {
      if (flags.has("json")) process.stdout.write(toJson({ environment: name, none: access.none }));
      else process.stdout.write(`${name}: there is nothing to make: ${access.none}\n`);
      return EXIT.done;
    }
    if (access.rights === undefined) {
      throw new Refused(`${name}: ${environment.cloud.title} does not say what makes its identities; make them by hand`);
    }
    const repository = repositoryOf(values);
    const targets = await program.outputsIfAny();
    const rendered = renderEnvironments(environments);
    const deployments = targets.flatMap((target) => target.deployments(rendered));
    const deployment = deployments.find((one) => one.environment === name);
    if (deployment === undefined) {
      const why = `no workflows deploy ${name}, so that it is not known from which branch`;
      const fix = `name it in deploys of the output workflows: { environment: "${name}", branch: "…", url: "https://…" }`;
      throw new InvalidInput([{ path: ["workflows", "deploys"], why, fix }]);
    }
    const made = access.rights({
      identities: IDENTITIES[environment.release],
      branch: deployment.branch,
      branches: [...new Set(deployments.map(({ branch }) => branch))],
      repository,
      stacks: deployment.stacks,
      stateStack: stackNames.state(name),
      forms: formsOf(values.get("subjects")),
      identitiesIn: values.get("identities-in"),
    });
    const { rightsFiles } = await import("../rights/files.js");
    const files = rightsFiles({ environment: name, repository, branch: deployment.branch, rights: made });
    for (const limit of made.limits) process.stderr.write(`note: ${limit}\n`);
    const folder = values.get("folder");
    if (folder !== undefined) {
      const { writeFolder } = await import("../rights/folder.js");
      const found = writeFolder(folder, files);
      if (!flags.has("json")) process.stdout.write(writtenText(folder, found.length));
    }
    if (flags.has("json")) {
      const { identities, forms, limits } = made;
      process.stdout.write(toJson({ environment: name, identities, subjects: forms, limits, files }));
    } else if (folder === undefined) {
      process.stdout.write(
        Object.entries(files)
          .map(([file, text]) => `==> ${file} <==\n${text}`)
          .join("\n"),
      );
    }
    return EXIT.done;
  },
};

function writtenText(folder: string, count: number): string {
  const next = `next: bash ${folder}/make.sh --look`;
  return `${folder}: ${count === 0 ? "is as it was" : `${count} ${count === 1 ? "file" : "files"} written`}; ${next}\n`;
}
