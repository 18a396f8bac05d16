import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
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
