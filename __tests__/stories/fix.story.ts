import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Project, ROOT } from "./support/project";

/* What is misspelt in a copy of the shipped program, the patch for it, and git, which applies it. */

const project = new Project(["cli", "cdktf.json", "package.json", "constructs", "stacks", "environments"]);
for (const name of readdirSync(join(ROOT, "node_modules"))) {
  if (!name.startsWith(".")) project.link(name);
}

afterAll(() => {
  project.remove();
});

const read = (file: string): string => readFileSync(project.path(file), "utf8");

function edit(file: string, from: string, to: string): void {
  const text = read(file);
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(project.path(file), text.replace(from, to));
}

function apply(patch: string): void {
  const { status, stderr } = spawnSync("git", ["apply", "-"], { cwd: project.folder, input: patch, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

const FILES = ["environments/my-app.ts", "environments/local.ts", "environments/gke-staging.ts"];

test("sound input has no patch", () => {
  expect(project.goldenpath("fix")).toEqual({ status: 0, stdout: "", stderr: "the input has no mistake\n" });
});

test("names and values that are misspelt are mended by git, and what needs a decision is left", () => {
  const before = FILES.map(read);
  // A field, a value of a constant's name, a name of another thing, a region, and one that no word mends.
  edit(
    "environments/my-app.ts",
    "      readiness: { initialDelaySeconds: 5",
    "      readines: { initialDelaySeconds: 5",
  );
  edit("environments/my-app.ts", `needs: ["orders-db", "cache", "mail"]`, `needs: ["orders-bd", "cache", "mail"]`);
  edit(
    "environments/local.ts",
    "frontend: { autoscaling: false, replicas: 1 }",
    "frontent: { autoscaling: false, replicas: 1 }",
  );
  edit("environments/gke-staging.ts", `region: "europe-west3"`, `region: "europe-wset3"`);
  edit("environments/my-app.ts", "liveness: { initialDelaySeconds: 30", "liveness: { initialDelaySeconds: -30");
  const { status, stdout, stderr } = project.goldenpath("fix");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^\d+ problems mended by the patch, \d+ left\n/);
  expect(stderr).toContain("initialDelaySeconds: got -30");
  expect(stdout.split("\n").filter((line) => /^[-+]/.test(line))).toEqual([
    "--- a/environments/gke-staging.ts",
    "+++ b/environments/gke-staging.ts",
    `-    region: "europe-wset3",`,
    `+    region: "europe-west3",`,
    "--- a/environments/local.ts",
    "+++ b/environments/local.ts",
    "-        frontent: { autoscaling: false, replicas: 1 },",
    "+        frontend: { autoscaling: false, replicas: 1 },",
    "--- a/environments/my-app.ts",
    "+++ b/environments/my-app.ts",
    expect.stringMatching(/^- {6}readines: \{/) as string,
    expect.stringMatching(/^\+ {6}readiness: \{/) as string,
    `-      needs: ["orders-bd", "cache", "mail"],`,
    `+      needs: ["orders-db", "cache", "mail"],`,
  ]);
  const told = JSON.parse(project.goldenpath("fix", "--json").stdout) as {
    path: string;
    edit?: { file: string; text: string };
  }[];
  expect(told.find(({ path }) => path === "environments.gke-staging.cloud.region")?.edit).toMatchObject({
    ...{ file: "environments/gke-staging.ts", text: '"europe-west3"' },
  });
  apply(stdout);
  const again = project.goldenpath("fix");
  expect(again.stdout).toBe("");
  expect(again.stderr).toMatch(
    /^0 problems mended by the patch, 1 left\n {2}applications\.my-app\.workloads\.backend\.liveness/,
  );
  edit("environments/my-app.ts", "initialDelaySeconds: -30", "initialDelaySeconds: 30");
  expect(FILES.map(read)).toEqual(before);
});

test("what is computed is left, and so is a word that stands elsewhere otherwise", () => {
  edit(
    "environments/gke-staging.ts",
    `region: "europe-west3"`,
    `region: ["europe", "wset3"].join("-") as "europe-west3"`,
  );
  const { status, stdout, stderr } = project.goldenpath("fix");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("0 problems mended by the patch");
});

describe("where the program is a folder of its repository", () => {
  const repository = mkdtempSync(join(tmpdir(), "goldenpath-fix-"));
  const program = join(repository, "teams", "platform");
  const own = join(program, "environments", "local.ts");
  const shared = join(repository, "teams", "shared.ts");
  const SOUND: Record<string, string> = {};

  const started = (command: string, args: readonly string[], input = "") => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: program, encoding: "utf8", input });
    return { status, stdout, stderr };
  };
  const fix = () => started(process.execPath, ["cli/goldenpath.mjs", "fix"]);
  const changed = (patch: string): string[] => patch.split("\n").filter((one) => one.startsWith("+++ "));

  beforeAll(() => {
    cpSync(project.folder, program, { recursive: true, verbatimSymlinks: true });
    const moved = join(program, "environments", "gke-staging.ts");
    // A file of another folder, which the program imports.
    const region = /\["europe", "wset3"\]\.join\("-"\) as "europe-west3"/;
    const text = readFileSync(moved, "utf8").replace(region, '"europe-west3"').replace('"../con', '"./platform/con');
    SOUND[shared] = text.replace('"./staging-on"', '"./platform/environments/staging-on"');
    SOUND[own] = readFileSync(own, "utf8");
    writeFileSync(moved, 'export { gkeStaging } from "../../shared";\n');
    writeFileSync(shared, SOUND[shared].replace("west3", "wset3"));
    writeFileSync(own, SOUND[own].replace("frontend: {", "frontent: {"));
  });
  afterAll(() => {
    rmSync(repository, { recursive: true });
  });

  test("without a repository, or with one of its own, what is outside of its folder is left", () => {
    for (const act of [() => undefined, () => started("git", ["init", "--quiet"])]) {
      act();
      const { stdout, stderr } = fix();
      expect(changed(stdout)).toEqual(["+++ b/environments/local.ts"]);
      expect(stderr).toMatch(/^1 problem mended by the patch, 1 left\n {2}environments\.gke-staging\.cloud\.region/);
      expect(started("git", ["apply", "--check"], stdout).status).toBe(0);
    }
    rmSync(join(program, ".git"), { recursive: true });
  });

  test("files are named from the repository's top, where git looks for them, and git is told where to begin", () => {
    expect(started("git", ["-C", "../..", "init", "--quiet"]).status).toBe(0);
    const { stdout, stderr } = fix();
    expect(changed(stdout)).toEqual(["+++ b/teams/platform/environments/local.ts", "+++ b/teams/shared.ts"]);
    expect(stderr).toBe(
      "2 problems mended by the patch, 0 left\nit has files outside of this folder: goldenpath fix | git -C ../.. apply\n",
    );
    expect(started("git", ["-C", "../..", "apply"], stdout)).toEqual({ status: 0, stdout: "", stderr: "" });
    for (const [file, text] of Object.entries(SOUND)) expect(readFileSync(file, "utf8")).toBe(text);
    writeFileSync(own, (SOUND[own] ?? "").replace("frontend: {", "frontent: {"));
    expect(started("git", ["apply"], fix().stdout).status).toBe(0);
    expect(readFileSync(own, "utf8")).toBe(SOUND[own]);
  });

  test("what a synthesis alone refuses is a mistake here too", () => {
    const idle =
      'objectPatch({ reason: "a patch that finds nothing", of: "backend", kind: "Deployment", remove: ["spec.gone"] })';
    const text = (SOUND[own] ?? "").replace(
      "      workloads: {",
      `      patches: { idle: ${idle} },\n      workloads: {`,
    );
    writeFileSync(own, `import { objectPatch } from "../constructs/model/patch";\n${text}`);
    const { status, stderr } = fix();
    expect({ status, stderr: stderr.split("\n") }).toEqual({
      status: 1,
      stderr: [
        "0 problems mended by the patch, 1 left",
        expect.stringMatching(/^ {2}environments\.local\.applications\.my-app\.patches\.idle.*is not there/) as string,
        "",
      ],
    });
  });
});
