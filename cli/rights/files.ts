import type { PipelineRights } from "../../constructs/pipelines/rights";
import { rightsScript } from "../../constructs/pipelines/rights-script";
import { previewEnvironment, type Repository, type SubjectForm } from "../../constructs/pipelines/subjects";
import { toJson } from "../format";

export const SCRIPT = "make.sh";
export const README = "README.md";

const WHO = {
  plan: (): string => "a pull request of the repository's own, and a push to a branch that something is deployed from",
  apply: (environment: string, branch: string): string =>
    `a job of GitHub's environment \`${environment}\`, on \`${branch}\``,
  deploy: (environment: string, branch: string): string =>
    `a job of GitHub's environment \`${environment}\`, on \`${branch}\``,
  preview: (environment: string): string =>
    `a job of GitHub's environment \`${previewEnvironment(environment)}\`, of any branch and pull request of the repository's own`,
  sweep: (): string => "a job on a branch that something is deployed from, with no environment of GitHub's",
} as const;

const FORM: Readonly<Record<SubjectForm, string>> = {
  ids: "with the numbers of owner and repository",
  names: "with names alone",
};

const inWords = (forms: readonly SubjectForm[]): string => forms.map((form) => FORM[form]).join(" and ");

/** What the files are of. */
export interface Described {
  readonly environment: string;
  readonly repository: Repository;
  readonly branch: string;
  readonly rights: PipelineRights;
}

/** The files of a folder: documents, the script that reads them, and what both do. */
export function rightsFiles(described: Described): Readonly<Record<string, string>> {
  const { environment, repository, rights } = described;
  const { owner, name } = repository;
  const documents = Object.entries(rights.documents).map(([file, document]) => [file, toJson(document)] as const);
  const title = `Makes who jobs of ${owner}/${name} are in ${environment}; written by goldenpath rights.`;
  const files = { ...Object.fromEntries(documents), [SCRIPT]: rightsScript(title, rights.script) };
  return { [README]: readme(described, Object.keys(files)), ...files };
}

/** First line of the README: which files beside it are the command's own. */
export const mark = (files: readonly string[]): string => `<!-- goldenpath rights: ${[...files].sort().join(" ")} -->`;

/** Files that a README says are the command's own; nothing where it is somebody else's. */
export function marked(text: string): readonly string[] | undefined {
  const [, files] = /^<!-- goldenpath rights: ([\w. -]+) -->\n/.exec(text) ?? [];
  return files?.split(" ");
}

/** What people decide who may make a preview by. */
const previewHint = (environment: string, { identities }: PipelineRights): string =>
  identities.some(({ identity }) => identity === "preview")
    ? ` Make \`${previewEnvironment(environment)}\`, too: with reviewers, each preview asks them.`
    : "";

function readme({ environment, repository, branch, rights }: Described, files: readonly string[]): string {
  const { owner, name } = repository;
  const identities = rights.identities.map(
    (one) => `| ${one.identity} | \`${one.name}\` | ${WHO[one.identity](environment, branch)} |`,
  );
  const access = rights.identities.map(
    ({ access: group, member, name: called }) =>
      `- \`${group}\`: ${member?.includes(" ") === true ? `${member} (${called})` : `\`${member ?? called}\``}`,
  );
  return `${mark(files)}

# Who jobs of ${owner}/${name} are in ${environment}

| identity | made as | who may be it |
| -------- | ------- | ------------- |
${identities.join("\n")}

Tokens are known by their exact subjects, ${inWords(rights.forms)}. Nothing here is secret.

1. On GitHub make the environment \`${environment}\`, and limit it to the branch \`${branch}\`: GitHub makes one that nobody has made, and it asks nobody.${previewHint(environment, rights)}
2. Sign in to the cloud as an administrator, and look: \`bash ${SCRIPT} --look\`.
3. \`bash ${SCRIPT}\` makes what is missing. Where something is there already and another one, it makes nothing and says what; \`--replace\` makes it as the files say, \`--keep\` leaves it. Run again it makes nothing.
4. Write these into \`access\` of the environment's cloud, and apply its stacks by hand once:

${access.join("\n")}

What it does not hold:

${rights.limits.map((limit) => `- ${limit}`).join("\n")}

None of it was tried in an account of ours. Written anew by \`goldenpath rights ${environment}\`, when branches, stacks or the repository change.
`;
}
