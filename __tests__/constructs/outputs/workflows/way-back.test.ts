import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluated, holds, type ParsedStep } from "../../../support/workflows/parse";
import { type Ran, stepOf } from "../../../support/workflows/run-step";
import { folderWith, github, jobIn, ran, removeFolders } from "../../../support/workflows/stack-jobs";

/* What follows an apply that does not work, where Terraform releases: in the same job, and then on the branch. */

const BACK = "Roll back to the images that last worked";
const FILE = "environments/images/staging.json";
const GOOD = { backend: "ghcr.io/acme/o/backend:develop-1@sha256:a" };
const BAD = { backend: "ghcr.io/acme/o/backend:develop-2@sha256:b" };

afterAll(removeFolders);

const artifact = (id: string, branch = "develop", repository = 1) => ({
  expired: false,
  created_at: `2026-01-0${id}`,
  workflow_run: { id, head_branch: branch, head_repository_id: repository, repository_id: 1 },
});

interface World {
  readonly artifacts?: readonly object[];
  readonly works?: object;
  readonly now?: object;
  readonly apply?: number;
}

async function back({
  artifacts = [artifact("7")],
  works = GOOD,
  now = BAD,
  apply = 0,
}: World): Promise<Ran & { file: unknown }> {
  const cwd = folderWith({ [FILE]: JSON.stringify(now) });
  const kept = folderWith({ "images.json": JSON.stringify(works, undefined, 2) });
  const result = await ran("apply-staging", BACK, {
    programs: {
      gh: github([["artifacts?name=works-staging", { artifacts }]], { "7": kept }),
      npx: "",
      tofu: `case "$2" in apply) exit ${apply} ;; esac`,
    },
    cwd,
  });
  return { ...result, file: JSON.parse(readFileSync(join(cwd, FILE), "utf8")) };
}

describe("the way back", () => {
  test("applies the same commit with the images that last answered, in the job that was approved, and says how long it took", async () => {
    const { status, calls, outputs, file, stdout } = await back({});
    expect([status, file]).toEqual([0, GOOD]);
    expect(calls.slice(2).map((call) => call.split("\t").slice(0, 4))).toEqual([
      ["npx", "--no-install", "goldenpath", "synth"],
      ["tofu", "-chdir=cdktf.out/stacks/staging", "init", "-input=false"],
      ["tofu", "-chdir=cdktf.out/stacks/staging", "apply", "-input=false"],
    ]);
    expect(outputs).toEqual({ back: "true", images: JSON.stringify(GOOD) });
    expect(stdout).toMatch(/went back to the images that last worked, in \d+ s; migrations that have run stay/);
  });

  test.each<[string, World, string]>([
    [
      "no images are known to have answered: a first deploy",
      { artifacts: [] },
      "no images of staging are known to have worked",
    ],
    [
      "a pull request or a fork alone says that some have",
      { artifacts: [artifact("7", "feature"), artifact("7", "develop", 2)] },
      "no images of staging are known to have worked",
    ],
    [
      "they are those that answered: it is the rest of the commit",
      { now: { ...GOOD } },
      "it is the rest of the commit that does not; revert it",
    ],
  ])("is not taken where %s", async (_, world, says) => {
    const { status, calls, outputs, stdout } = await back(world);
    expect([status, outputs, calls.filter((call) => call.startsWith("tofu"))]).toEqual([1, {}, []]);
    expect(stdout).toContain(says);
  });

  test("that fails is told to the branch all the same, as the cluster may have the images", async () => {
    expect(await back({ apply: 1 })).toMatchObject({ status: 1, outputs: { back: "true" } });
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
      "Say that these images work",
      "Keep that these images work",
      BACK,
      "Smoke test of what it went back to",
    ]);
    // What says that they work comes after the smoke test, and only where that is good.
    expect(step("Keep that these images work").if).toBe("steps.head.outputs.current == 'true'");
  });

  test("an apply says that something may be another just before it is", async () => {
    const { run = "" } = step("Apply staging");
    expect(run.split("\n").slice(-3)[0]).toContain("touched=true");
    expect(run).toMatch(/--against[^]*exit 1[^]*touched=true[^]* apply /);
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

  const write = async (atCommit: object, atHead: object): Promise<unknown> => {
    const cwd = folderWith({ [FILE]: JSON.stringify(atHead) });
    const context = {
      github: { token: "t" },
      needs: { "apply-staging": { outputs: { images: JSON.stringify(GOOD) } } },
    };
    const { status } = await ran("record-staging", "Write the images", {
      programs: { gh: github([[`contents/${FILE}?ref=aaa`, atCommit]]) },
      cwd,
      context,
    });
    expect(status).toBe(0);
    return JSON.parse(readFileSync(join(cwd, FILE), "utf8"));
  };

  test("by the images that were gone back to, or left alone where newer ones are there", async () => {
    expect(await write(BAD, BAD)).toEqual(GOOD);
    const newer = { backend: "ghcr.io/acme/o/backend:develop-3@sha256:c" };
    expect(await write(BAD, newer)).toEqual(newer);
  });

  test("on top of whatever its newest commit is", async () => {
    expect(stepOf(job, "Check out").with?.ref).toBe("develop");
    const commit = stepOf(job, "Commit");
    expect(await evaluated(commit.env?.GH_TOKEN ?? "", { steps: { committer: { outputs: { token: "apps" } } } })).toBe(
      "apps",
    );
  });
});
