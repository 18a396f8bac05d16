import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluated, holds, type ParsedStep } from "../../../support/workflows/parse";
import { type Ran, stepOf } from "../../../support/workflows/run-step";
import {
  folderWith,
  github,
  jobIn,
  planned,
  programs,
  ran,
  removeFolders,
} from "../../../support/workflows/stack-jobs";

/* What follows an apply that does not work, where Terraform releases: in the same job, and then on the branch. */

const BACK = "Roll back to the images that last worked";
const FILE = "environments/images/staging.json";
afterAll(removeFolders);

const mark = (id: string, branch = "develop", repository = 1) => ({
  expired: false,
  created_at: `2026-01-0${id}`,
  workflow_run: { id, head_branch: branch, head_repository_id: repository, repository_id: 1 },
});

interface World {
  readonly marks?: readonly object[];
  readonly works?: object;
  readonly now?: object;
  readonly apply?: number;
  /** What was approved, and what the way back would do. */
  readonly approved?: string;
  readonly plan?: string;
}

/** A plan of the release of an image, of Terraform and the Kubernetes provider; with more memory, which was approved. */
const recorded = (name: string): string =>
  readFileSync(join(__dirname, "..", "..", "plan", "releases", `${name}.json`), "utf8");
const RELEASED = `ghcr.io/acme/shop/web:develop-2@sha256:${"b".repeat(64)}`;
const GOOD = { web: RELEASED };
const BAD = { web: RELEASED.replace("-2@", "-3@") };

async function back(world: World): Promise<Ran & { file: unknown }> {
  const { marks = [mark("7")], works = GOOD, now = BAD, apply = 0 } = world;
  const { approved = recorded("images"), plan = recorded("images") } = world;
  const cwd = folderWith({ [FILE]: JSON.stringify(now) });
  const { npx = "" } = programs(plan);
  const result = await ran("apply-staging", BACK, {
    programs: {
      gh: github([
        ["artifacts?name=works-staging", { artifacts: marks }],
        ["actions/runs/7", { path: ".github/workflows/infrastructure.yml", event: "push", head_sha: "good" }],
        ["compare/good...aaa", { behind_by: 0 }],
        [`contents/${FILE}?ref=good`, works],
      ]),
      npx,
      tofu: `case "$2" in apply) exit ${apply} ;; plan) exit 2 ;; show) cat <<'PLAN'\n${plan}\nPLAN\n;; esac`,
    },
    cwd,
    temp: await planned(approved),
  });
  return { ...result, file: JSON.parse(readFileSync(join(cwd, FILE), "utf8")) };
}

const engine = ({ calls }: Ran): (string | undefined)[] =>
  calls.filter((call) => call.startsWith("tofu")).map((call) => call.split("\t")[2]);

describe("the way back", () => {
  test("applies the same commit with the images that last answered, in the job that was approved", async () => {
    const result = await back({});
    expect([result.status, result.file, engine(result)]).toEqual([0, GOOD, ["init", "plan", "show", "apply"]]);
    expect(result.outputs).toEqual({ began: expect.any(String), back: "true", images: JSON.stringify(GOOD) });
    // The plan that was looked at, and no other.
    expect(result.calls.at(-1)).toMatch(/\tapply\t-input=false\t.*staging-back\.bin$/);
  });

  test("goes on with the rest of what was approved, after an apply that failed half-way", async () => {
    const result = await back({ approved: recorded("memory"), plan: recorded("images-and-memory") });
    expect([result.status, engine(result).at(-1)]).toEqual([0, "apply"]);
  });

  test("is not taken where it would do what nobody approved", async () => {
    const result = await back({ plan: recorded("images-and-memory") });
    expect([result.status, engine(result), result.outputs.back]).toEqual([1, ["init", "plan", "show"], undefined]);
    expect(result.stdout).toContain("would do more than was approved");
  });

  test("is of the images that the commit has: one that is new stays, and one that is gone does not come back", async () => {
    const result = await back({ works: { ...GOOD, gone: "x" }, now: { ...BAD, added: RELEASED } });
    expect([result.status, result.file]).toEqual([0, { ...GOOD, added: RELEASED }]);
  });

  test.each<[string, World, string]>([
    [
      "no commit is known to have answered: a first deploy",
      { marks: [] },
      "no commit of develop is known to have worked",
    ],
    [
      "a pull request or a fork alone says that some have",
      { marks: [mark("7", "feature"), mark("7", "develop", 2)] },
      "no commit of develop",
    ],
    [
      "they are those that answered: it is the rest of the commit",
      { now: GOOD },
      "it is the rest of the commit that does not; revert it",
    ],
  ])("is not taken where %s", async (_, world, says) => {
    const result = await back(world);
    expect([result.status, result.outputs.back, engine(result)]).toEqual([1, undefined, []]);
    expect(result.stdout).toContain(says);
  });

  test("that fails is told to the branch all the same, as the cluster may have the images", async () => {
    expect(await back({ apply: 1 })).toMatchObject({
      status: 1,
      outputs: { back: "true", images: JSON.stringify(GOOD) },
    });
  });

  const step = (name: string): ParsedStep => stepOf(jobIn("apply-staging"), name);
  const current = { head: { outputs: { current: "true" } } };

  test.each([
    ["the apply failed half-way", { outcome: "failure", outputs: { touched: "true" } }, "skipped", true],
    ["the smoke test failed", { outcome: "success", outputs: { touched: "true" } }, "failure", true],
    ["all is well", { outcome: "success", outputs: { touched: "true" } }, "success", false],
    [
      "the apply never began: the plan was another, or the state was locked",
      { outcome: "failure", outputs: {} },
      "skipped",
      false,
    ],
    ["a step before it failed", { outcome: "skipped", outputs: {} }, "skipped", false],
  ])("is for when %s", async (_, apply, smoke, expected) => {
    const steps = { ...current, apply, smoke: { outcome: smoke } };
    expect(await holds(step(BACK).if ?? "", { steps })).toBe(expected);
  });

  test("is a part of the job that people have approved: none waits for them again", () => {
    const { steps } = jobIn("apply-staging");
    const names = steps.map(({ name }) => name);
    expect(names.slice(names.indexOf("Apply staging"))).toEqual([
      "Apply staging",
      "Smoke test",
      "Say that this commit works",
      "Keep that this commit works",
      BACK,
      "Smoke test of what it went back to",
      "Say what it went back to",
    ]);
    // What says that they work comes after the smoke test, and only where that is good.
    expect(step("Keep that this commit works").if).toBe("steps.head.outputs.current == 'true'");
  });

  test("an apply says that something may be another just before it is", () => {
    const { run = "" } = step("Apply staging");
    expect(run).toMatch(/--against[^]*exit 1[^]*touched=true[^]* apply /);
    // Before the job's own time is over, which would kill the engine without a word.
    const minutes = /exec timeout --foreground --signal INT --kill-after 5m (\d+)m /.exec(run)?.[1];
    // The way back, two plans, packages and pages need theirs.
    expect(Number(minutes) + 5 + 20 + 5 + 25).toBeLessThan(jobIn("apply-staging")["timeout-minutes"] ?? 0);
    expect(jobIn("apply-staging-cluster").steps.some(({ name }) => name === BACK)).toBe(false);
  });
});

describe("the branch is told", () => {
  const job = jobIn("record-staging");

  test.each([
    ["where an apply went back", "true", true],
    ["and not where none did", "", false],
  ])("%s", async (_, went, expected) => {
    expect(await holds(job.if ?? "", { needs: { "apply-staging": { outputs: { back: went } } } })).toBe(expected);
  });

  const write = async (atCommit: object, atHead: object, by = "acme-releases[bot]"): Promise<object> => {
    const cwd = folderWith({ [FILE]: JSON.stringify(atHead) });
    const context = {
      github: { token: "t" },
      needs: { "apply-staging": { outputs: { images: JSON.stringify(GOOD) } } },
    };
    const { status, outputs } = await ran("record-staging", "Write the images", {
      programs: {
        gh: github([
          [`contents/${FILE}?ref=aaa`, atCommit],
          ["commits?path=", [{ sha: "ccc", author: { login: by } }]],
        ]),
      },
      cwd,
      context,
    });
    expect(status).toBe(0);
    const file: unknown = JSON.parse(readFileSync(join(cwd, FILE), "utf8"));
    return { file, write: outputs.write, reverts: outputs.reverts };
  };

  test("by the images that were gone back to, or left alone where newer ones are there", async () => {
    expect(await write(BAD, BAD)).toEqual({ file: GOOD, write: "true", reverts: "ccc" });
    // A commit with more than images in it still stands.
    expect(await write(BAD, BAD, "somebody")).toEqual({ file: GOOD, write: "true", reverts: "" });
    const newer = { web: RELEASED.replace("-2@", "-4@") };
    expect(await write(BAD, newer)).toEqual({ file: newer });
  });

  test("and by no commit of anything else", async () => {
    const after = job.steps.slice(job.steps.findIndex(({ id }) => id === "write") + 1);
    expect(after.map(({ name }) => name)).toContain("Commit");
    for (const { if: condition = "true", name } of after) {
      const steps = { write: { outputs: {} }, commit: { outputs: {} } };
      expect([name, await holds(condition, { steps })]).toEqual([name, false]);
    }
  });

  test("on top of whatever its newest commit is", async () => {
    expect(stepOf(job, "Check out").with?.ref).toBe("develop");
    const commit = stepOf(job, "Commit");
    expect(await evaluated(commit.env?.GH_TOKEN ?? "", { steps: { committer: { outputs: { token: "apps" } } } })).toBe(
      "apps",
    );
  });
});
