import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Context, holds, type ParsedJob, workflowIn } from "../../../support/workflows/parse";
import { ALL, INFRASTRUCTURE } from "../../../support/workflows/rendered";
import { type Programs, type Ran, runStep, stepOf } from "../../../support/workflows/run-step";
import { changeJson, planJson } from "../../plan/plans";

/* Jobs of stacks: in which order, who decides, and what their steps do with plans that the program itself reads. */

const BIN = join(__dirname, "..", "..", "..", "..", "cli", "goldenpath.mjs");
const workflow = workflowIn(ALL.terraform[INFRASTRUCTURE] ?? "");

const jobOf = (id: string): ParsedJob => {
  const job = workflow.jobs[id];
  if (job === undefined) throw new Error(`no job ${id}`);
  return job;
};

const root = mkdtempSync(join(tmpdir(), "goldenpath-infrastructure-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A runner's folder for what is temporary, with files. */
function temporary(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(root, "temp-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const plan = (storage: number): string => planJson([changeJson({ before: { storage: 20 }, after: { storage } })]);

/** An engine that plans this, and the program's own command. */
const programs = (text: string, exit = 2): Programs => ({
  tofu: `case "$2" in init) ;; plan) exit ${exit} ;; show) cat <<'PLAN'\n${text}\nPLAN\n;; esac`,
  npx: `shift 2; exec "${process.execPath}" "${BIN}" "$@"`,
});

const context: Context = {
  github: {
    token: "a-token",
    event_name: "push",
    server_url: "https://github.example.com",
    repository: "acme/orders",
    sha: "aaa",
  },
  steps: { synthesized: { outputs: { name: "reviewed-staging-abc" } } },
};

function ran(
  id: string,
  name: string,
  more: { programs: Programs; temp?: string; context?: Context; env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const temp = more.temp ?? temporary();
  return runStep(jobOf(id), name, {
    context: more.context ?? context,
    programs: more.programs,
    env: {
      HOME: root,
      RUNNER_TEMP: temp,
      GITHUB_STEP_SUMMARY: join(temp, "summary.md"),
      GITHUB_REPOSITORY: "acme/orders",
      GITHUB_SHA: "aaa",
      ...more.env,
    },
  });
}

/** What a step writes when it has planned this. */
async function reviewed(text: string): Promise<string> {
  const temp = temporary();
  expect(await ran("plan-staging", "Plan staging", { programs: programs(text), temp })).toMatchObject({ status: 0 });
  return temp;
}

describe("the order of stacks", () => {
  const github = { ref: "refs/heads/develop", event_name: "push" };
  const results = (all: Readonly<Record<string, string>>): Context =>
    Object.fromEntries(Object.entries(all).map(([id, result]) => [id, { result, outputs: {} }]));

  test("each stack is planned once that before it is as it should be, and no other is in between", () => {
    expect(Object.keys(workflow.jobs).filter((id) => /^(?:plan|apply)-staging/.test(id))).toEqual([
      ...["plan-staging-cluster", "apply-staging-cluster", "plan-staging-platform"],
      ...["apply-staging-platform", "plan-staging", "apply-staging"],
    ]);
    expect(jobOf("plan-staging-platform").needs).toEqual(["plan-staging-cluster", "apply-staging-cluster"]);
    expect(jobOf("plan-staging").needs).toEqual(["plan-staging-platform", "apply-staging-platform"]);
  });

  test.each([
    ["was applied", "success", "success", true],
    ["had nothing to change", "success", "skipped", true],
    ["failed in its apply: the third is not touched", "success", "failure", false],
    ["could not be planned", "failure", "skipped", false],
    ["was refused by its reviewers", "success", "failure", false],
  ])("the third is planned or not where the second %s", async (_, planned, applied, expected) => {
    const needs = results({ "plan-staging-platform": planned, "apply-staging-platform": applied });
    expect(await holds(jobOf("plan-staging").if ?? "", { github, needs, inputs: {} })).toBe(expected);
  });

  test.each([
    ["a push to its branch", { ref: "refs/heads/develop", event_name: "push" }, {}, true],
    ["a push to another", { ref: "refs/heads/main", event_name: "push" }, {}, false],
    [
      "a start by hand for it",
      { ref: "refs/heads/develop", event_name: "workflow_dispatch" },
      { environment: "staging" },
      true,
    ],
    [
      "one for another environment",
      { ref: "refs/heads/develop", event_name: "workflow_dispatch" },
      { environment: "production" },
      false,
    ],
    [
      "one from another branch",
      { ref: "refs/heads/main", event_name: "workflow_dispatch" },
      { environment: "staging" },
      false,
    ],
    ["the clock", { ref: "refs/heads/develop", event_name: "schedule" }, {}, false],
    ["a pull request", { ref: "refs/pull/7/merge", event_name: "pull_request" }, {}, false],
  ])("%s begins with the first stack, or does not", async (_, begun, inputs, expected) => {
    expect(await holds(jobOf("plan-staging-cluster").if ?? "", { github: begun, inputs, needs: {} })).toBe(expected);
  });

  test("an apply is for changes alone, and asks the environment's reviewers", async () => {
    const job = jobOf("apply-production-cluster");
    expect(job.environment?.name).toBe("production");
    expect(job["runs-on"]).toEqual(["self-hosted", "production"]);
    for (const changes of ["true", "false", ""]) {
      const needs = { "plan-production-cluster": { outputs: { changes } } };
      expect(await holds(job.if ?? "", { needs })).toBe(changes === "true");
    }
  });
});

describe("a plan", () => {
  test.each([
    [2, "true"],
    [0, "false"],
  ])("with exit code %d of the engine: there are changes or not", async (exit, changes) => {
    const result = await ran("plan-staging", "Plan staging", { programs: programs(plan(30), exit) });
    expect([result.status, result.outputs]).toEqual([0, { changes }]);
    // Who may only read takes no lock.
    expect(result.calls.filter((call) => call.includes("\tplan\t"))).toEqual([expect.stringContaining("-lock=false")]);
  });

  test("that fails is no plan without changes", async () => {
    expect(await ran("plan-staging", "Plan staging", { programs: programs(plan(30), 1) })).toMatchObject({
      status: 1,
      outputs: {},
    });
  });

  test("of a stack whose cluster was never applied is left for later, and its job goes on", async () => {
    const never = {
      ...programs(plan(30)),
      tofu: `case "$2" in show) echo '{"format_version":"1.0"}' ;; plan) exit 1 ;; esac`,
    };
    const job = jobOf("try-staging");
    const step = job.steps.find(({ name }) => name === "Plan staging-platform");
    expect(step?.env?.BEFORE).toBe("staging-cluster");
    expect(await ran("try-staging", "Plan staging-platform", { programs: never })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("staging-cluster was never applied"),
    });
  });

  test("is kept as what was reviewed, and its JSON with values stays on the machine", () => {
    for (const job of Object.values(workflow.jobs)) {
      for (const { uses, with: inputs } of job.steps.filter(({ uses }) => uses?.includes("upload-artifact"))) {
        expect([uses, inputs?.path]).toEqual([
          uses,
          expect.stringMatching(/^\$\{\{ format\('\{0\}\/re(?:viewed|port)/),
        ]);
      }
    }
  });
});

describe("what was reviewed", () => {
  const found = (run: string, file: string | undefined): Programs => ({
    ...programs(plan(30)),
    gh: `case "$1" in api) echo "${run}" ;; run) mkdir -p "$RUNNER_TEMP/before"${file === undefined ? "" : ` && cp "${file}" "$RUNNER_TEMP/before/staging.json"`} ;; esac`,
  });
  const compare = async (now: string, before: string | undefined, event = "push"): Promise<Ran> => {
    const file = before === undefined ? undefined : join(await reviewed(before), "reviewed/staging.json");
    return ran("plan-staging", "Compare with what was reviewed", {
      programs: found(before === undefined ? "" : "77", file),
      temp: temporary({ "staging.json": now }),
      context: { ...context, github: { token: "a-token", event_name: event } },
    });
  };

  test("is the same: it goes on", async () => {
    expect(await compare(plan(30), plan(30))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("it is what was planned"),
    });
  });

  test("is another, as the world has moved: it stops and says what moved", async () => {
    expect(await compare(plan(40), plan(30))).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("not what was planned for the pull request"),
      stderr: expect.stringContaining("storage"),
    });
  });

  test("is another, and somebody has started it by hand: it goes on, to whoever approves", async () => {
    expect(await compare(plan(40), plan(30), "workflow_dispatch")).toMatchObject({ status: 0 });
  });

  test("is nowhere, as of two pull requests that were merged in a row: it says so", async () => {
    expect(await compare(plan(40), undefined)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("nobody has seen"),
    });
  });

  test("is nothing that a fork has left", () => {
    const { run = "" } = stepOf(jobOf("plan-staging"), "Compare with what was reviewed");
    expect(run).toContain(".workflow_run.head_repository_id == .workflow_run.repository_id");
  });
});

describe("the report of a pull request", () => {
  const report = (temp: string): Promise<Ran> =>
    ran("try-staging", "Report what would happen", { programs: programs(plan(30)), temp });

  test("is of every stack that could be planned, and where people look at the run", async () => {
    const temp = temporary({ "staging.json": plan(30), "staging-cluster.json": planJson([]) });
    const { status, calls } = await report(temp);
    expect(status).toBe(0);
    expect(calls.join()).toContain("staging-cluster.json\t");
    expect(calls.join()).not.toContain("staging-platform.json");
    const text = readFileSync(join(temp, "report/report.md"), "utf8");
    expect(text).toContain("storage");
    expect(readFileSync(join(temp, "summary.md"), "utf8")).toBe(text);
  });

  test("stops at a risk that nobody has answered for, and is there all the same", async () => {
    const lost = planJson([changeJson({ actions: ["delete"], before: { storage: 20, id: "a" }, after: null })]);
    const temp = temporary({ "staging.json": lost });
    expect(await report(temp)).toMatchObject({ status: 1 });
    expect(readFileSync(join(temp, "report/report.md"), "utf8")).not.toBe("");
  });

  const comment = (existing: string): Promise<Ran> =>
    ran("comment-staging", "Keep the comment", {
      programs: { gh: `case "$2" in --paginate) echo '${existing}' ;; esac` },
      temp: temporary({ "report/report.md": "<!-- goldenpath report -->\n# Report\n" }),
      context: { github: { token: "t", event: { number: "7" } } },
    });
  const MARK = "<!-- goldenpath staging -->";

  test.each([
    [
      "edited where it is there",
      [{ id: 5, user: { type: "Bot" }, body: `${MARK}\n# Old` }],
      "repos/acme/orders/issues/comments/5",
    ],
    ["made where there is none", [], "repos/acme/orders/issues/7/comments"],
    ["never somebody else's", [{ id: 5, user: { type: "User" }, body: MARK }], "repos/acme/orders/issues/7/comments"],
  ])("is a comment that is %s", async (_, existing, address) => {
    const { status, calls } = await comment(JSON.stringify(existing).replaceAll("\\n", ""));
    expect([status, calls.at(-1)?.split("\t")[4]]).toEqual([0, address]);
  });
});

describe("an apply", () => {
  const apply = async (now: string, before: string): Promise<Ran> =>
    ran("apply-staging", "Apply staging", { programs: programs(now), temp: await reviewed(before) });
  const applied = ({ calls }: Ran): string[] => calls.filter((call) => call.includes("\tapply\t"));

  test("is of the plan that was made anew, with the lock, where it does what was planned", async () => {
    const result = await apply(plan(30), plan(30));
    expect([result.status, applied(result)]).toEqual([
      0,
      [expect.stringMatching(/\tapply\t-input=false\t.*staging\.bin$/)],
    ]);
    expect(result.calls.filter((call) => call.includes("\tplan\t"))).toEqual([
      expect.not.stringContaining("-lock=false"),
    ]);
  });

  test("is refused where it does something else, with what moved and what to do", async () => {
    const result = await apply(plan(40), plan(30));
    expect([result.status, applied(result)]).toEqual([1, []]);
    expect(result.stdout).toContain("run all jobs again");
    expect(result.stderr).toContain("storage");
  });
});

describe("the way back", () => {
  const gh = (message: string, newest = "aaa"): string =>
    `case "$2" in
       */commits*) echo '${JSON.stringify([
         { sha: newest, commit: { message } },
         { sha: "000", commit: { message: "before" } },
       ])}' ;;
       *ref=000) printf 'eyJi\\nIn0=\\n' ;;
       *ref=develop) echo blob ;;
     esac`;
  const STEP = "Commit the images of before, and apply them";
  const back = (message: string, newest?: string): Promise<Ran> =>
    ran("roll-back-staging", STEP, { programs: { gh: gh(message, newest) } });

  test("commits the images that were there before, and starts the workflow with them", async () => {
    const { status, calls } = await back("Images of staging, built of aaa");
    expect(status).toBe(0);
    expect(calls.slice(-2).map((call) => call.split("\t"))).toEqual([
      expect.arrayContaining([
        "PUT",
        "repos/acme/orders/contents/environments/images/staging.json",
        "content=eyJiIn0=",
        "sha=blob",
        "branch=develop",
      ]),
      [
        "gh",
        "workflow",
        "run",
        "infrastructure.yml",
        "--repo",
        "acme/orders",
        "--ref",
        "develop",
        "--raw-field",
        "environment=staging",
      ],
    ]);
  });

  test.each([
    [
      "what it went back to does not work either",
      "Back to the images before in staging, as those of 000 do not work",
      "aaa",
    ],
    ["the commit has changed no image", "Images of staging, built of bbb", "bbb"],
  ])("is not taken where %s", async (_, message, newest) => {
    const { status, calls } = await back(message, newest);
    expect([status, calls.filter((call) => call.includes("PUT"))]).toEqual([1, []]);
  });

  test.each([
    ["the apply failed", "failure", "skipped", true],
    ["the smoke test failed", "success", "failure", true],
    ["all is well", "success", "success", false],
    ["there was nothing to apply", "skipped", "skipped", false],
  ])("is for when %s", async (_, apply, smoke, expected) => {
    const needs = { "apply-staging": { result: apply }, "smoke-staging": { result: smoke } };
    expect(await holds(jobOf("roll-back-staging").if ?? "", { needs })).toBe(expected);
  });
});

describe("drift", () => {
  const gh = (issue: string): string => `case "$2" in list) echo "${issue}" ;; esac`;
  const keep = (drift: string, issue: string): Promise<Ran> =>
    ran("drift-staging", "Keep the issue", {
      programs: { gh: gh(issue) },
      temp: temporary({ "drift.md": drift }),
      context: {
        github: { token: "t", server_url: "https://github.example.com", repository: "acme/orders", run_id: "9" },
      },
    });
  const acted = ({ calls }: Ran): (string | undefined)[] =>
    calls.map((call) => call.split("\t")[2]).filter((what) => what !== "create" && what !== "list");

  test.each([
    ["none, and there is one: it is closed", "", "5", ["close"]],
    ["none, and there is none: nothing", "", "", []],
    ["some, and there is one: it is edited", "- `staging`: update `aws_x.y`\n", "5", ["edit"]],
  ])("%s", async (_, drift, issue, done) => {
    const result = await keep(drift, issue);
    expect([result.status, acted(result)]).toEqual([0, done]);
  });

  test("some, and there is none: one is opened", async () => {
    const { calls } = await keep("- `staging`: update `aws_x.y`\n", "");
    expect(calls.filter((call) => call.startsWith("gh\tissue\tcreate"))).toHaveLength(1);
  });

  test("is told by addresses and what becomes of them, without a value", async () => {
    const temp = temporary();
    const result = await ran("drift-staging", "Plan every stack", { programs: programs(plan(12345), 0), temp });
    expect(result.status).toBe(0);
    const said = readFileSync(join(temp, "drift.md"), "utf8");
    expect(said).toMatch(
      /^- `staging-cluster`: update `\S+`\n- `staging-platform`: update `\S+`\n- `staging`: update `\S+`\n$/,
    );
    expect(said).not.toContain("12345");
  });

  test("is of the branch that the environment is deployed from, whichever branch the clock runs on", () => {
    expect(stepOf(jobOf("drift-staging"), "Check out").with?.ref).toBe("develop");
    expect(stepOf(jobOf("drift-production"), "Check out").with?.ref).toBe("main");
  });
});
