import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowIn } from "../../../support/workflows/parse";
import { ALL, APPLICATION } from "../../../support/workflows/rendered";
import { type Ran, runStep } from "../../../support/workflows/run-step";
import { folderWith, removeFolders } from "../../../support/workflows/stack-jobs";

/* The commit of images, in a repository of git's: one, of everything that they change, on the commit that was looked at. */

afterAll(removeFolders);

const job = workflowIn(ALL.terraform[APPLICATION] ?? "").jobs["deploy-staging"];
const FILE = "environments/images/staging.json";

function repository(changes: Readonly<Record<string, string>>): { cwd: string; head: string } {
  const cwd = folderWith({ [FILE]: "{}\n", "helm/values.yaml": "image: old\n", ".gitignore": "ignored\n" });
  const git = (...args: string[]): string => execFileSync("git", args, { cwd, encoding: "utf8" }).trim();
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "before");
  for (const [file, text] of Object.entries(changes))
    execFileSync("tee", [file], { cwd, input: text, stdio: ["pipe", "ignore", "inherit"] });
  return { cwd, head: git("rev-parse", "HEAD") };
}

async function commit(cwd: string, gh: string): Promise<Ran & { sent: unknown }> {
  if (job === undefined) throw new Error("no job");
  const temp = folderWith();
  const result = await runStep(job, "Commit", {
    context: { steps: { committer: { outputs: { token: "apps" } } } },
    programs: { gh },
    env: { RUNNER_TEMP: temp, GITHUB_REPOSITORY: "acme/orders", GITHUB_SHA: "aaa", HOME: cwd },
    cwd,
  });
  const file = join(temp, "commit.json");
  return { ...result, sent: result.calls.length === 0 ? undefined : JSON.parse(readFileSync(file, "utf8")) };
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("is one, of the file, what is rendered of it and what is new, however large, and asks for the branch as it was looked at", async () => {
  // Longer than one argument of a program may be.
  const long = `image: new\n${"# a long line of values\n".repeat(20_000)}`;
  const { cwd, head } = repository({
    [FILE]: '{"backend":"new"}\n',
    "helm/values.yaml": long,
    "new.md": "new\n",
    ignored: "no\n",
  });
  const { status, calls, outputs, sent } = await commit(cwd, "echo 123");
  expect([status, outputs.committed]).toEqual([0, "true"]);
  expect(calls).toEqual([expect.stringMatching(/^gh\tapi\tgraphql\t--input\t/)]);
  expect(sent).toEqual({
    query: expect.stringContaining("createCommitOnBranch(input: $input)"),
    variables: {
      input: {
        branch: { repositoryNameWithOwner: "acme/orders", branchName: "develop" },
        expectedHeadOid: head,
        message: { headline: "Images of staging, built of aaa", body: "" },
        fileChanges: {
          additions: [
            { path: FILE, contents: base64('{"backend":"new"}\n') },
            { path: "helm/values.yaml", contents: base64(long) },
            { path: "new.md", contents: base64("new\n") },
          ],
        },
      },
    },
  });
});

test("is none where nothing is another", async () => {
  const { cwd } = repository({});
  expect(await commit(cwd, "exit 1")).toMatchObject({
    status: 0,
    calls: [],
    stdout: expect.stringContaining("says so already"),
  });
});

test.each([
  ["somebody has committed meanwhile: it says so", "bbb", "develop went on to bbb meanwhile"],
  ["GitHub refuses it for another reason: that is what it says", "", "refused"],
])("is refused where %s", async (_, newest, says) => {
  const { cwd, head } = repository({ [FILE]: '{"backend":"new"}\n' });
  const result = await commit(
    cwd,
    `case "$2" in graphql) echo refused; exit 1 ;; *) echo "${newest === "" ? head : newest}" ;; esac`,
  );
  expect(result).toMatchObject({ status: 1, stdout: expect.stringContaining(says) });
});

test("ends runs that wait for an approval of what was before, and not the newest", async () => {
  if (job === undefined) throw new Error("no job");
  const gh = `case "$1$2" in
    runlist) printf '11\\n12\\n13\\n' ;;
    runview) case "$3" in
      11) echo '{"headSha":"old","status":"waiting"}' ;;
      12) echo '{"headSha":"new","status":"waiting"}' ;;
      13) echo '{"headSha":"old","status":"in_progress"}' ;;
    esac ;;
    api*) echo new ;;
  esac`;
  const { status, calls } = await runStep(job, "End runs that wait for an approval of what was before", {
    context: { github: { token: "t" } },
    programs: { gh },
    env: { RUNNER_TEMP: folderWith(), GITHUB_REPOSITORY: "acme/orders" },
  });
  expect([status, calls.filter((call) => call.includes("cancel"))]).toEqual([
    0,
    ["gh\trun\tcancel\t11\t--repo\tacme/orders"],
  ]);
});
