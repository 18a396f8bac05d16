import { awsTrust } from "../../constructs/clouds/aws/pipelines/trust";
import { azureTrust } from "../../constructs/clouds/azure/pipelines/trust";
import { googleTrust } from "../../constructs/clouds/google/pipelines/trust";
import { PIPELINE_IDENTITIES, type PipelineIdentity } from "../../constructs/pipelines/pipeline";
import {
  SUBJECT_FORMS as BOTH_FORMS,
  refOf,
  type Repository,
  type SubjectForm,
  subjectsOf,
} from "../../constructs/pipelines/subjects";
import { awsAllows, azureAllows, BRANCHES, googleAllows, type Token, token } from "../support/token-trust";
import { type Context, holds, type ParsedJob, workflowIn } from "../support/workflows/parse";
import { ALL } from "../support/workflows/rendered";

/*
 * Which job can be whom: trust as it is documented, evaluated as each cloud does, against the tokens that GitHub gives the jobs of the rendered
 * workflows, in both forms of their subject.
 */

const REPOSITORY: Repository = { owner: "Acme", ownerId: 1234, name: "Orders-API", id: 5678 };
const ACCOUNT = "111111111111";
/** Somebody has taken the name after the repository was deleted. */
const RECYCLED: Repository = { ...REPOSITORY, ownerId: 9999, id: 8888 };
const FORK: Repository = { owner: "somebody", ownerId: 77, name: "Orders-API", id: 88 };

interface Asked {
  readonly identity: PipelineIdentity;
  readonly name: string;
  readonly forms?: readonly SubjectForm[];
}

const environment = (name: string) => ({ name, branch: BRANCHES[name] ?? "develop", branches: ["develop", "main"] });
const subjects = ({ identity, name, forms = BOTH_FORMS }: Asked) =>
  subjectsOf(REPOSITORY, identity, environment(name), forms);
const ref = ({ name }: Asked): string => refOf(environment(name));

const CLOUDS = {
  AWS: {
    aud: "sts.amazonaws.com",
    asksForBranch: true,
    allows: (asked: Asked, given: Token) =>
      awsAllows(
        awsTrust(
          {
            repository: REPOSITORY,
            subjects: subjects(asked),
            ref: asked.identity === "plan" ? undefined : ref(asked),
          },
          ACCOUNT,
        ),
        given,
      ),
  },
  "Google Cloud": {
    aud: "//iam.googleapis.com/x",
    asksForBranch: true,
    allows: (asked: Asked, given: Token) =>
      googleAllows(googleTrust(REPOSITORY, { ref: ref(asked) }, subjects(asked), "pool"), given),
  },
  Azure: {
    aud: "api://AzureADTokenExchange",
    // Entra knows nothing of a token but who gave it, whom it is about and whom it is for.
    asksForBranch: false,
    allows: (asked: Asked, given: Token) => azureAllows(azureTrust(subjects(asked)), given),
  },
};

const ENVIRONMENTS = ["staging", "production"] as const;

/** Runs of workflows: what GitHub says of each, and the end of the subject of a job without an environment. */
const RUNS: readonly (readonly [string, Context, string])[] = [
  ["a push to develop", { event_name: "push", ref: "refs/heads/develop" }, "ref:refs/heads/develop"],
  ["a push to main", { event_name: "push", ref: "refs/heads/main" }, "ref:refs/heads/main"],
  ["a push to another branch", { event_name: "push", ref: "refs/heads/other" }, "ref:refs/heads/other"],
  ["the clock", { event_name: "schedule", ref: "refs/heads/main" }, "ref:refs/heads/main"],
  ...ENVIRONMENTS.map((base, index): readonly [string, Context, string] => [
    `a pull request for ${base}`,
    {
      event_name: "pull_request",
      ref: "refs/pull/7/merge",
      base_ref: index === 0 ? "develop" : "main",
      repository: "Acme/Orders-API",
      event: { pull_request: { head: { repo: { full_name: "Acme/Orders-API" } } } },
    },
    "pull_request",
  ]),
];

/** Every job that signs in, with whom it asks to be: the role's name has both. */
const signing = (["terraform", "helm"] as const).flatMap((kind) =>
  Object.values(ALL[kind]).flatMap((text) => {
    if (!text.includes("jobs:")) return [];
    return Object.entries(workflowIn(text).jobs).flatMap(([id, job]) => {
      const role = job.steps.map((step) => step.with?.["role-to-assume"]).find((one) => one !== undefined);
      const [, name = "", identity = ""] = /:role\/pipeline\.([a-z-]+)\.([a-z]+)$/.exec(String(role)) ?? [];
      return role === undefined ? [] : [{ title: `${kind}: ${id}`, job, name, identity: identity as PipelineIdentity }];
    });
  }),
);

/** Ends of the subjects that a job may have, over all runs in which its own condition may hold. */
async function claims(job: ParsedJob): Promise<string[]> {
  if (job.environment !== undefined) return [`environment:${job.environment.name}`];
  const needs = new Proxy({}, { get: () => undefined });
  const found: string[] = [];
  for (const [, github, claim] of RUNS) {
    const condition = (job.if ?? "true").replace(/ && !cancelled\(\).*$/, "");
    if (await holds(condition, { github, inputs: {}, needs })) found.push(claim);
  }
  return [...new Set(found)];
}

test("there are jobs that sign in, as each identity and for each environment", () => {
  const seen = new Set(signing.map(({ name, identity }) => `${name} ${identity}`));
  for (const name of ENVIRONMENTS) {
    for (const identity of PIPELINE_IDENTITIES) expect(seen).toContain(`${name} ${identity}`);
  }
});

describe.each(Object.entries(CLOUDS))("%s", (_, { aud, allows, asksForBranch }) => {
  const may = (identity: PipelineIdentity, name: string, given: Token): boolean => allows({ identity, name }, given);

  test.each(BOTH_FORMS)(
    "an environment of GitHub's that nobody protects lets in no other branch, where the cloud can ask: %s",
    (form) => {
      for (const name of ENVIRONMENTS) {
        for (const identity of ["apply", "deploy"] as const) {
          const from = (branch: string): boolean =>
            may(identity, name, token(REPOSITORY, form, `environment:${name}`, aud, branch));
          expect([name, identity, from("refs/heads/feature")]).toEqual([name, identity, !asksForBranch]);
          expect([name, identity, from("refs/pull/7/merge")]).toEqual([name, identity, !asksForBranch]);
          expect([name, identity, from(`refs/tags/${BRANCHES[name]}`)]).toEqual([name, identity, !asksForBranch]);
          expect([name, identity, from(`refs/heads/${BRANCHES[name]}`)]).toEqual([name, identity, true]);
        }
      }
    },
  );

  test.each(BOTH_FORMS)("every job may be whom it asks to be, by its token with %s", async (form) => {
    for (const { title, job, name, identity } of signing) {
      const all = await claims(job);
      expect([title, all.length > 0]).toEqual([title, true]);
      for (const claim of all) {
        expect([title, claim, may(identity, name, token(REPOSITORY, form, claim, aud))]).toEqual([title, claim, true]);
      }
    }
  });

  test.each(BOTH_FORMS)(
    "no job that reads may change anything, and none of one environment anything of another: %s",
    async (form) => {
      for (const { title, job, name, identity } of signing) {
        for (const claim of await claims(job)) {
          for (const other of ENVIRONMENTS) {
            for (const wanted of ["apply", "deploy"] as const) {
              const expected = identity !== "plan" && other === name;
              expect([title, other, wanted, may(wanted, other, token(REPOSITORY, form, claim, aud))]).toEqual([
                title,
                other,
                wanted,
                expected,
              ]);
            }
          }
        }
      }
    },
  );

  test.each([
    ["a fork", FORK, "ids"],
    ["a fork, by names", FORK, "names"],
    ["whoever has taken the name", RECYCLED, "ids"],
  ] as const)("%s may be nobody", (_, repository, form) => {
    for (const identity of PIPELINE_IDENTITIES) {
      for (const claim of ["pull_request", "ref:refs/heads/main", "environment:staging"]) {
        expect(may(identity, "staging", token(repository, form, claim, aud))).toBe(false);
      }
    }
  });

  test.each([
    ["another branch", "ref:refs/heads/feature"],
    ["a tag", "ref:refs/tags/v1"],
    ["another environment", "environment:staging-eu"],
    ["an environment of another case", "environment:Staging"],
    ["nothing after it", ""],
  ])("%s may be nobody", (_, claim) => {
    for (const identity of PIPELINE_IDENTITIES) {
      for (const form of BOTH_FORMS) expect(may(identity, "staging", token(REPOSITORY, form, claim, aud))).toBe(false);
    }
  });

  test("a token that is for somebody else's cloud is for nobody here", () => {
    if (aud.startsWith("//")) return;
    expect(may("apply", "staging", token(REPOSITORY, "ids", "environment:staging", "https://else.example.com"))).toBe(
      false,
    );
  });
});

test("with names alone whoever takes the name is let in by Azure, which is why ids are first; AWS and Google ask for the number always", () => {
  const taken = (aud: string): Token => token(RECYCLED, "names", "environment:staging", aud);
  const asked = { identity: "apply", name: "staging" } as const;
  for (const [name, { aud, allows }] of Object.entries(CLOUDS)) {
    expect([name, allows({ ...asked, forms: ["names"] }, taken(aud))]).toEqual([name, name === "Azure"]);
    expect([name, allows({ ...asked, forms: ["ids"] }, taken(aud))]).toEqual([name, false]);
  }
});

test.each(["repo:Acme/*", "repo:Acme/Orders-API:*", "repo:Acme@*/Orders-API@5678:environment:staging"])(
  "%s is a wildcard, which fails here and never was in a subject",
  (subject) => {
    expect(() =>
      awsAllows(
        awsTrust({ repository: REPOSITORY, subjects: [subject] }, ACCOUNT),
        token(REPOSITORY, "ids", "environment:staging", "sts.amazonaws.com"),
      ),
    ).toThrow("a wildcard");
    expect(() =>
      googleAllows(
        googleTrust(REPOSITORY, { ref: "refs/heads/develop" }, [subject], "pool"),
        token(REPOSITORY, "ids", "x", ""),
      ),
    ).toThrow("a wildcard");
    for (const identity of PIPELINE_IDENTITIES) {
      for (const one of subjectsOf(REPOSITORY, identity, environment("staging"), BOTH_FORMS))
        expect(one).not.toMatch(/[*?]/);
    }
  },
);

test("what a cloud would refuse is refused: a subject that is too long for Google, more credentials than Azure takes", () => {
  expect(() => googleTrust(REPOSITORY, { ref: "refs/heads/develop" }, ["a".repeat(128)], "pool")).toThrow(
    "longer than 127 bytes",
  );
  expect(() => azureTrust(Array.from({ length: 21 }, (_, index) => String(index)))).toThrow("20 at most");
});
