import type { AwsTrust } from "../../constructs/clouds/aws/pipelines/trust";
import type { AzureCredential } from "../../constructs/clouds/azure/pipelines/trust";
import type { GoogleTrust } from "../../constructs/clouds/google/pipelines/trust";
import type { Repository, SubjectForm } from "../../constructs/pipelines/subjects";

/* Tokens that GitHub gives to jobs, and what each cloud makes of one. */

/** Claims of a token: https://docs.github.com/en/actions/reference/security/oidc */
export interface Token {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly repository_id: string;
  readonly repository_owner_id: string;
  readonly ref: string;
  /** Absent in tokens of jobs without one. */
  readonly environment?: string;
}

/** Where nothing else is said the job of an environment is on the branch of that environment, as rendered workflows have it. */
export const BRANCHES: Readonly<Record<string, string>> = { staging: "develop", production: "main" };

export const token = (
  { owner, ownerId, name, id }: Repository,
  form: SubjectForm,
  claim: string,
  aud: string,
  ref = refIn(claim),
): Token => ({
  iss: "https://token.actions.githubusercontent.com",
  aud,
  sub: form === "ids" ? `repo:${owner}@${ownerId}/${name}@${id}:${claim}` : `repo:${owner}/${name}:${claim}`,
  repository_id: String(id),
  repository_owner_id: String(ownerId),
  ref,
  ...(claim.startsWith("environment:") && { environment: claim.slice("environment:".length) }),
});

function refIn(claim: string): string {
  if (claim === "pull_request") return "refs/pull/7/merge";
  if (!claim.startsWith("environment:")) return claim.replace(/^ref:/, "");
  return `refs/heads/${BRANCHES[claim.slice("environment:".length)] ?? "develop"}`;
}

/** What STS makes of a trust policy: every condition, each with one of its values. Other operators are refused here, as a wildcard is. */
export function awsAllows({ Statement }: AwsTrust, given: Token): boolean {
  return Statement.some(({ Condition }) => {
    if (Object.keys(Condition).join() !== "StringEquals") throw new Error("not by equality");
    return Object.entries(Condition.StringEquals).every(([key, values]) => {
      const all = [values].flat();
      if (all.some((value) => /[*?]/.test(value))) throw new Error("a wildcard");
      const claim = key.split(":").at(-1) as keyof Token;
      return all.includes(given[claim] ?? "");
    });
  });
}

/** What the pool of a project makes of it: its condition, and the member that the subject is. */
export function googleAllows({ condition, members }: GoogleTrust, given: Token): boolean {
  const clauses = condition.split(" && ").map((clause) => {
    const [, claim, value] = /^assertion\.(\w+) == '([^']*)'$/.exec(clause) ?? [];
    if (claim !== undefined) return given[claim as keyof Token] === value;
    const [, absent, rest = ""] =
      /^\(!has\(assertion\.(\w+)\)((?: \|\| assertion\.\w+ == '[^']*')+)\)$/.exec(clause) ?? [];
    if (absent === undefined) throw new Error(`not a condition that is known here: ${condition}`);
    const ways = [...rest.matchAll(/assertion\.(\w+) == '([^']*)'/g)];
    return (
      given[absent as keyof Token] === undefined ||
      ways.some(([, other, wanted]) => given[other as keyof Token] === wanted)
    );
  });
  if (members.some((member) => member.includes("principalSet:") || member.includes("*"))) throw new Error("a wildcard");
  return clauses.every(Boolean) && members.some((member) => member.endsWith(`/subject/${given.sub}`));
}

/** What Entra makes of it: a credential is this issuer, subject and audience, letter by letter. */
export const azureAllows = (credentials: readonly AzureCredential[], given: Token): boolean =>
  credentials.some((one) => one.issuer === given.iss && one.subject === given.sub && one.audiences[0] === given.aud);
