import type { Policy } from "../../../constructs/clouds/aws/pipelines/policy";
import type { AwsTrust } from "../../../constructs/clouds/aws/pipelines/trust";
import type { AzureIdentity } from "../../../constructs/clouds/azure/pipelines/rights";
import type { GoogleIdentity, GoogleProvider } from "../../../constructs/clouds/google/pipelines/rights";
import { loadEnvironments } from "../../../constructs/model/load";
import { renderEnvironments, workflows } from "../../../constructs/outputs/outputs";
import { PIPELINE_IDENTITIES, type PipelineIdentity } from "../../../constructs/pipelines/pipeline";
import type { Repository } from "../../../constructs/pipelines/subjects";
import { ELSEWHERE, ENVIRONMENTS, HERE, NAMES, REPOSITORY, type Told, told } from "../../support/rights";
import { awsAllows, azureAllows, googleAllows, type Token, token } from "../../support/token-trust";
import { type Context, holds, type ParsedJob, workflowIn } from "../../support/workflows/parse";

/*
 * Which job may be whom, by the documents that the command renders and the workflows that are rendered of the same options: tokens in
 * both forms, evaluated as each cloud does.
 */

const RELEASES = ["terraform", "helm"] as const;
const FORK: Repository = { owner: "somebody", ownerId: 77, name: "Orders-API", id: 88 };
/** Somebody has taken the name after the repository was deleted. */
const RECYCLED: Repository = { ...REPOSITORY, ownerId: 9999, id: 8888 };
const BRANCHES: Readonly<Record<string, string>> = {
  staging: "develop",
  production: "main",
  "gke-staging": "develop",
  "aks-staging": "main",
};

const parsed = ({ files }: Told, file: string): unknown => JSON.parse(files[file] ?? "{}");

/** Whether this identity, as it is rendered, takes the token. */
function may(of: Told, identity: PipelineIdentity, given: Token): boolean {
  if (of.files[`${identity}.trust.json`] !== undefined)
    return awsAllows(parsed(of, `${identity}.trust.json`) as AwsTrust, given);
  if (of.files["provider.json"] !== undefined) {
    const { attributeCondition } = parsed(of, "provider.json") as GoogleProvider;
    const { subjects } = parsed(of, `${identity}.json`) as GoogleIdentity;
    return googleAllows(
      { condition: attributeCondition, members: subjects.map((one) => `principal://x/subject/${one}`) },
      given,
    );
  }
  return azureAllows((parsed(of, `${identity}.json`) as AzureIdentity).credentials, given);
}

const AUDIENCES: Readonly<Record<string, string>> = {
  "gke-staging": "//iam.googleapis.com/x",
  "aks-staging": "api://AzureADTokenExchange",
};
const tokenFor = (of: Told, repository: Repository, form: "ids" | "names", claim: string, ref?: string): Token =>
  token(repository, form, claim, AUDIENCES[of.environment] ?? "sts.amazonaws.com", ref ?? refOf(of.environment, claim));

function refOf(environment: string, claim: string): string | undefined {
  return claim.startsWith("environment:") ? `refs/heads/${BRANCHES[environment] ?? ""}` : undefined;
}

const renderedBy = (release: (typeof RELEASES)[number]) => {
  const environments = renderEnvironments(loadEnvironments(ENVIRONMENTS.map((one) => ({ ...one, release }))));
  return [HERE, ELSEWHERE].map((options) => workflows.render(environments, options));
};

interface Signing {
  readonly id: string;
  readonly job: ParsedJob;
  /** Options of its step that signs in. */
  readonly with: Readonly<Record<string, unknown>>;
}

/** Every job of the workflows that signs in to a cloud. */
const signing = (release: (typeof RELEASES)[number]): readonly Signing[] =>
  renderedBy(release)
    .flatMap((files) => Object.entries(files).filter(([file]) => file.includes("/workflows/")))
    .flatMap(([, text]) => Object.entries(workflowIn(text).jobs))
    .flatMap(([id, job]) => {
      const one = job.steps
        .map((step) => step.with ?? {})
        .find((step) => ["role-to-assume", "service_account", "subscription-id"].some((key) => key in step));
      return one === undefined ? [] : [{ id, job, with: one }];
    });

const SIGNING = { terraform: signing("terraform"), helm: signing("helm") };

/** What a sign-in step calls the identity. On Azure a variable, which make.sh tells to set. */
const calledIn = (step: Readonly<Record<string, unknown>>): string =>
  String(step["role-to-assume"] ?? step.service_account ?? step["client-id"]);

/** The same of what is made. */
function calledBy({ environment, identities, files }: Told): ReadonlyMap<string, PipelineIdentity> {
  const script = files["make.sh"] ?? "";
  return new Map(
    identities.map(({ identity, name }) => {
      const variable = `${environment.replaceAll("-", "_").toUpperCase()}_${identity.toUpperCase()}_CLIENT_ID`;
      const isSet = script.includes(`gh variable set ${variable} --repo Acme/Orders-API --body $client`);
      return [isSet ? `\${{ vars.${variable} }}` : name, identity];
    }),
  );
}

const RUNS: readonly (readonly [Context, string])[] = [
  ...["develop", "main", "other"].map((branch): readonly [Context, string] => [
    { event_name: "push", ref: `refs/heads/${branch}` },
    `ref:refs/heads/${branch}`,
  ]),
  [{ event_name: "schedule", ref: "refs/heads/main" }, "ref:refs/heads/main"],
  ...["develop", "main"].map((base): readonly [Context, string] => [
    {
      event_name: "pull_request",
      ref: "refs/pull/7/merge",
      base_ref: base,
      repository: "Acme/Orders-API",
      event: { pull_request: { head: { repo: { full_name: "Acme/Orders-API" } } } },
    },
    "pull_request",
  ]),
];

async function claims(job: ParsedJob): Promise<string[]> {
  if (job.environment !== undefined) return [`environment:${job.environment.name}`];
  const needs = new Proxy({}, { get: () => undefined });
  const found: string[] = [];
  for (const [github, claim] of RUNS) {
    const condition = (job.if ?? "true").replace(/ && !cancelled\(\).*$/, "");
    if (await holds(condition, { github, inputs: {}, needs })) found.push(claim);
  }
  return [...new Set(found)];
}

describe.each(RELEASES)("where %s releases", (release) => {
  let all: readonly Told[] = [];
  beforeAll(async () => {
    all = await Promise.all(NAMES.map((environment) => told({ environment, release, values: { subjects: "both" } })));
  });

  test("the workflows sign in as what is made, and as each of it", () => {
    const made = all.flatMap((of) => [...calledBy(of).keys()]);
    const asked = SIGNING[release].map(({ with: step }) => calledIn(step));
    expect(new Set(made).size).toBe(NAMES.length * (release === "helm" ? 3 : 2));
    expect([...new Set(asked)].sort()).toEqual([...made].sort());
  });

  test("every job may be whom it asks to be, in both forms, and nobody else who changes something", async () => {
    let asked = 0;
    for (const { id, job, with: step } of SIGNING[release]) {
      const called = calledIn(step);
      const own = all.find((of) => calledBy(of).has(called));
      const identity = own && calledBy(own).get(called);
      if (own === undefined || identity === undefined) throw new Error(`nobody makes ${called}`);
      const found = await claims(job);
      expect([id, found.length > 0]).toEqual([id, true]);
      for (const claim of found) {
        for (const form of ["ids", "names"] as const) {
          asked += 1;
          expect([id, claim, may(own, identity, tokenFor(own, REPOSITORY, form, claim))]).toEqual([id, claim, true]);
          for (const other of all) {
            for (const wanted of other.identities.map((one) => one.identity)) {
              if (wanted === "plan") continue;
              const expected = identity !== "plan" && other === own;
              expect([
                id,
                other.environment,
                wanted,
                may(other, wanted, tokenFor(other, REPOSITORY, form, claim)),
              ]).toEqual([id, other.environment, wanted, expected]);
            }
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(20);
  });

  test("a fork, another branch and an unprotected environment may be nobody; whoever takes the name over is let in by Azure's names alone", () => {
    for (const of of all) {
      for (const identity of of.identities.map((one) => one.identity)) {
        for (const claim of ["pull_request", "ref:refs/heads/main", `environment:${of.environment}`]) {
          expect(may(of, identity, tokenFor(of, FORK, "ids", claim))).toBe(false);
          expect(may(of, identity, tokenFor(of, FORK, "names", claim))).toBe(false);
          expect(may(of, identity, tokenFor(of, RECYCLED, "ids", claim))).toBe(false);
          if (of.environment !== "aks-staging")
            expect(may(of, identity, tokenFor(of, RECYCLED, "names", claim))).toBe(false);
        }
        for (const claim of ["ref:refs/heads/feature", "ref:refs/tags/v1", `environment:${of.environment}-eu`, ""]) {
          for (const form of ["ids", "names"] as const)
            expect(may(of, identity, tokenFor(of, REPOSITORY, form, claim))).toBe(false);
        }
        const unprotected = tokenFor(of, REPOSITORY, "ids", `environment:${of.environment}`, "refs/heads/feature");
        expect([of.environment, identity, may(of, identity, unprotected)]).toEqual([
          of.environment,
          identity,
          identity !== "plan" && of.environment === "aks-staging",
        ]);
      }
    }
  });

  test("nothing that says who is let in has a wildcard", () => {
    for (const of of all) {
      for (const [file, text] of Object.entries(of.files)) {
        if (!/trust|provider|^(?:plan|apply|deploy)\.json$/.test(file)) continue;
        expect([of.environment, file, text.match(/repo:[^"]*[*?]|principalSet|StringLike/)]).toEqual([
          of.environment,
          file,
          null,
        ]);
      }
    }
  });
});

test("by default whoever takes the name over may be nobody on any cloud", async () => {
  for (const environment of NAMES) {
    const of = await told({ environment, release: "helm" });
    for (const identity of PIPELINE_IDENTITIES) {
      for (const claim of ["pull_request", "ref:refs/heads/main", `environment:${environment}`]) {
        expect([environment, may(of, identity, tokenFor(of, RECYCLED, "names", claim))]).toEqual([environment, false]);
      }
    }
  }
});

test("a planted wildcard fails", async () => {
  const of = await told({ environment: "staging" });
  const files = {
    ...of.files,
    "apply.trust.json": (of.files["apply.trust.json"] ?? "").replace(":environment:staging", ":*"),
  };
  expect(() => may({ ...of, files }, "apply", tokenFor(of, REPOSITORY, "ids", "environment:staging"))).toThrow(
    "a wildcard",
  );
});

describe("what a plan has writes nothing", () => {
  test.each(["staging", "production"])("%s", async (environment) => {
    const { Statement } = parsed(await told({ environment }), "plan.policy.json") as Policy;
    const actions = Statement.flatMap(({ Action = [] }) => Action);
    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((one) => !/^[a-z0-9]+:(?:Describe|Get|List)[A-Za-z]*\*?[A-Za-z]*$/.test(one))).toEqual([
      "kms:Decrypt",
    ]);
    expect(Statement.every(({ Effect, NotAction }) => Effect === "Allow" && NotAction === undefined)).toBe(true);
    const states = Statement.find(({ Sid }) => Sid === "State")?.Resource;
    const own = [`${environment}-cluster`, `${environment}-platform`, environment];
    expect(states).toEqual(own.map((stack) => expect.stringMatching(new RegExp(`/${stack}\\.tfstate$`)) as unknown));
  });

  test("gke-staging", async () => {
    const of = await told({ environment: "gke-staging" });
    const { projectRoles, bucketRoles } = parsed(of, "plan.json") as GoogleIdentity;
    const looks =
      /(?:[vV]iewer|\.reader|securityReviewer|secretAccessor|^roles\/browser|^projects\/goldenpath-staging\/roles\/goldenpath\.plan)$/;
    expect([...projectRoles, ...bucketRoles].filter((role) => !looks.test(role))).toEqual([]);
    const { includedPermissions } = parsed(of, "plan.role.json") as { readonly includedPermissions: readonly string[] };
    expect(includedPermissions.filter((one) => !/\.(?:get|list)$/.test(one))).toEqual([]);
  });

  test("aks-staging", async () => {
    const of = await told({ environment: "aks-staging" });
    const { assignments } = parsed(of, "plan.json") as AzureIdentity;
    const own = "goldenpath plan 11111111-1111-4111-8111-111111111111";
    const subscription = "/subscriptions/11111111-1111-4111-8111-111111111111";
    expect(assignments).toEqual([
      { role: "Reader", scope: subscription },
      { role: own, scope: `${subscription}/resourceGroups/aks-staging` },
      { role: own, scope: `${subscription}/resourceGroups/aks-staging.my-app` },
    ]);
    const { Name, Actions, DataActions } = parsed(of, "plan.role.json") as {
      Name: string;
      Actions: string[];
      DataActions: string[];
    };
    expect({ Name, Actions, DataActions }).toEqual({
      Name: own,
      Actions: [
        "Microsoft.Cache/redisEnterprise/databases/listKeys/action",
        "Microsoft.Resources/deployments/exportTemplate/action",
      ],
      DataActions: [],
    });
  });
});
