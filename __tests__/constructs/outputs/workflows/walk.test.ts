import { ACTIONS } from "../../../../constructs/pipelines/actions";
import {
  type Context,
  holds,
  type ParsedJob,
  type ParsedWorkflow,
  refusals,
  workflowIn,
} from "../../../support/workflows/parse";
import { FILES, PREVIEW_FILES } from "../../../support/workflows/rendered";

/* Every workflow, walked through: what must hold of each, whatever it does. */

const jobsOf = (text: string): (readonly [string, ParsedJob])[] => Object.entries(workflowIn(text).jobs);

const EXPRESSION = /\$\{\{(.*?)\}\}/gs;

/** Whoever opens a pull request writes these. */
const UNTRUSTED = /github\.(?:event\.(?!number\b|pull_request\.head\.sha\b)|head_ref)/;

const pullRequest = (from: string): Context => ({
  github: {
    event_name: "pull_request",
    ref: "refs/pull/7/merge",
    ref_name: "7/merge",
    base_ref: "develop",
    repository: "acme/orders",
    event: { pull_request: { head: { repo: { full_name: from } } } },
  },
});

/** Jobs that run in such a run: their condition holds, and what they need runs too. */
async function running(workflow: ParsedWorkflow, context: Context): Promise<(readonly [string, ParsedJob])[]> {
  const run = new Map<string, ParsedJob>();
  const ofNeeds = (): Context =>
    Object.fromEntries(
      Object.keys(workflow.jobs).map((id) => [
        id,
        { result: run.has(id) ? "success" : "skipped", outputs: { changes: "true" } },
      ]),
    );
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const always = /\b(?:always|cancelled|failure)\(\)/.test(job.if ?? "");
    if (!always && !(job.needs ?? []).every((need) => run.has(need))) continue;
    if (await holds(job.if ?? "true", { inputs: {}, ...context, needs: ofNeeds() })) run.set(id, job);
  }
  return [...run];
}

test.each([...FILES, ...PREVIEW_FILES])("%s is one that GitHub's parser takes", async (title, text) => {
  expect(await refusals(title, text)).toEqual([]);
});

test.each([
  ["an unknown key", "on: push\njobs:\n  a:\n    runs-on: x\n    step: []\n"],
  ["a need that is not there", "on: push\njobs:\n  a:\n    needs: [b]\n    runs-on: x\n    steps: [{ run: 'true' }]\n"],
  [
    "a broken expression",
    "on: push\njobs:\n  a:\n    if: ${{ (true }}\n    runs-on: x\n    steps: [{ run: 'true' }]\n",
  ],
])("the parser refuses %s", async (title, text) => {
  expect(await refusals(title, text)).not.toEqual([]);
});

describe.each([...FILES, ...PREVIEW_FILES])("%s", (_, text) => {
  const workflow = workflowIn(text);

  test("a token has no right that its job does not name, and each has its reason", () => {
    expect(workflow.permissions).toEqual({});
    for (const [id, { permissions }] of jobsOf(text)) expect([id, permissions]).toEqual([id, expect.any(Object)]);
    const rights = [
      ...text.matchAll(
        /^ {6}(?:actions|checks|contents|id-token|issues|packages|pull-requests|security-events): \w+(.*)$/gm,
      ),
    ];
    expect(rights.length).toBeGreaterThan(0);
    expect(rights.filter(([, reason]) => !/^ # to \S/.test(reason ?? ""))).toEqual([]);
  });

  test("actions are by their commit, with the tag that it has, and of the one list", () => {
    const listed = Object.values(ACTIONS).map(({ action, commit, tag }) => `${action}@${commit} # ${tag}`);
    const used = [...text.matchAll(/^ +uses: (.*)$/gm)].map(([, uses]) => uses);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((uses) => !listed.includes(uses ?? ""))).toEqual([]);
  });

  test("no expression is in a line that a shell runs, and none that somebody else writes is anywhere", () => {
    for (const [id, { steps }] of jobsOf(text)) {
      for (const { run = "" } of steps) expect([id, run]).toEqual([id, expect.not.stringContaining("${{")]);
    }
    const written = [...text.matchAll(EXPRESSION)].map(([, inner = ""]) => inner);
    expect(written.filter((inner) => UNTRUSTED.test(inner))).toEqual([]);
  });

  test("nothing runs code of a pull request with the rights of the repository", () => {
    for (const trigger of ["pull_request_target", "workflow_run", "issue_comment"]) {
      expect(workflow.on).not.toHaveProperty(trigger);
    }
  });

  test("a checkout keeps no token, a job has its time, and Bash ends at the first command that fails", () => {
    expect(workflow.defaults.run.shell).toBe("bash");
    for (const [id, { steps, "timeout-minutes": minutes }] of jobsOf(text)) {
      expect([id, minutes]).toEqual([id, expect.any(Number)]);
      for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
        expect([id, step.with?.["persist-credentials"]]).toEqual([id, false]);
      }
    }
  });

  test("a token of GitHub's is in the environment of a step that asks GitHub, and of no other", () => {
    for (const [id, job] of jobsOf(text)) {
      expect([id, job.env ?? {}]).toEqual([id, expect.not.objectContaining({ GH_TOKEN: expect.anything() })]);
      for (const step of job.steps.filter(({ env }) => env?.GH_TOKEN !== undefined)) {
        // A sweep asks GitHub by itself.
        expect([id, step.name, step.run]).toEqual([id, step.name, expect.stringMatching(/gh |goldenpath sweep /)]);
      }
    }
  });

  test("no action of this repository's own: two linters contradict each other about its name", () => {
    expect(text).not.toMatch(/uses: (?:\.|\$)/);
  });
});

describe.each(FILES)("%s", (_, text) => {
  const workflow = workflowIn(text);

  test("no secret is read but the key of who commits, in an environment of its own: whoever signs in does so by a token of GitHub's", () => {
    for (const [id, job] of jobsOf(text)) {
      const secrets = JSON.stringify(job).match(/\bsecrets\.\w+/g) ?? [];
      if (secrets.length === 0) continue;
      const name = `images-${/-(\w+)$/.exec(id)?.[1] ?? ""}`;
      expect([id, secrets, job.environment?.name.startsWith("images-")]).toEqual([
        id,
        ["secrets.IMAGES_PRIVATE_KEY"],
        true,
      ]);
      expect([id, job.environment?.name.endsWith(name.slice("images".length))]).toEqual([id, true]);
      expect([id, job.permissions]).toEqual([id, { contents: "read", actions: "write" }]);
      expect([id, job.steps[0]?.name === "See that the environment is guarded" || job.steps[0]?.id === "head"]).toEqual(
        [id, true],
      );
      // Packages that are installed beside it run nothing.
      expect([id, JSON.stringify(job).includes("npm ci --no-audit --no-fund --ignore-scripts")]).toEqual([id, true]);
    }
    expect(text).not.toMatch(/access-key|credentials_json|creds:/);
  });

  test.each([
    ["a fork", "somebody/orders", []],
    ["this repository", "acme/orders", ["id-token", "pull-requests", "checks", "attestations"]],
  ])(
    "a pull request of %s pushes nothing, and may write nothing but to sign in for a plan and to comment",
    async (_, from, allowed) => {
      for (const [id, job] of await running(workflow, pullRequest(from))) {
        const rights = Object.entries(job.permissions ?? {}).flatMap(([scope, access]) =>
          access === "write" ? [scope] : [],
        );
        expect([id, rights.filter((scope) => !allowed.includes(scope))]).toEqual([id, []]);
        for (const step of job.steps) expect([id, step.with?.push ?? false]).toEqual([id, false]);
        expect([id, job.environment]).toEqual([id, undefined]);
      }
    },
  );

  test("what may comment on a pull request runs nothing of it", () => {
    for (const [id, job] of jobsOf(text)) {
      if (job.permissions?.["pull-requests"] !== "write") continue;
      expect([id, job.permissions]).toEqual([id, { "pull-requests": "write", checks: "write" }]);
      expect([id, job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))]).toEqual([id, []]);
    }
  });

  test("what signs what was reviewed runs nothing of a pull request, and signs in nowhere", () => {
    for (const [id, job] of jobsOf(text)) {
      if (job.permissions?.attestations !== "write") continue;
      expect([id, job.permissions]).toEqual([id, { "id-token": "write", attestations: "write" }]);
      expect(job.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? [])).toEqual([
        ...["actions/download-artifact", "actions/attest"],
      ]);
    }
  });

  test("a pull request of a fork is built and tried all the same", async () => {
    const ids = (await running(workflow, pullRequest("somebody/orders"))).map(([id]) => id);
    expect(ids).toEqual(
      "check" in workflow.jobs
        ? ["check", expect.stringMatching(/^compare-/)]
        : [
            ...["test-backend", "test-frontend", "test-notifications", "integration"],
            ...["try-backend", "try-frontend", "try-notifications"],
          ],
    );
  });

  test.each([
    ["a fork", "somebody/orders", "somebody"],
    ["GitHub's bot", "acme/orders", "dependabot[bot]"],
  ])("a pull request of %s is compared on a machine of GitHub's, and planned by nobody", async (_, from, login) => {
    const context = pullRequest(from);
    const { event } = context.github as { event: { pull_request: object } };
    const github = {
      ...(context.github as object),
      event: { pull_request: { ...event.pull_request, user: { login } } },
    };
    const jobs = await running(workflow, { github });
    const stacks = jobs.filter(([id]) => /^(?:try|compare)-/.test(id) && "check" in workflow.jobs);
    expect(stacks.map(([id]) => id)).toEqual("check" in workflow.jobs ? [expect.stringMatching(/^compare-/)] : []);
    for (const [id, job] of stacks) {
      // What it runs is theirs: a token that reads the code, no key, no environment, no machine of one's own.
      expect([id, job.permissions, job.environment, job["runs-on"]]).toEqual([
        ...[id, { contents: "read" }, undefined, "ubuntu-24.04"],
      ]);
      expect([id, JSON.stringify(job)]).toEqual([
        id,
        expect.not.stringMatching(/secrets\.|github\.token|GH_TOKEN|\bgh /),
      ]);
    }
  });

  test("a pull request of this repository is planned, and not compared", async () => {
    const ids = (await running(workflow, pullRequest("acme/orders"))).map(([id]) => id);
    expect(ids.filter((id) => id.startsWith("compare-"))).toEqual([]);
    if ("check" in workflow.jobs) expect(ids).toContainEqual(expect.stringMatching(/^try-/));
  });

  test("who is whom in a cloud says the environment, which GitHub asks its reviewers for, or who can read alone", () => {
    for (const [id, job] of jobsOf(text)) {
      if (job.permissions?.["id-token"] !== "write") continue;
      const reads = /^(?:plan|try|drift|attest)-/.test(id);
      expect([id, job.environment !== undefined]).toEqual([id, !reads]);
      if (reads)
        expect([id, JSON.stringify(job)]).toEqual([
          id,
          expect.not.stringMatching(/pipeline[.-](?:apply|deploy)|(?:APPLY|DEPLOY)_CLIENT_ID/),
        ]);
    }
  });

  test("what changes an environment is never ended half-way, and waits for its turn", () => {
    // What commits asks for the branch as it was looked at, and needs no turn.
    const changing = jobsOf(text).filter(
      ([id, job]) => /^(?:deploy|apply)-/.test(id) && job.environment?.name.startsWith("images-") !== true,
    );
    for (const [id, { concurrency }] of changing) {
      expect([id, concurrency]).toEqual([id, { group: expect.any(String), "cancel-in-progress": false }]);
    }
  });
});
