import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Context, holds } from "../../../support/workflows/parse";
import { type Outcome, runJobs } from "../../../support/workflows/run-jobs";
import type { Programs, Ran } from "../../../support/workflows/run-step";
import { stepOf } from "../../../support/workflows/run-step";
import {
  folderWith,
  github,
  infrastructure,
  jobIn,
  larger,
  planned,
  programs,
  ran,
  removeFolders,
} from "../../../support/workflows/stack-jobs";
import { changeJson, planJson } from "../../plan/plans";

/* Jobs of stacks: in which order, who decides, and what their steps do with plans that the program itself reads. */

afterAll(removeFolders);

describe("the order of stacks", () => {
  const github = { ref: "refs/heads/develop", event_name: "push" };
  const results = (all: Readonly<Record<string, string>>): Context =>
    Object.fromEntries(Object.entries(all).map(([id, result]) => [id, { result, outputs: {} }]));

  test("each stack is planned once that before it is as it should be, and no other is in between", () => {
    expect(Object.keys(infrastructure.jobs).filter((id) => /^(?:plan|apply)-staging/.test(id))).toEqual([
      ...["plan-staging-cluster", "apply-staging-cluster", "plan-staging-platform"],
      ...["apply-staging-platform", "plan-staging", "apply-staging"],
    ]);
    expect(jobIn("plan-staging-platform").needs).toEqual(["plan-staging-cluster", "apply-staging-cluster"]);
    expect(jobIn("plan-staging").needs).toEqual(["plan-staging-platform", "apply-staging-platform"]);
  });

  test.each([
    ["was applied", "success", "success", true],
    ["had nothing to change", "success", "skipped", true],
    ["failed in its apply: the third is not touched", "success", "failure", false],
    ["could not be planned", "failure", "skipped", false],
    ["was refused by its reviewers", "success", "failure", false],
  ])("the third is planned or not where the second %s", async (_, planned, applied, expected) => {
    const needs = results({ "plan-staging-platform": planned, "apply-staging-platform": applied });
    expect(await holds(jobIn("plan-staging").if ?? "", { github, needs, inputs: {} })).toBe(expected);
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
    expect(await holds(jobIn("plan-staging-cluster").if ?? "", { github: begun, inputs, needs: {} })).toBe(expected);
  });

  test("an apply is for changes alone, and asks the environment's reviewers", async () => {
    const job = jobIn("apply-production-cluster");
    expect(job.environment?.name).toBe("production");
    expect(job["runs-on"]).toEqual(["self-hosted", "production-apply"]);
    for (const changes of ["true", "false", ""]) {
      const needs = { "plan-production-cluster": { result: "success", outputs: { changes } } };
      expect(await holds(job.if ?? "", { needs })).toBe(changes === "true");
    }
  });
});

describe("a run", () => {
  const push = { github: { ref: "refs/heads/develop", event_name: "push" } };
  const changes = (all: Readonly<Record<string, string>>): Readonly<Record<string, Outcome>> =>
    Object.fromEntries(Object.entries(all).map(([stack, text]) => [`plan-${stack}`, { outputs: { changes: text } }]));
  const QUIET = { "staging-cluster": "false", "staging-platform": "false", staging: "false" };
  const done = async (outcomes: Readonly<Record<string, Outcome>>): Promise<string[]> =>
    Object.entries(await runJobs(infrastructure, push, outcomes)).flatMap(([id, result]) =>
      result === "skipped" ? [] : [`${id}: ${result}`],
    );
  const PLANS = ["plan-staging-cluster", "plan-staging-platform", "plan-staging"].map((id) => `${id}: success`);
  const applied: Outcome = { outputs: { touched: "true" } };

  test("of images alone applies the application, though nothing before it was to change", async () => {
    const outcomes = { ...changes({ ...QUIET, staging: "true" }), "apply-staging": applied };
    expect(await done(outcomes)).toEqual([...PLANS, "apply-staging: success", "done-staging: success"]);
  });

  test("of nothing marks that all is applied", async () => {
    expect(await done(changes(QUIET))).toEqual([...PLANS, "done-staging: success"]);
  });

  test("whose platform fails leaves the application as it is", async () => {
    const outcomes = {
      ...changes({ ...QUIET, "staging-platform": "true", staging: "true" }),
      "apply-staging-platform": { ...applied, result: "failure" },
    } as const;
    expect(await done(outcomes)).toEqual([
      ...["plan-staging-cluster: success", "plan-staging-platform: success", "apply-staging-platform: failure"],
    ]);
  });

  test("that went back tells the branch, and marks nothing", async () => {
    const outcomes = {
      ...changes({ ...QUIET, staging: "true" }),
      "apply-staging": { result: "failure", outputs: { touched: "true", back: "true" } },
    } as const;
    expect(await done(outcomes)).toEqual([...PLANS, "apply-staging: failure", "record-staging: success"]);
  });

  test("that nobody approves changes and tells nothing", async () => {
    const outcomes = { ...changes({ ...QUIET, staging: "true" }), "apply-staging": { result: "failure" } } as const;
    expect(await done(outcomes)).toEqual([...PLANS, "apply-staging: failure"]);
  });

  test("of a commit that is not the newest any more plans and marks nothing", async () => {
    expect(await done({})).toEqual(PLANS);
  });
});

describe("a plan", () => {
  test.each([
    [2, "true"],
    [0, "false"],
  ])("with exit code %d of the engine: there are changes or not", async (exit, changes) => {
    const result = await ran("plan-staging", "Plan staging", { programs: programs(larger(30), exit) });
    expect([result.status, result.outputs]).toEqual([0, { changes }]);
    // Who may only read takes no lock.
    expect(result.calls.filter((call) => call.includes("\tplan\t"))).toEqual([expect.stringContaining("-lock=false")]);
  });

  test("that fails is no plan without changes", async () => {
    expect(await ran("plan-staging", "Plan staging", { programs: programs(larger(30), 1) })).toMatchObject({
      status: 1,
      outputs: {},
    });
  });

  /** An engine that has states of some stacks: of others it says what it says of an empty one. */
  const withStates = (applied: readonly string[]): Programs => {
    const states = applied.map((stack) => `*/stacks/${stack}) echo '${state}' ;;`).join(" ");
    const show = `case "$1" in ${states} *) echo '{"format_version":"1.0"}' ;; esac`;
    return {
      tofu: `case "$2" in show) if [ "$#" = 4 ]; then echo '${larger(30)}'; else ${show}; fi ;; plan) exit 2 ;; esac`,
      npx: `if [ "$3" != first-plan ]; then\n${programs("").npx ?? ""}\nfi`,
    };
  };
  const state = JSON.stringify({ values: { root_module: { resources: [{ mode: "managed", type: "a" }] } } });
  const tried = async (stack: string, applied: readonly string[]): Promise<Ran> =>
    ran("try-staging", `Plan ${stack}`, { programs: withStates(applied) });
  const planned = ({ calls }: Ran): string[] =>
    calls.filter((call) => call.includes("\tplan\t")).map((call) => /-chdir=(\S+)/.exec(call)?.[1] ?? "");

  test.each([
    ["staging", [], "cdktf.out/first/staging", ["staging", "staging-cluster", "staging-platform"]],
    ["staging", ["staging-cluster"], "cdktf.out/first/staging", ["staging", "staging-platform"]],
    ["staging-platform", [], "cdktf.out/first/staging-platform", ["staging-platform", "staging-cluster"]],
    ["staging-platform", ["staging-cluster"], "cdktf.out/stacks/staging-platform", undefined],
    ["staging", ["staging-cluster", "staging-platform"], "cdktf.out/stacks/staging", undefined],
    ["staging-cluster", [], "cdktf.out/stacks/staging-cluster", undefined],
  ])("of %s where %j were applied", async (stack, applied, folder, written) => {
    const result = await tried(stack, applied);
    expect([result.status, planned(result)]).toEqual([0, [folder]]);
    const first = result.calls.filter((call) => call.includes("\tfirst-plan\t"));
    expect(first.map((call) => call.split("\tfirst-plan\t")[1]?.trim().split("\t"))).toEqual(
      written === undefined ? [] : [written],
    );
  });

  test("of a stack that was applied, while what it stands on was not, stops and says which", async () => {
    const result = await tried("staging", ["staging"]);
    expect(result).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("was not: staging-cluster staging-platform") as string,
    });
    expect(planned(result)).toEqual([]);
  });

  test("stops where a state cannot be read: nothing is taken for never applied", async () => {
    const broken = { ...programs(larger(30)), tofu: `case "$2" in show) exit 1 ;; plan) exit 2 ;; esac` };
    const result = await ran("try-staging", "Plan staging-platform", { programs: broken });
    expect([result.status, planned(result)]).toEqual([1, []]);
  });

  const unchanged = (base: string, head: string): Promise<Ran> => {
    const cwd = folderWith({ "cdktf.out/stacks/staging-cluster/cdk.tf.json": head });
    const temp = folderWith({ "base/cdktf.out/stacks/staging-cluster/cdk.tf.json": base });
    return ran("try-staging", "Plan staging-cluster", { programs: programs(larger(30)), temp, cwd });
  };

  test.each([
    ["the branch's own is not made", "{}", "{}", 0],
    ["another than the branch's is", "{}", '{"a":1}', 1],
  ])("of a stack that is %s", async (_, base, head, plans) => {
    const { status, calls } = await unchanged(base, head);
    expect([status, calls.filter((call) => call.includes("\tplan\t")).length]).toEqual([0, plans]);
  });

  test("takes other providers than those whose hashes are kept for none, where some are", async () => {
    const init = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
      const cwd = folderWith(files);
      const { calls } = await ran("plan-staging", "Plan staging", { programs: programs(larger(30)), cwd });
      return calls.filter((call) => call.includes("\tinit\t"));
    };
    expect(await init({})).toEqual([expect.not.stringContaining("-lockfile")]);
    expect(await init({ "cdktf.out/stacks/staging/.terraform.lock.hcl": "" })).toEqual([
      expect.stringContaining("-lockfile=readonly"),
    ]);
  });

  test("is kept as what was reviewed, and its JSON with values stays on the machine", () => {
    for (const job of Object.values(infrastructure.jobs)) {
      for (const { uses, with: inputs } of job.steps.filter(({ uses }) => uses?.includes("upload-artifact"))) {
        expect([uses, inputs?.path]).toEqual([
          uses,
          expect.stringMatching(/^\$\{\{ format\('\{0\}\/(?:reviewed|report|works|applied)/),
        ]);
      }
    }
  });
});

describe("the comparison for a fork", () => {
  const stack = (deletionProtection: boolean): string =>
    JSON.stringify({
      terraform: {},
      resource: { aws_db_instance: { orders: { deletion_protection: deletionProtection } } },
    });
  const compared = async (base: string | undefined, head: string): Promise<Ran & { readonly temp: string }> => {
    const file = "cdktf.out/stacks/staging/cdk.tf.json";
    const temp = folderWith(base === undefined ? {} : { [`base/${file}`]: base });
    const cwd = folderWith({ [file]: head });
    const done = await ran("compare-staging", "Say how the stacks differ", {
      ...{ programs: programs(larger(30)), temp, cwd },
    });
    return { ...done, temp };
  };

  test("is in the summary of the run, said to be one, and a risk stops nothing", async () => {
    const { status, stdout, temp } = await compared(stack(true), stack(false));
    expect([status, stdout]).toEqual([0, expect.stringContaining("::warning::a risk is above medium")]);
    const text = readFileSync(join(temp, "report/comparison.md"), "utf8");
    expect(text).toContain("## Comparison of what is synthesized, and no plan, of staging: 1 risk above medium");
    expect(text).not.toContain("Digest");
    expect(readFileSync(join(temp, "summary.md"), "utf8")).toBe(text);
    expect(readFileSync(join(temp, "report/comparison.html"), "utf8")).toContain("this is no plan");
  });

  test("warns of nothing where nothing is above", async () => {
    const { status, stdout } = await compared(stack(true), stack(true));
    expect([status, stdout]).toEqual([0, expect.not.stringContaining("::warning::")]);
  });

  test("fails where it cannot be made, and says so where there is nothing to compare with", async () => {
    expect(await compared("{", stack(true))).toMatchObject({ status: 2, stderr: expect.stringContaining("is no JSON") });
    expect(await compared(undefined, stack(true))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("there is nothing to compare with"),
    });
  });
});

describe("the report of a pull request", () => {
  const report = (temp: string): Promise<Ran> =>
    ran("try-staging", "Report what would happen", { programs: programs(larger(30)), temp });

  test("is of every stack that could be planned, and where people look at the run", async () => {
    const temp = folderWith({ "staging.json": larger(30), "staging-cluster.json": planJson([]) });
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
    const temp = folderWith({ "staging.json": lost });
    expect(await report(temp)).toMatchObject({ status: 1 });
    expect(readFileSync(join(temp, "report/report.md"), "utf8")).not.toBe("");
  });

  test("of a pull request that changes no stack says so", async () => {
    const temp = folderWith();
    expect(await report(temp)).toMatchObject({ status: 0, calls: [] });
    expect(readFileSync(join(temp, "report/report.md"), "utf8")).toContain("No stack of staging is another");
  });

  test("tells what else is rendered, where the branch says what it renders", async () => {
    const record = (digest: string): string =>
      JSON.stringify({ version: 1, outputs: { notes: [{ file: "a.md", digest, parts: [] }] } });
    const renders = { npx: `shift 2; case "$1" in render) echo '${record("b")}' >"\${@: -1}"; exit 1 ;; esac` };
    const npx = `${renders.npx}\n${programs(larger(30)).npx?.replace("shift 2; ", "") ?? ""}`;
    for (const stacks of [[], ["staging.json"]]) {
      const plans = Object.fromEntries(stacks.map((stack) => [stack, larger(30)]));
      const temp = folderWith({ ...plans, "base-outputs.json": record("a") });
      expect(
        await ran("try-staging", "Report what would happen", { programs: { ...programs(larger(30)), npx }, temp }),
      ).toMatchObject({ status: 0 });
      expect(readFileSync(join(temp, "report/report.md"), "utf8")).toContain("One file without another value changes too");
    }
  });

  test("keeps what was planned only once it has let it pass", () => {
    const names = jobIn("try-staging").steps.map(({ name }) => name ?? "");
    expect(names.indexOf("Keep what was planned")).toBeGreaterThan(names.indexOf("Report what would happen"));
    expect(stepOf(jobIn("try-staging"), "Keep what was planned").if).toBeUndefined();
  });

  test("says in a check the digest of all that was planned", async () => {
    const temp = folderWith({ "reviewed/b.json": '{"digest":"2"}', "reviewed/a.json": '{"digest":"1"}' });
    const context = { github: { token: "t", event: { pull_request: { head: { sha: "hhh" } } } } };
    const said = async (folder: string): Promise<string> => {
      const { status, calls } = await ran("comment-staging", "Say the digest", {
        programs: { gh: "" },
        temp: folder,
        context,
      });
      expect(status).toBe(0);
      return calls.join();
    };
    expect(await said(temp)).toMatch(
      /check-runs\t.*name=Plan of staging\t.*head_sha=hhh\t.*output\[title\]=[0-9a-f]{64}\t/,
    );
    const other = folderWith({ "reviewed/b.json": '{"digest":"2"}', "reviewed/a.json": '{"digest":"3"}' });
    expect(await said(other)).not.toBe(await said(temp));
    expect(await said(folderWith())).toBe("");
  });

  const comment = (existing: string): Promise<Ran> =>
    ran("comment-staging", "Keep the comment", {
      programs: { gh: `case "$2" in --paginate) echo '${existing}' ;; esac` },
      temp: folderWith({ "report/report.md": "<!-- goldenpath report -->\n# Report\n" }),
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
    ran("apply-staging", "Apply staging", { programs: programs(now), temp: await planned(before) });
  const applied = ({ calls }: Ran): string[] => calls.filter((call) => call.includes("\tapply\t"));

  test("is of the plan that was made anew, with the lock, where it does what was planned", async () => {
    const result = await apply(larger(30), larger(30));
    expect([result.status, applied(result)]).toEqual([
      0,
      [expect.stringMatching(/\tapply\t-input=false\t.*staging\.bin$/)],
    ]);
    expect(result.calls.filter((call) => call.includes("\tplan\t"))).toEqual([
      expect.not.stringContaining("-lock=false"),
    ]);
  });

  test("is refused where it does something else, with what moved and what to do", async () => {
    const result = await apply(larger(40), larger(30));
    expect([result.status, applied(result)]).toEqual([1, []]);
    expect(result.stdout).toContain("run all jobs again");
    expect(result.stderr).toContain("storage");
  });
});

describe("a machine", () => {
  test("that runs the code of pull requests has a label that no machine has which applies", () => {
    const labels = (ids: RegExp): string[] =>
      Object.entries(infrastructure.jobs)
        .filter(([id]) => ids.test(id))
        .flatMap(([, job]) => [job["runs-on"]].flat())
        .filter((label) => label !== "self-hosted");
    const [reading, applying] = [labels(/^(?:try|plan|drift|check)/), labels(/^apply-/)];
    expect(reading.length * applying.length).toBeGreaterThan(0);
    expect(reading.filter((label) => applying.includes(label))).toEqual([]);
  });
});

describe("an environment on GitHub", () => {
  const CUSTOM = { protected_branches: false, custom_branch_policies: true };
  const REVIEWERS = [{ type: "branch_policy" }, { type: "required_reviewers" }];
  const guarded = (id: string, rules: object, branches: readonly object[]): Promise<Ran> =>
    ran(id, "See that the environment is guarded", {
      programs: {
        gh: github([
          ["deployment-branch-policies", { branch_policies: branches }],
          ["environments/", rules],
        ]),
      },
    });
  const of = (policy: object | null, reviewers: readonly object[] = []): object => ({
    deployment_branch_policy: policy,
    protection_rules: reviewers,
  });
  const develop = [{ name: "develop", type: "branch" }];
  const main = [{ name: "main" }];

  test.each<[string, string, object, readonly object[], number, string]>([
    ["that is for its branch", "apply-staging", of(CUSTOM), develop, 0, ""],
    ["that GitHub has just made", "apply-staging", of(null), [], 1, "is for every branch; in the settings"],
    ["for every branch by a pattern", "apply-staging", of(CUSTOM), [{ name: "*" }], 1, "is for *; in the settings"],
    ["for another branch, too", "apply-staging", of(CUSTOM), [...develop, ...main], 1, "is for develop main"],
    [
      "for a tag of its branch's name",
      "apply-staging",
      of(CUSTOM),
      [...develop, { name: "develop", type: "tag" }],
      1,
      "and tags",
    ],
    [
      "for branches with rules, of which there are several",
      "apply-staging",
      of({ protected_branches: true, custom_branch_policies: false }),
      [],
      1,
      "every branch",
    ],
    ["with reviewers", "apply-production", of(CUSTOM, REVIEWERS), main, 0, ""],
    ["without them, where people approve", "apply-production", of(CUSTOM), main, 1, "asks nobody"],
    ["with the key of who commits", "record-staging", of(CUSTOM), develop, 0, ""],
    ["with that key, for every branch", "record-staging", of(null), [], 1, "images-staging is for every branch"],
  ])("%s lets a job begin or not", async (_, id, rules, branches, status, says) => {
    expect(await guarded(id, rules, branches)).toMatchObject({ status, stdout: expect.stringContaining(says) });
    expect(jobIn(id).steps[0]?.name).toBe("See that the environment is guarded");
  });

  test("that nobody can look at lets none begin", async () => {
    const { status } = await ran("apply-staging", "See that the environment is guarded", {
      programs: { gh: "exit 1" },
    });
    expect(status).toBe(1);
  });
});

describe("a commit that the branch has left behind", () => {
  test("is planned by nobody, so that nobody is asked to approve it, and marks nothing", async () => {
    for (const id of ["plan-staging", "apply-staging"]) {
      const { steps } = jobIn(id);
      const from = steps.findIndex((step) => step.id === "head");
      expect(steps.slice(0, from).map(({ name }) => name)).toEqual(
        id === "apply-staging" ? ["See that the environment is guarded"] : [],
      );
      for (const step of steps.slice(from + 1)) {
        const all = {
          head: { outputs: { current: "false" } },
          apply: { outcome: "failure", outputs: { touched: "true" } },
          back: { outputs: { back: "true" } },
          smoke: {},
        };
        expect([id, step.name, await holds(step.if ?? "true", { steps: all })]).toEqual([id, step.name, false]);
      }
    }
  });

  const marks = (apply: object, changes: string): Promise<boolean> => {
    const needs = Object.fromEntries(
      ["staging-cluster", "staging-platform", "staging"].flatMap((stack) => [
        [`plan-${stack}`, { outputs: { changes: stack === "staging" ? changes : "false" } }],
        [`apply-${stack}`, stack === "staging" ? apply : { result: "skipped", outputs: {} }],
      ]),
    );
    return holds(jobIn("done-staging").if ?? "", { needs });
  };

  test.each([
    ["all is applied", { result: "success", outputs: { touched: "true" } }, "true", true],
    ["nothing was to change", { result: "skipped", outputs: {} }, "false", true],
    ["it was not the newest when it was planned", { result: "skipped", outputs: {} }, "", false],
    ["it was not the newest any more when it was approved", { result: "success", outputs: {} }, "true", false],
    ["the apply failed", { result: "failure", outputs: { touched: "true" } }, "true", false],
    ["nobody approved it", { result: "failure", outputs: {} }, "true", false],
  ])("is marked as applied, or is not: %s", async (_, apply, changes, expected) => {
    expect(await marks(apply, changes)).toBe(expected);
  });
});

describe("drift", () => {
  const gh = (issue: string): string => `case "$2" in list) echo "${issue}" ;; esac`;
  const keep = (drift: string, issue: string): Promise<Ran> =>
    ran("drift-staging", "Keep the issue", {
      programs: { gh: gh(issue) },
      temp: folderWith({ "drift.md": drift }),
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

  test("that cannot be seen in one stack is told of it and of the others", async () => {
    const temp = folderWith();
    const broken = { tofu: `case "$1$2" in *platforminit) exit 1 ;; esac\n${programs(larger(30), 0).tofu ?? ""}` };
    const result = await ran("drift-staging", "Plan every stack", { programs: broken, temp });
    expect(result.status).toBe(0);
    expect(readFileSync(join(temp, "drift.md"), "utf8")).toMatch(
      /^- `staging-cluster`: update `\S+`\n- `staging-platform` could not be planned: the run says why\n- `staging`: update `\S+`\n$/,
    );
  });

  test("is told by addresses and what becomes of them, without a value", async () => {
    const temp = folderWith();
    const result = await ran("drift-staging", "Plan every stack", { programs: programs(larger(12345), 0), temp });
    expect(result.status).toBe(0);
    const said = readFileSync(join(temp, "drift.md"), "utf8");
    expect(said).toMatch(
      /^- `staging-cluster`: update `\S+`\n- `staging-platform`: update `\S+`\n- `staging`: update `\S+`\n$/,
    );
    expect(said).not.toContain("12345");
  });

  test("is of the branch that the environment is deployed from, whichever branch the clock runs on", () => {
    expect(stepOf(jobIn("drift-staging"), "Check out").with?.ref).toBe("develop");
    expect(stepOf(jobIn("drift-production"), "Check out").with?.ref).toBe("main");
  });
});
