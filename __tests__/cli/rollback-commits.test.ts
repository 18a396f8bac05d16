import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotSynthesized } from "../../cli/rollback/before";
import { Commits, NoCommits, revertWords } from "../../cli/rollback/commits";
import { Programs } from "../../cli/rollback/programs";
import { allSince, newestChange } from "../../cli/rollback/target-commit";

/*
 * Which commits are taken back, in a small repository with real commits. Its program is a file that writes what stands in another one; the
 * shipped program is in `npm run test:stories`.
 */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-commits-"));
const root = join(folder, "repository");
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  ...Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) => [
      [`GIT_${who}_NAME`, "a"],
      [`GIT_${who}_EMAIL`, "a@example.com"],
    ]),
  ),
};

const PROGRAM = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
const [, , , , environment] = process.argv;
const image = readFileSync(environment + ".txt", "utf8").trim();
if (image === "broken") throw new Error("broken as it was then");
const out = process.env.CDKTF_OUTDIR;
mkdirSync(out + "/stacks/" + environment, { recursive: true });
writeFileSync(out + "/stacks/" + environment + "/cdk.tf.json", image);
const workloads = { web: { image } };
const services = { db: { sizing: { passwords: Number(image.slice(-1)) } } };
writeFileSync(out + "/model.json", JSON.stringify({ environments: { [environment]: { applications: { shop: { workloads, services } } } } }));
`;

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: root, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

function commit(subject: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  git("add", "--all");
  git("commit", "--quiet", "--message", subject);
  return git("rev-parse", "HEAD");
}

const programs = new Programs(root, env);
const tools = { commits: new Commits(programs), programs, files: ["program.mjs", "staging.txt", "production.txt"] };
const asked = {
  root,
  launcher: join(root, "program.mjs"),
  environment: "staging",
  application: "shop",
  stack: "staging",
};

const found = async (): Promise<readonly string[]> =>
  (await newestChange(asked, tools)).takenBack.map(({ subject }) => subject);

let first = "";
beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  git("init", "--quiet", "--initial-branch", "main");
  first = commit("first", { "program.mjs": PROGRAM, "staging.txt": "web:v1", "production.txt": "web:v1", README: "" });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("the newest that changed the environment's stack, with what it was before", async () => {
  commit("release", { "staging.txt": "web:v2" });
  commit("of another environment", { "production.txt": "web:v9" });
  commit("of no file of the program", { README: "more" });
  const target = await newestChange(asked, tools);
  expect(target.takenBack.map(({ subject }) => subject)).toEqual(["release"]);
  expect([target.now.images.get("web"), target.before.images.get("web")]).toEqual(["web:v2", "web:v1"]);
});

test("none: it says how to name one", async () => {
  await expect(found()).rejects.toThrow(NoCommits);
  await expect(found()).rejects.toThrow("name the commit to go back to with --to");
});

test("neither what was taken back nor what took it back", async () => {
  commit("release 2", { "staging.txt": "web:v2" });
  commit("release 3", { "staging.txt": "web:v3" });
  git("revert", "--no-edit", "HEAD");
  expect(await found()).toEqual(["release 2"]);
});

test("a release that was taken back, and released again", async () => {
  commit("release 2", { "staging.txt": "web:v2" });
  git("revert", "--no-edit", "HEAD");
  git("revert", "--no-edit", "HEAD");
  expect(await found()).toEqual(["release 2"]);
});

test("a branch that was merged is one, taken back by its first parent", async () => {
  git("switch", "--quiet", "--create", "feature");
  commit("half", { "staging.txt": "web:v2" });
  commit("other half", { "staging.txt": "web:v3" });
  git("switch", "--quiet", "main");
  git("merge", "--quiet", "--no-ff", "--message", "merged", "feature");
  const { takenBack } = await newestChange(asked, tools);
  const [merge] = takenBack;
  if (merge === undefined) throw new Error("none");
  expect(revertWords(merge)).toEqual(["git", "revert", "--no-edit", "-m", "1", git("rev-parse", "HEAD").slice(0, 12)]);
});

test("what was taken back by a branch that was merged is no release", async () => {
  commit("release 2", { "staging.txt": "web:v2" });
  commit("release 3", { "staging.txt": "web:v3" });
  git("switch", "--quiet", "--create", "back");
  git("revert", "--no-edit", "HEAD");
  git("switch", "--quiet", "main");
  commit("of no file of the program", { README: "more" });
  git("merge", "--quiet", "--no-ff", "--message", "back again", "back");
  expect(await found()).toEqual(["release 2"]);
});

test("what went back without git's words is no release, and neither is what it left", async () => {
  commit("release 2", { "staging.txt": "web:v2" });
  commit("release 3", { "staging.txt": "web:v3" });
  commit("release 4", { "staging.txt": "web:v4" });
  commit("images of before", { "staging.txt": "web:v2" });
  expect(await found()).toEqual(["release 2"]);
});

test("numbers of passwords are of each side, as none is lowered", async () => {
  const { now, before } = await (async () => {
    commit("release 2", { "staging.txt": "web:v2" });
    return newestChange(asked, tools);
  })();
  expect([now.passwords.get("db"), before.passwords.get("db")]).toEqual([2, 1]);
});

test("what is here and cannot be what is deployed", async () => {
  const { commits } = tools;
  expect(await commits.notDeployed()).toBeUndefined();
  expect(await commits.unpushedReverts()).toEqual([]);
  git("switch", "--quiet", "--create", "release-branch");
  git("branch", "--quiet", "--set-upstream-to", "main");
  commit("release 2", { "staging.txt": "web:v2" });
  git("revert", "--no-edit", "HEAD");
  expect((await commits.unpushedReverts()).map(({ subject }) => subject)).toEqual(['Revert "release 2"']);
  git("switch", "--quiet", "main");
  commit("release 3", { "staging.txt": "web:v3" });
  git("switch", "--quiet", "release-branch");
  expect(await commits.notDeployed()).toContain("1 commits behind");
  git("switch", "--quiet", "--detach");
  expect(await commits.notDeployed()).toContain("on no branch");
});

test("of all that came after a commit, what changed other environments alone stays", async () => {
  commit("release 2", { "staging.txt": "web:v2" });
  commit("of another environment", { "production.txt": "web:v9" });
  expect((await allSince(first, asked, tools)).takenBack.map(({ subject }) => subject)).toEqual(["release 2"]);
});

test("a commit that a merge brought is none to go back to", async () => {
  git("switch", "--quiet", "--create", "feature");
  const half = commit("half", { "staging.txt": "web:v2" });
  commit("other half", { "staging.txt": "web:v3" });
  git("switch", "--quiet", "main");
  git("merge", "--quiet", "--no-ff", "--message", "merged", "feature");
  await expect(allSince(half, asked, tools)).rejects.toThrow("is no commit before HEAD");
});

test("all that came after a commit, newest first", async () => {
  commit("release 2", { "staging.txt": "web:v2" });
  commit("of no file of the program", { README: "more" });
  commit("release 3", { "staging.txt": "web:v3" });
  const { takenBack, before } = await allSince(first, asked, tools);
  expect(takenBack.map(({ subject }) => subject)).toEqual(["release 3", "release 2"]);
  expect(before.images.get("web")).toBe("web:v1");
});

test.each([
  ["a name that is none", "nothing", /git rev-parse/],
  ["an option", "--all", /git rev-parse/],
  ["one since which nothing has changed", "HEAD", /the stack staging is what it was at HEAD/],
])("%s is refused", async (_, name, says) => {
  await expect(allSince(name, asked, tools)).rejects.toThrow(says);
});

test("one of another branch is refused", async () => {
  git("switch", "--quiet", "--create", "other");
  const other = commit("other", { "staging.txt": "web:v7" });
  git("switch", "--quiet", "main");
  await expect(allSince(other, asked, tools)).rejects.toThrow("is no commit before HEAD");
});

test("a commit that what is installed now does not run: why", async () => {
  commit("broken", { "staging.txt": "broken" });
  commit("mended", { "staging.txt": "web:v2" });
  await expect(found()).rejects.toThrow(NotSynthesized);
  await expect(found()).rejects.toThrow(/broken as it was then|cannot be synthesized/);
});

test("the repository is left as it was", async () => {
  commit("release", { "staging.txt": "web:v2" });
  writeFileSync(join(root, "staging.txt"), "web:not-committed");
  await newestChange(asked, tools);
  expect(await tools.commits.uncommitted()).toEqual(["staging.txt"]);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
});

test("a program in a folder of a larger repository, with packages of its own and of the repository", async () => {
  const inside = join(root, "infrastructure");
  mkdirSync(inside);
  mkdirSync(join(root, "node_modules", "shared"), { recursive: true });
  mkdirSync(join(inside, "node_modules", "own"), { recursive: true });
  writeFileSync(join(root, ".gitignore"), "node_modules\n");
  const program = `import "shared/index.mjs";\nimport "own/index.mjs";\nimport "../beside.mjs";\n${PROGRAM}`;
  writeFileSync(join(root, "beside.mjs"), "");
  writeFileSync(join(root, "node_modules", "shared", "index.mjs"), "");
  writeFileSync(join(inside, "node_modules", "own", "index.mjs"), "");
  commit("moved", { "infrastructure/program.mjs": program, "infrastructure/staging.txt": "web:v1" });
  commit("release", { "infrastructure/staging.txt": "web:v2" });
  const below = new Programs(inside, env);
  const target = await newestChange(
    { ...asked, root: inside, launcher: join(inside, "program.mjs") },
    { commits: new Commits(below), programs: below, files: ["program.mjs", "staging.txt"] },
  );
  expect(target.takenBack.map(({ subject }) => subject)).toEqual(["release"]);
  expect(target.before.images.get("web")).toBe("web:v1");
});
