import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowIn } from "../../../support/workflows/parse";
import { ALL, INFRASTRUCTURE } from "../../../support/workflows/rendered";
import { type Ran, runStep } from "../../../support/workflows/run-step";
import {
  CONTEXT,
  folderWith,
  github,
  jobIn,
  larger,
  planned,
  programs,
  ran,
  removeFolders,
} from "../../../support/workflows/stack-jobs";

/* Whether people have seen what a push would do: by the pull requests that were merged since everything was applied. */

afterAll(removeFolders);

const STEP = "See whether people have seen it";

interface PullRequest {
  readonly head: string;
  /** Folder with what its run has kept; none where it kept nothing. */
  readonly kept?: string;
  /** Digest that its check says, if that is another. */
  readonly said?: string;
  readonly base?: string;
}

/** What a check says of a folder: by the step that says it. */
async function digestOf(folder: string): Promise<string> {
  const temp = folderWith();
  cpSync(folder, join(temp, "reviewed"), { recursive: true });
  const { calls } = await runStep(jobIn("comment-staging"), "Say the digest", {
    context: { github: { token: "t", event: { pull_request: { head: { sha: "h" } } } } },
    programs: { gh: "" },
    env: { RUNNER_TEMP: temp, GITHUB_REPOSITORY: "acme/orders" },
  });
  return /output\[title\]=(\w+)/.exec(calls.join())?.[1] ?? "";
}

const keptOf = async (text: string): Promise<string> => {
  const folder = folderWith();
  cpSync(join(await planned(text), "reviewed"), folder, { recursive: true });
  return folder;
};

/** A GitHub on which `aaa` is the newest commit, after those of these pull requests. */
async function hub(pulls: readonly PullRequest[], applied: string | null = "000", commits = 1): Promise<string> {
  const repository = { id: 1 };
  const runOf = (index: number) => `10${index}`;
  const mark = (id: string, branch = "develop", head_repository_id = 1, expired = false) => ({
    expired,
    created_at: `2026-01-0${id.at(-1) ?? ""}`,
    workflow_run: { id, head_branch: branch, head_repository_id, repository_id: 1 },
  });
  const path = ".github/workflows/infrastructure.yml@develop";
  const answers: [string, unknown][] = [
    [
      "artifacts?name=applied-staging",
      {
        artifacts: [
          ...(applied === null ? [] : [mark("2001")]),
          mark("2002", "feature"),
          mark("2003", "develop", 2),
          mark("2004", "develop", 1, true),
          mark("2005"),
          mark("2006"),
          mark("2007"),
        ],
      },
    ],
    ["actions/runs/2001", { path, event: "push", head_sha: applied }],
    // Another workflow of the branch, a pull request from it, and a tag of its name.
    ["actions/runs/2005", { path: ".github/workflows/other.yml@develop", event: "push", head_sha: "other" }],
    ["actions/runs/2006", { path, event: "pull_request", head_sha: "pulled" }],
    ["actions/runs/2007", { path, event: "push", head_sha: "tagged" }],
    ["compare/tagged...aaa", { behind_by: 1, commits: [] }],
    [
      `compare/${applied ?? "none"}...aaa`,
      { behind_by: 0, total_commits: commits, commits: [...pulls.slice(1).map((_, index) => ({ sha: `c${index + 1}` })), { sha: "aaa" }] },
    ],
    ...pulls.flatMap(({ head, base = "develop" }, index): [string, unknown][] => [
      [
        `commits/${index === 0 ? "aaa" : `c${index}`}/pulls`,
        [{ merged_at: "2026-01-03", base: { ref: base }, head: { sha: head } }],
      ],
      [
        `head_sha=${head}`,
        {
          workflow_runs: [
            { id: runOf(index), created_at: "2026-01-03", repository, head_repository: repository },
            { id: "999", created_at: "2026-01-09", repository, head_repository: { id: 2 } },
          ],
        },
      ],
    ]),
    ["commits/aaa/pulls", []],
  ];
  for (const { head, kept, said } of pulls) {
    const title = said ?? (kept === undefined ? "" : await digestOf(kept));
    answers.push([
      `commits/${head}/check-runs`,
      {
        check_runs: [
          { id: 1, app: { slug: "github-actions" }, output: { title } },
          { id: 2, app: { slug: "other" }, output: { title: "forged" } },
        ],
      },
    ]);
  }
  const artifacts = Object.fromEntries(
    pulls.flatMap(({ kept }, index) => (kept === undefined ? [] : [[runOf(index), kept]])),
  );
  return github(answers, artifacts);
}

async function asked(now: string, gh: string, { event = "push", actor = "somebody" } = {}): Promise<Ran> {
  const cwd = folderWith({ "environments/images/staging.json": "{}" });
  const own = CONTEXT.github as object;
  return ran("plan-staging", STEP, {
    programs: { ...programs(now), gh },
    temp: folderWith({ "staging.json": now }),
    cwd,
    context: { ...CONTEXT, github: { ...own, event_name: event, triggering_actor: actor } },
  });
}

const seen = { status: 0, stdout: expect.stringContaining("each change was in a plan that people have seen") };
const stopped = { status: 1, stdout: expect.stringContaining("nobody has seen all of it") };

test("one pull request, whatever its merge has made of its commits: it goes on", async () => {
  expect(await asked(larger(30), await hub([{ head: "h0", kept: await keptOf(larger(30)) }]))).toMatchObject(seen);
});

test("two that were merged in a row, of which the first was not applied: it goes on", async () => {
  const pulls = [
    { head: "h0", kept: await keptOf(larger(30)) },
    { head: "h1", kept: await keptOf(larger(40)) },
  ];
  expect(await asked(larger(40), await hub(pulls))).toMatchObject(seen);
});

test("the world has moved: it stops, says what moved and what to do", async () => {
  const result = await asked(larger(40), await hub([{ head: "h0", kept: await keptOf(larger(30)) }]));
  expect(result).toMatchObject({ ...stopped, stderr: expect.stringContaining("storage") });
});

test.each([
  ["by hand, it goes on to whoever approves", "somebody", 0],
  ["by a program, it stops", "acme-releases[bot]", 1],
])("the world has moved, and it was started %s", async (_, actor, status) => {
  const gh = await hub([{ head: "h0", kept: await keptOf(larger(30)) }]);
  expect(await asked(larger(40), gh, { event: "workflow_dispatch", actor })).toMatchObject({ status });
});

test("a push of nobody's pull request stops", async () => {
  expect(await asked(larger(30), await hub([]))).toMatchObject(stopped);
});

test("a pull request for another branch, and one whose run kept nothing, count for nothing", async () => {
  const kept = await keptOf(larger(30));
  expect(await asked(larger(30), await hub([{ head: "h0", kept, base: "main" }]))).toMatchObject(stopped);
  expect(await asked(larger(30), await hub([{ head: "h0" }]))).toMatchObject(stopped);
});

test("what is kept and has not the digest that the check says counts for nothing", async () => {
  const result = await asked(larger(30), await hub([{ head: "h0", kept: await keptOf(larger(30)), said: "another" }]));
  expect(result).toMatchObject({ ...stopped, stdout: expect.stringContaining("counts for nothing") });
});

test("a mark of another branch, a fork, another workflow, a pull request, a tag or an expired run is none", async () => {
  const { calls, status } = await asked(larger(30), await hub([{ head: "h0", kept: await keptOf(larger(30)) }]));
  const compared = calls.filter((call) => call.includes("compare/")).map((call) => /compare\/(\S+)/.exec(call)?.[1]);
  // Asked for its history, and for the commits since.
  expect([status, compared]).toEqual([0, ["tagged...aaa", "000...aaa", "000...aaa"]]);
});

test("where nothing was ever applied by a run, the pull request of the commit itself is asked alone", async () => {
  const gh = await hub([{ head: "h0", kept: await keptOf(larger(30)) }], null);
  const { calls, status } = await asked(larger(30), gh);
  expect([status, calls.filter((call) => call.includes("/pulls"))]).toEqual([
    0,
    [expect.stringContaining("commits/aaa/pulls")],
  ]);
});

test.each(["commits/aaa/pulls", "actions/workflows/", "check-runs"])(
  "where GitHub does not answer %s, nothing goes on as if nobody had seen it",
  async (address) => {
    const gh = await hub([{ head: "h0", kept: await keptOf(larger(30)) }]);
    const result = await asked(larger(30), `case "$*" in *${address}*) exit 4 ;; esac\n${gh}`, {
      event: "workflow_dispatch",
    });
    expect(result.status).not.toBe(0);
    expect(result.stdout).not.toContain("somebody has started it by hand");
  },
);

test("a file that cannot be read is no plan that nobody has seen", async () => {
  const folder = folderWith({ "staging.json": "cut" });
  const gh = await hub([{ head: "h0", kept: folder, said: await digestOf(folder).catch(() => "") }]);
  const result = await asked(larger(30), gh, { event: "workflow_dispatch" });
  expect(result.status).toBeGreaterThan(1);
});

test("the release of images that were built, and of nothing else, nobody has to have seen", async () => {
  const text = readFileSync(join(__dirname, "..", "..", "plan", "releases", "images.json"), "utf8");
  const image = `ghcr.io/acme/shop/web:develop-2@sha256:${"b".repeat(64)}`;
  const release = async (images: object): Promise<Ran> =>
    ran("plan-staging", STEP, {
      programs: { ...programs(text), gh: await hub([]) },
      temp: folderWith({ "staging.json": text }),
      cwd: folderWith({ "environments/images/staging.json": JSON.stringify(images) }),
    });
  expect(await release({ web: image })).toMatchObject(seen);
  expect(await release({ web: image.replace("-2", "-3") })).toMatchObject(stopped);
});

describe("where what was reviewed is signed", () => {
  const signing = workflowIn(ALL["terraform elsewhere"][INFRASTRUCTURE] ?? "").jobs;
  const withSignature = async (verify: string): Promise<Ran> => {
    const kept = await keptOf(larger(30));
    const gh = (await hub([{ head: "h0", kept }])).replaceAll("applied-staging", "applied-gke-staging");
    const job = signing["plan-gke-staging"];
    if (job === undefined) throw new Error("no such job");
    return runStep(job, STEP, {
      context: CONTEXT,
      programs: { ...programs(larger(30)), gh: `if [ "$1" = attestation ]; then ${verify}; fi\n${gh}` },
      env: {
        STACK: "staging",
        RUNNER_TEMP: folderWith({ "staging.json": larger(30) }),
        GITHUB_REPOSITORY: "acme/orders",
        GITHUB_SHA: "aaa",
        GITHUB_ACTOR: "somebody",
      },
      cwd: folderWith({ "environments/images/gke-staging.json": "{}" }),
    });
  };

  test("it counts with the signature of this workflow, over the lines that the digest is of", async () => {
    const sum = await withSignature(`sha256sum "$3" | cut -c1-64; exit 0`);
    expect(sum).toMatchObject(seen);
    const [call = ""] = sum.calls.filter((one) => one.includes("attestation"));
    expect(call.split("\t").slice(4)).toEqual([
      ...["--repo", "acme/orders", "--predicate-type", "urn:goldenpath:reviewed-plan:1"],
      ...["--signer-workflow", "acme/orders/.github/workflows/infrastructure.yml"],
    ]);
    expect(sum.stdout).toContain(await digestOf(await keptOf(larger(30))));
  });

  test("it counts for nothing without one, though its check says its digest", async () => {
    expect(await withSignature("exit 1")).toMatchObject({
      ...stopped,
      stdout: expect.stringContaining("or no signature, and counts for nothing"),
    });
  });
});

test.each([
  [100, false],
  [101, true],
])("of %d commits since, how those came that are not looked at is not known", async (commits, isExact) => {
  const kept = await keptOf(larger(30));
  const { calls } = await asked(larger(30), await hub([{ head: "hhh", kept }], "000", commits));
  expect(calls.find((call) => call.includes("\t--seen\t"))?.includes("--exact")).toBe(isExact);
});
