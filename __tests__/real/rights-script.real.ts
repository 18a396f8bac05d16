import { Bench, sorted, type State } from "../support/make-bench";
import { NAMES } from "../support/rights";

/*
 * make.sh of every reference environment, run by Bash with jq; the clouds' programs are stand-ins that keep what is there. Nothing of it
 * was run in an account.
 */

let bench: Bench;
/** What is there once everything was made. */
let made: State;

/** Reaches into what is there: `roles.x.trust`. */
function at(state: State, ...path: readonly string[]): never {
  return path.reduce<unknown>((value, key) => (value as State)[key], state) as never;
}

const list = (state: State, ...path: readonly string[]): unknown[] => at(state, ...path);
const fields = (state: State, ...path: readonly string[]): State => at(state, ...path);

/** Changes what is there, behind the script's back. */
function meddle(how: (state: State) => void): void {
  const state = structuredClone(made);
  how(state);
  bench.there = state;
}

const PLAN = "gke-staging-pipeline-plan@goldenpath-staging.iam.gserviceaccount.com";
const DEPLOY = PLAN.replace("plan@", "deploy@");
const PROJECT = ["members", "goldenpath-staging", "bindings"] as const;

type Meddling = readonly [what: string, how: (state: State) => void, says: RegExp];

/** What somebody has made of what is there, and what the script says of it. */
const WIDER: Readonly<Record<(typeof NAMES)[number], readonly Meddling[]>> = {
  production: [],
  staging: [
    [
      "a trust",
      (state) =>
        Object.assign(fields(state, "roles", "pipeline.staging.apply", "trust", "Statement", "0"), { Condition: {} }),
      /apply trusts others/,
    ],
    [
      "a session",
      (state) => Object.assign(fields(state, "roles", "pipeline.staging.plan"), { seconds: 43_200 }),
      /another longest session/,
    ],
    [
      "rights",
      (state) =>
        Object.assign(fields(state, "roles", "pipeline.staging.plan", "policies", "rights", "Statement", "0"), {
          Action: ["*"],
        }),
      /plan has other rights/,
    ],
    [
      "a policy beside",
      (state) => Object.assign(fields(state, "roles", "pipeline.staging.plan", "policies"), { more: {} }),
      /has the policy more, too/,
    ],
    [
      "an attached policy",
      (state) =>
        list(state, "roles", "pipeline.staging.plan", "attached").push("arn:aws:iam::aws:policy/AdministratorAccess"),
      /AdministratorAccess, too/,
    ],
    [
      "a boundary",
      (state) =>
        Object.assign(fields(state, "policies"), {
          "arn:aws:iam::111111111111:policy/goldenpath-boundary": { Statement: [] },
        }),
      /is not boundary\.json/,
    ],
    [
      "a provider for others",
      (state) => Object.assign(fields(state, "provider"), { ClientIDList: [] }),
      /is not for sts/,
    ],
  ],
  "gke-staging": [
    [
      "whom the pool lets in",
      (state) => Object.assign(fields(state, "providers", "0"), { attributeCondition: "true" }),
      /lets in others/,
    ],
    [
      "permissions",
      (state) => list(state, "roles", "0", "includedPermissions").push("storage.objects.delete"),
      /other permissions/,
    ],
    ["a key", (state) => list(state, "keys").push("0123abcd"), /has the key 0123abcd/],
    [
      "whoever may be it",
      (state) =>
        list(state, "members", PLAN, "bindings").push({
          role: "roles/iam.serviceAccountTokenCreator",
          members: ["user:mallory@example.com"],
        }),
      /TokenCreator user:mallory/,
    ],
    [
      "a subject",
      (state) =>
        list(state, "members", PLAN, "bindings", "0", "members").push(
          "principal://x/subject/repo:mallory/orders:pull_request",
        ),
      /repo:mallory/,
    ],
    [
      "a role",
      (state) => list(state, ...PROJECT).push({ role: "roles/editor", members: [`serviceAccount:${PLAN}`] }),
      /the project: roles\/editor/,
    ],
    [
      "a role for now",
      (state) =>
        list(state, ...PROJECT).push({
          role: "roles/owner",
          members: [`serviceAccount:${DEPLOY}`],
          condition: { title: "now" },
        }),
      /roles\/owner .* under a condition/,
    ],
    [
      "the other cluster role",
      (state) => list(state, ...PROJECT).push({ role: "roles/container.admin", members: [`serviceAccount:${PLAN}`] }),
      /roles\/container\.admin serviceAccount:gke-staging-pipeline-plan/,
    ],
  ],
  "aks-staging": [
    [
      "a credential",
      (state) =>
        list(state, "identities", "aks-staging-pipeline-apply", "credentials").push({
          name: "mine",
          issuer: "https://token.actions.githubusercontent.com",
          subject: "repo:mallory/orders:environment:aks-staging",
          audiences: ["api://AzureADTokenExchange"],
        }),
      /trusts by the credential mine, too/,
    ],
    [
      "a role",
      (state) => list(state, "definitions", "0", "permissions", "0", "actions").push("*"),
      /is not plan\.role\.json/,
    ],
    [
      "an assignment",
      (state) =>
        list(state, "assignments").push({
          id: "/a/9",
          principalId: fields(state, "identities", "aks-staging-pipeline-plan").principalId,
          roleDefinitionName: "Owner",
          scope: "/subscriptions/11111111-1111-4111-8111-111111111111",
        }),
      /another role on the subscription/,
    ],
  ],
};

describe.each(NAMES)("%s", (environment) => {
  beforeAll(async () => {
    bench = await Bench.of(environment);
  });
  afterAll(() => {
    bench.remove();
  });

  test("a look makes nothing; a run makes everything, and another one nothing", () => {
    expect(bench.make(["--look"])).toMatchObject({ status: 3, stderr: "", changes: [] });
    const first = bench.make();
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.changes.join("\n")).toMatchSnapshot();
    made = bench.there;
    for (const args of [[], ["--replace"], ["--look"]]) {
      expect(bench.make(args)).toMatchObject({ status: 0, stderr: "", changes: [] });
      expect(bench.there).toEqual(made);
    }
  });

  test.each([[["--force"]], [["--look", "--keep"]]])("%p is refused", (args) => {
    expect(bench.make(args)).toMatchObject({ status: 2, stdout: "", changes: [] });
  });

  test("whoever may not look makes nothing", () => {
    const looks = { "gke-staging": "iam workload-identity-pools list", "aks-staging": "identity show" };
    meddle((state) => {
      state.refuses = environment in looks ? looks[environment as keyof typeof looks] : "iam get-role";
    });
    const refused = bench.make(["--replace"]);
    expect(refused.status).not.toBe(0);
    expect(refused).toMatchObject({ stderr: expect.stringContaining("not you") as string, changes: [] });
  });

  const wider = WIDER[environment];
  if (wider.length === 0) return;

  test("what is wider than the documents is told at once, stays where it is kept, and goes where it is replaced", () => {
    meddle((state) => {
      for (const [, how] of wider) how(state);
    });
    const before = bench.there;
    const stopped = bench.make();
    expect(stopped).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("nothing was made") as string,
      changes: [],
    });
    for (const [what, , says] of wider) expect([what, says.test(stopped.stdout)]).toEqual([what, true]);
    expect(bench.make(["--look"])).toMatchObject({ status: 3, changes: [] });
    expect(bench.make(["--keep"])).toMatchObject({ status: 0, changes: [] });
    expect(bench.there).toEqual(before);
    expect(bench.make(["--replace"])).toMatchObject({ status: 0, stderr: "" });
    expect(sorted(bench.there)).toEqual(sorted(made));
    expect(bench.make(["--look"]).status).toBe(0);
  });
});

describe("AWS and Azure", () => {
  test.each(["staging", "aks-staging"])("%s: somebody signed in elsewhere makes nothing", async (environment) => {
    const one = await Bench.of(environment);
    const elsewhere = one.make([], "nowhere");
    one.remove();
    expect(elsewhere).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("sign in to ") as string,
      changes: [],
    });
  });
});

describe("Google Cloud", () => {
  beforeAll(async () => {
    bench = await Bench.of("gke-staging");
    bench.make();
    made = bench.there;
  });
  afterAll(() => {
    bench.remove();
  });

  test("without an API nothing can be looked at, and it says which", () => {
    meddle((state) => (state.services = ["iam.googleapis.com"]));
    expect(bench.make()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^cloudresourcemanager\.\S+: is off/) as string,
      changes: [],
    });
  });

  test("what the environment's own stack gives whoever is in its access is no other right", () => {
    meddle((state) => {
      list(state, ...PROJECT).push(
        { role: "roles/container.viewer", members: [`serviceAccount:${PLAN}`] },
        {
          role: "projects/goldenpath-staging/roles/gke_staging_kubernetes_secrets_0a1b2c",
          members: [`serviceAccount:${PLAN}`],
        },
        { role: "roles/container.admin", members: [`serviceAccount:${DEPLOY}`] },
      );
    });
    expect(bench.make()).toMatchObject({ status: 0, changes: [] });
  });

  const LOOKED_AT: readonly Meddling[] = [
    ["a deleted pool", (state) => (fields(state, "pools", "0").state = "DELETED"), /the pool github was deleted/],
    [
      "a provider that is off",
      (state) => (fields(state, "providers", "0").disabled = true),
      /the provider github was deleted or switched off/,
    ],
    [
      "a second provider",
      (state) => list(state, "providers").push({ name: "x/providers/gitlab", state: "ACTIVE" }),
      /another provider/,
    ],
    [
      "a deleted role",
      (state) => (fields(state, "roles", "0").deleted = true),
      /the role goldenpath\.plan was deleted/,
    ],
    ["an account that is off", (state) => (fields(state, "accounts", "1").disabled = true), /is switched off/],
  ];

  test.each(LOOKED_AT)("%s stops it, whatever is given", (_, how, says) => {
    meddle(how);
    expect(bench.make(["--replace"])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(says) as string,
      changes: [],
    });
  });
});

test("on Azure keys are given in groups that are there, and in the others by a later run", async () => {
  const one = await Bench.of("aks-staging");
  const first = one.make();
  expect(first.stdout).toContain(
    "later: /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/aks-staging.my-app is not there",
  );
  expect(first.stdout).toContain(
    "write down: gh variable set AKS_STAGING_PLAN_CLIENT_ID --repo Acme/Orders-API --body c",
  );
  expect(first.stdout).toMatch(/write down: access\.planners of aks-staging has "a{8}-/);
  const state = one.there;
  list(state, "groups").push("aks-staging", "aks-staging.my-app");
  one.there = state;
  const second = one.make();
  const third = one.make();
  one.remove();
  expect(second.status).toBe(0);
  expect(second.changes.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
    "role assignment create",
    "role assignment create",
  ]);
  expect(third.changes).toEqual([]);
});
