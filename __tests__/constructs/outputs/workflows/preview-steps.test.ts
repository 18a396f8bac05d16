import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ParsedJob, workflowIn } from "../../../support/workflows/parse";
import { ALL, PREVIEW, SWEEP } from "../../../support/workflows/rendered";
import { type Programs, runStep } from "../../../support/workflows/run-step";

/* Steps of previews, run by Bash with stand-ins for gh, the engine, npx and skopeo. */

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const OTHER = "f".repeat(40);

const { jobs } = workflowIn(ALL.previews[PREVIEW] ?? "");
const jobOf = (id: string): ParsedJob => {
  const job = jobs[id];
  if (job === undefined) throw new Error(`no job ${id}`);
  return job;
};

let temp = "";
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), "goldenpath-preview-step-"));
});
afterEach(() => {
  rmSync(temp, { recursive: true });
});

const context = { github: { token: "t", event: { number: "7", pull_request: { head: { sha: COMMIT } } } } };
const env = () => ({
  GITHUB_REPOSITORY: "acme/orders",
  RUNNER_TEMP: temp,
  HOME: temp,
  GITHUB_STEP_SUMMARY: join(temp, "summary.md"),
});
const file = (name: string): string => readFileSync(join(temp, name), "utf8");

describe("a commit that somebody has named", () => {
  const PULL = {
    state: "open",
    user: { login: "somebody" },
    head: { sha: COMMIT, repo: { full_name: "somebody/orders" } },
    base: { ref: "develop" },
  };
  const look = (pull: unknown, given: Readonly<Record<string, string>> = {}) =>
    runStep(jobOf("look"), "See whether it can be previewed", {
      context: { github: { token: "t" }, inputs: {} },
      env: { ...env(), NUMBER: "7", COMMIT, ENVIRONMENT: "staging", ...given },
      programs: { gh: `cat <<'END'\n${JSON.stringify(pull)}\nEND` },
    });

  test("of an open pull request of a fork may be previewed, and of GitHub's bot", async () => {
    expect(await look(PULL)).toMatchObject({ status: 0, calls: ["gh\tapi\trepos/acme/orders/pulls/7"] });
    const bot = {
      ...PULL,
      user: { login: "dependabot[bot]" },
      head: { sha: COMMIT, repo: { full_name: "acme/orders" } },
    };
    expect((await look(bot)).status).toBe(0);
    // Whoever has opened it may have deleted the fork.
    expect((await look({ ...PULL, head: { sha: COMMIT, repo: null } })).status).toBe(0);
  });

  test("that is no number and no commit is refused before anybody is asked, both at once", async () => {
    const { status, stdout, calls } = await look(PULL, { NUMBER: "7; id", COMMIT: "$(id)" });
    expect({ status, calls }).toEqual({ status: 1, calls: [] });
    expect(stdout.split("\n")).toEqual([
      "::error::number: got '7; id'; give that of a pull request: 123",
      "::error::commit: got '$(id)'; give the 40 digits of what you have read, in lower case",
      "",
    ]);
  });

  test.each([
    ["was closed", { state: "closed" }, "#7 is closed"],
    [
      "was pushed to since",
      { head: { ...PULL.head, sha: OTHER } },
      `#7 is at ${OTHER} and not at ${COMMIT} any more: read what came since`,
    ],
    [
      "is this repository's own",
      { head: { sha: COMMIT, repo: { full_name: "acme/orders" } } },
      "#7 is of this repository's own: each push to it deploys its preview",
    ],
    ["is against another branch", { base: { ref: "main" } }, "#7 is against main, and staging is of develop"],
  ])("of one that %s is refused", async (_, change, says) => {
    const { status, stdout } = await look({ ...PULL, ...change });
    expect({ status, stdout }).toEqual({ status: 1, stdout: `::error::${says}\n` });
  });
});

test.each([
  [`open ${COMMIT}`, "true"],
  [`closed ${COMMIT}`, "false"],
  [`open ${OTHER}`, "false"],
])("a pull request that is %s is deployed: %s", async (is, current) => {
  for (const id of ["preview-staging", "fork-preview-staging"]) {
    const { status, outputs } = await runStep(jobOf(id), "See whether the pull request is at this commit", {
      context: { ...context, inputs: { number: "7", commit: COMMIT } },
      env: env(),
      programs: { gh: `echo "${is}"` },
    });
    expect([id, status, outputs]).toEqual([id, 0, { current }]);
  }
});

test("where GitHub does not answer nothing is deployed, and the step fails", async () => {
  const { status, outputs } = await runStep(
    jobOf("preview-staging"),
    "See whether the pull request is at this commit",
    {
      context,
      env: env(),
      programs: { gh: "exit 1" },
    },
  );
  expect({ status, outputs }).toEqual({ status: 1, outputs: {} });
});

test("images are written by name, with tag and digest", async () => {
  const digests = Object.fromEntries(
    ["backend", "frontend", "notifications"].map((name) => [
      `build-${name}`,
      { outputs: { image: `ghcr.io/acme/orders/${name}`, digest: `sha256:${name}` } },
    ]),
  );
  const { status } = await runStep(jobOf("preview-staging"), "Write what was built", {
    context: { ...context, needs: digests },
    env: env(),
  });
  expect(status).toBe(0);
  expect(JSON.parse(file("images.json"))).toEqual({
    backend: `ghcr.io/acme/orders/backend:pr-7-${COMMIT}@sha256:backend`,
    frontend: `ghcr.io/acme/orders/frontend:pr-7-${COMMIT}@sha256:frontend`,
    notifications: `ghcr.io/acme/orders/notifications:pr-7-${COMMIT}@sha256:notifications`,
  });
});

describe("the preview is written", () => {
  const SAID = {
    stacks: ["my-app-pr-7", "docs-pr-7"],
    expires: "2026-12-03T12:00:00Z",
    statement: {
      applications: [{ addresses: [] }, { addresses: ["https://pr-7-my-app-api.example.com", "https://b"] }],
    },
  };
  const write = (programs: Programs) =>
    runStep(jobOf("preview-staging"), "Write the preview", { context, env: env(), programs });

  test("with its end, its statement and its first address, both times of the same moment", async () => {
    const npx = `if [[ " $* " = *" --json "* ]]; then echo '${JSON.stringify(SAID)}'; else echo "### my-app in pr-7"; fi`;
    const { status, outputs, calls } = await write({ npx, date: "echo 2026-11-30T12:00:00Z" });
    expect({ status, outputs }).toEqual({ status: 0, outputs: { url: "https://pr-7-my-app-api.example.com" } });
    const asked = `npx\t--no-install\tgoldenpath\tpreview\tstaging\t7\t--repository\tacme/orders\t--commit\t${COMMIT}\t--images\t${temp}/images.json\t--at\t2026-11-30T12:00:00Z`;
    expect(calls.filter((call) => call.startsWith("npx"))).toEqual([
      `${asked}\t--json`,
      `${asked}\t--format\tmarkdown`,
    ]);
    const statement = `Commit ${COMMIT}, until 2026-12-03T12:00:00Z and for as long again with each deploy.\n\n### my-app in pr-7\n`;
    expect([file("statement/statement.md"), file("summary.md")]).toEqual([statement, statement]);
  });

  test("or the step fails with it", async () => {
    expect((await write({ npx: `echo "input has mistakes" >&2; exit 1` })).status).toBe(1);
  });

  describe("and applied", () => {
    const apply = (tofu: string) =>
      runStep(jobOf("preview-staging"), "Apply the preview", { context, env: env(), programs: { tofu } });
    const on = (stack: string, ...words: readonly string[]): string =>
      ["tofu", `-chdir=cdktf.out/previews/stacks/${stack}`, ...words, "-input=false"].join("\t");
    beforeEach(() => {
      writeFileSync(join(temp, "preview.json"), JSON.stringify(SAID));
    });

    test("stack after stack", async () => {
      const { status, calls } = await apply("");
      expect({ status, calls }).toEqual({
        status: 0,
        calls: ["my-app-pr-7", "docs-pr-7"].flatMap((stack) => [
          on(stack, "init"),
          `${on(stack, "apply")}\t-auto-approve`,
        ]),
      });
    });

    test("and the first that fails ends it", async () => {
      const { status, calls } = await apply(`[[ " $* " != *" apply "* ]]`);
      expect(status).not.toBe(0);
      expect(calls).toHaveLength(2);
    });
  });
});

describe("a comment", () => {
  const keep = (comments: unknown) =>
    runStep(jobOf("comment-staging"), "Keep the comment", {
      context,
      env: env(),
      programs: { gh: `if [ "$2" = --paginate ]; then echo '${JSON.stringify(comments)}'; fi` },
    });

  test("is written once, and again into the same", async () => {
    expect(await keep([])).toMatchObject({ status: 0, calls: [] });
    rmSync(temp, { recursive: true });
    temp = mkdtempSync(join(tmpdir(), "goldenpath-preview-step-"));
    const { mkdirSync } = await import("node:fs");
    mkdirSync(join(temp, "statement"));
    writeFileSync(join(temp, "statement", "statement.md"), "Commit x\n");
    const first = await keep([{ id: 1, user: { type: "User" }, body: "<!-- goldenpath preview staging -->" }]);
    expect(first.calls.at(-1)).toMatch(/^gh\tapi\t--method\tPOST\trepos\/acme\/orders\/issues\/7\/comments\t/);
    const again = await keep([{ id: 2, user: { type: "Bot" }, body: "<!-- goldenpath preview staging -->\nold" }]);
    expect(again.calls.at(-1)).toMatch(/^gh\tapi\t--method\tPATCH\trepos\/acme\/orders\/issues\/comments\/2\t/);
    expect(file("comment.md")).toBe("<!-- goldenpath preview staging -->\nCommit x\n");
  });
});

test("a fork's image is copied as it is, and told by the digest that the registry has", async () => {
  const { status, outputs, calls } = await runStep(jobOf("fork-push-backend"), "Push", {
    context: {
      inputs: { number: "7", commit: COMMIT },
      steps: { image: { outputs: { name: "ghcr.io/acme/orders/backend" } } },
    },
    env: env(),
    programs: { skopeo: `while [ "$1" != --digestfile ]; do shift; done; printf 'sha256:abc' >"$2"` },
  });
  expect({ status, outputs }).toEqual({ status: 0, outputs: { digest: "sha256:abc" } });
  expect(calls).toEqual([
    [
      ...["skopeo", "copy", "--authfile", `${temp}/.docker/config.json`, "--digestfile", `${temp}/digest`],
      ...[`oci-archive:${temp}/image/image.tar`, `docker://ghcr.io/acme/orders/backend:pr-7-${COMMIT}`],
    ].join("\t"),
  ]);
});

test("of a fork it is said what a maintainer does, and nobody is asked anything", async () => {
  const { status, calls } = await runStep(jobOf("others"), "Say it", { context, env: env() });
  expect({ status, calls }).toEqual({ status: 0, calls: [] });
  expect(file("summary.md")).toBe(
    `Nothing of a fork is deployed by itself. Whoever may write here and has read ${COMMIT} runs the workflow Preview with number 7 and that commit\n`,
  );
});

test("the end of a pull request starts the sweep of the default branch", async () => {
  const { calls } = await runStep(jobOf("end"), "Start the sweep", { context, env: env(), programs: { gh: "" } });
  expect(calls).toEqual(["gh\tworkflow\trun\tsweep.yml\t--repo\tacme/orders"]);
});

test.each([0, 1])("a sweep that ends with %i is a step that does, and what it says is in the summary", async (exit) => {
  const job = workflowIn(ALL.previews[SWEEP] ?? "").jobs["sweep-staging"];
  if (job === undefined) throw new Error("no sweep");
  const { status, calls } = await runStep(job, "Sweep", {
    context,
    env: env(),
    programs: { npx: `echo "gone: namespace my-app-pr-7"; echo "left: something" >&2; exit ${exit}` },
  });
  expect({ status, calls }).toEqual({
    status: exit,
    calls: ["npx\t--no-install\tgoldenpath\tsweep\tstaging\t--repository\tacme/orders\t--run"],
  });
  expect(file("summary.md").split("\n").sort()).toEqual(["", "gone: namespace my-app-pr-7", "left: something"]);
});
