import { spawnSync } from "node:child_process";
import type { Policy } from "../../../constructs/clouds/aws/pipelines/policy";
import type { AwsTrust } from "../../../constructs/clouds/aws/pipelines/trust";
import type { AzureIdentity } from "../../../constructs/clouds/azure/pipelines/rights";
import type { GoogleIdentity, GoogleProvider } from "../../../constructs/clouds/google/pipelines/rights";
import { GOOGLE_APPLICATION, GOOGLE_PREVIEW_ROLES } from "../../../constructs/clouds/google/pipelines/roles";
import type { PipelineIdentity } from "../../../constructs/pipelines/identity";
import { allows } from "../../support/iam-policy";
import { Bench } from "../../support/make-bench";
import { previewIn, stackOf } from "../../support/previews";
import { REPOSITORY, type Told, told } from "../../support/rights";
import { awsAllows, azureAllows, googleAllows, type Token, token } from "../../support/token-trust";
import { workflowIn } from "../../support/workflows/parse";
import { ALL, PREVIEW, SWEEP } from "../../support/workflows/rendered";

/* Who deploys and sweeps previews: whom each cloud lets in as them, and what they may. */

const NAMES = ["staging", "gke-staging", "aks-staging"] as const;
const FORK = { owner: "somebody", ownerId: 77, name: "Orders-API", id: 88 };
const AUDIENCES: Readonly<Record<string, string>> = {
  "gke-staging": "//iam.googleapis.com/x",
  "aks-staging": "api://AzureADTokenExchange",
};

const parsed = ({ files }: Told, file: string): unknown => JSON.parse(files[file] ?? "{}");

function may(of: Told, identity: PipelineIdentity, given: Token): boolean {
  if (of.files[`${identity}.trust.json`] !== undefined)
    return awsAllows(parsed(of, `${identity}.trust.json`) as AwsTrust, given);
  if (of.files["provider.json"] === undefined)
    return azureAllows((parsed(of, `${identity}.json`) as AzureIdentity).credentials, given);
  const { attributeCondition: condition } = parsed(of, "provider.json") as GoogleProvider;
  const { subjects } = parsed(of, `${identity}.json`) as GoogleIdentity;
  return googleAllows({ condition, members: subjects.map((one) => `principal://x/subject/${one}`) }, given);
}

describe.each(NAMES)("%s", (environment) => {
  let of: Told;
  beforeAll(async () => {
    of = await told({ environment, release: "helm", previews: true });
  });

  const all = (given: Token): string[] =>
    of.identities.map(({ identity }) => identity).filter((identity) => may(of, identity, given));
  const tokenOf = (claim: string, ref: string, repository: typeof FORK = REPOSITORY): Token =>
    token(repository, "ids", claim, AUDIENCES[environment] ?? "sts.amazonaws.com", ref);
  const PULL = "refs/pull/7/merge";

  test("they are made where the workflows deploy previews, and not without", async () => {
    expect(of.identities.map(({ identity }) => identity)).toEqual(["plan", "apply", "deploy", "preview", "sweep"]);
    const without = await told({ environment, release: "helm" });
    expect(without.identities.map(({ identity }) => identity)).toEqual(["plan", "apply", "deploy"]);
    expect(without.limits.filter((limit) => limit.includes("preview"))).toEqual([]);
    expect(of.limits.filter((limit) => limit.includes("preview")).length).toBeGreaterThan(0);
  });

  test("a job of a preview is who deploys previews and nobody else, on whatever ref it is", () => {
    expect(all(tokenOf(`environment:preview-${environment}`, PULL))).toEqual(["preview"]);
    expect(all(tokenOf(`environment:preview-${environment}`, "refs/heads/develop"))).toEqual(["preview"]);
  });

  test("a pull request outside of that environment, another branch and a fork are nobody of previews", () => {
    expect(all(tokenOf("pull_request", PULL))).toEqual(["plan"]);
    expect(all(tokenOf("ref:refs/heads/feature", "refs/heads/feature"))).toEqual([]);
    expect(all(tokenOf(`environment:preview-${environment}-eu`, PULL))).toEqual([]);
    for (const claim of ["pull_request", "ref:refs/heads/develop", `environment:preview-${environment}`]) {
      expect(all(tokenOf(claim, PULL, FORK))).toEqual([]);
    }
  });

  test("a sweep is on a branch that something is deployed from", () => {
    for (const branch of ["develop", "main"]) {
      expect(all(tokenOf(`ref:refs/heads/${branch}`, `refs/heads/${branch}`))).toEqual(["plan", "sweep"]);
    }
  });

  test("nothing that says who is let in has a wildcard", () => {
    for (const [file, text] of Object.entries(of.files)) {
      if (!/^(?:preview|sweep)\.(?:trust\.)?json$|provider/.test(file)) continue;
      expect([file, text.match(/repo:[^"]*[*?]|principalSet|StringLike/)]).toEqual([file, null]);
    }
  });

  test("the workflows sign in as what is made", () => {
    const kind = environment === "staging" ? "previews" : "previews elsewhere";
    const script = of.files["make.sh"] ?? "";
    for (const [identity, file] of [
      ["preview", PREVIEW],
      ["sweep", SWEEP],
    ] as const) {
      const name = of.identities.find((one) => one.identity === identity)?.name ?? "";
      const variable = `${environment.replaceAll("-", "_").toUpperCase()}_${identity.toUpperCase()}_CLIENT_ID`;
      const called = script.includes(variable) ? `\${{ vars.${variable} }}` : name;
      const steps = Object.values(workflowIn(ALL[kind][file] ?? "").jobs).flatMap((job) => job.steps);
      const asked = steps.map(({ with: given = {} }) =>
        String(given["role-to-assume"] ?? given.service_account ?? given["client-id"] ?? ""),
      );
      expect([identity, asked]).toEqual([identity, expect.arrayContaining([called])]);
    }
  });

  test("shellcheck has nothing against make.sh", async () => {
    const bench = await Bench.of(environment, true);
    const { stdout, status } = spawnSync("shellcheck", [bench.script], { encoding: "utf8" });
    bench.remove();
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  });

  test("stacks of previews make nothing of the cloud, and what they read is known", () => {
    const { resource, data } = stackOf(previewIn(environment)) as {
      readonly resource: object;
      readonly data: object;
    };
    const types = (block: object): string[] =>
      Object.keys(block)
        .filter((type) => /^(?:aws|google|azurerm)_/.test(type))
        .sort();
    expect(types(resource)).toEqual([]);
    expect(types(data)).toEqual(
      {
        staging: ["aws_eks_cluster", "aws_subnets"],
        "gke-staging": ["google_compute_network", "google_container_cluster", "google_project"],
        "aks-staging": ["azurerm_kubernetes_cluster"],
      }[environment],
    );
    if (environment === "gke-staging") {
      const roles = types(data).flatMap((type) => GOOGLE_APPLICATION[type]?.plan ?? []);
      expect([...GOOGLE_PREVIEW_ROLES].sort()).toEqual([...new Set(roles)].sort());
    }
  });
});

describe("on AWS", () => {
  const bucket = "arn:aws:s3:::staging-tfstate-111111111111";
  const cluster = "arn:aws:eks:eu-central-1:111111111111:cluster/staging";
  let of: Told;
  beforeAll(async () => {
    of = await told({ environment: "staging", previews: true });
  });
  const can = (identity: string, action: string, resource: string, context: Readonly<Record<string, string>> = {}) =>
    allows([parsed(of, `${identity}.policy.json`) as Policy], { action, resource, context });

  test("a preview reads and writes states of previews, and no other", () => {
    for (const action of ["s3:GetObject", "s3:PutObject"]) {
      expect(can("preview", action, `${bucket}/previews/my-app-pr-7.tfstate`)).toBe(true);
      for (const state of ["staging", "staging-platform", "state-staging"]) {
        expect([action, state, can("preview", action, `${bucket}/${state}.tfstate`)]).toEqual([action, state, false]);
      }
    }
    expect(can("preview", "s3:DeleteObject", `${bucket}/previews/my-app-pr-7.tfstate.tflock`)).toBe(true);
    expect(can("preview", "s3:DeleteObject", `${bucket}/previews/my-app-pr-7.tfstate`)).toBe(false);
    expect(can("preview", "s3:DeleteObjectVersion", `${bucket}/previews/my-app-pr-7.tfstate`)).toBe(false);
    expect([can("preview", "eks:DescribeCluster", cluster), can("preview", "ec2:DescribeSubnets", "*")]).toEqual([
      true,
      true,
    ]);
    expect(
      can(
        "preview",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:eu-central-1:111111111111:secret:staging/x",
      ),
    ).toBe(false);
  });

  test("a sweep lists and deletes them, and reads none", () => {
    expect(can("sweep", "s3:ListBucketVersions", bucket, { "s3:prefix": "previews/" })).toBe(true);
    expect(can("sweep", "s3:ListBucketVersions", bucket, { "s3:prefix": "" })).toBe(false);
    expect(can("sweep", "s3:DeleteObjectVersion", `${bucket}/previews/my-app-pr-7.tfstate`)).toBe(true);
    expect(can("sweep", "s3:DeleteObjectVersion", `${bucket}/staging.tfstate`)).toBe(false);
    expect(can("sweep", "s3:GetObject", `${bucket}/previews/my-app-pr-7.tfstate`)).toBe(false);
  });
});

describe("on Google Cloud", () => {
  const EXPRESSION =
    'resource.name.startsWith("projects/_/buckets/gke-staging-tfstate-goldenpath-staging/objects/previews/") || ' +
    'api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("previews/")';

  test("both reach what is below the folder of previews alone", async () => {
    const of = await told({ environment: "gke-staging", previews: true });
    expect(parsed(of, "previews.condition.json")).toEqual({ title: "previews", expression: EXPRESSION });
    for (const identity of ["preview", "sweep"]) {
      expect(parsed(of, `${identity}.json`)).toMatchObject({
        bucketRoles: ["roles/storage.objectUser"],
        bucketCondition: EXPRESSION,
      });
    }
  });

  test("who has the role without that condition is told of, and --replace narrows it", async () => {
    const bench = await Bench.of("gke-staging", true);
    expect(bench.make(["--look"])).toMatchObject({ status: 3, changes: [] });
    expect(bench.make()).toMatchObject({ status: 0, stderr: "" });
    expect(bench.make()).toMatchObject({
      status: 0,
      changes: [],
      stdout: expect.stringMatching(/^everything is there/),
    });
    const made = bench.there as { members: Record<string, { bindings: { role: string; condition?: unknown }[] }> };
    for (const { bindings } of Object.values(made.members)) for (const one of bindings) delete one.condition;
    bench.there = made;
    const looked = bench.make([]);
    const replaced = bench.make(["--replace"]);
    const again = bench.make(["--look"]);
    bench.remove();
    expect([looked.status, looked.changes]).toEqual([1, []]);
    expect(looked.stdout).toMatch(/another: the bucket of the state: roles\/storage\.objectUser/);
    expect(replaced.status).toBe(0);
    expect([again.status, again.stdout]).toEqual([0, "0 to make, 0 another one\n"]);
  });
});
