import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Project, ROOT } from "./support/project";

/* The shipped program in a folder of its own: each edit is of one length, and is seen by the synthesis after it. */

const project = new Project(["cli", "cdktf.json", "package.json", "constructs", "stacks", "environments"]);
// A package to edit: the others are links, through which nothing is written.
project.link(...packages().filter((name) => name !== "cdktf"));
cpSync(join(ROOT, "node_modules", "cdktf"), project.path("node_modules/cdktf"), { recursive: true });

afterAll(() => {
  project.remove();
});

function packages(): string[] {
  return readdirSync(join(ROOT, "node_modules"))
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(ROOT, "node_modules", name)).map((inner) => `${name}/${inner}`) : [name],
    );
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(project.path(file), "utf8");
  expect(text).toContain(from);
  expect(to).toHaveLength(from.length);
  project.write(file, text.replace(from, to));
}

const out = (file: string): string => readFileSync(project.path(`cdktf.out/${file}`), "utf8");
const local = (): string => out("stacks/local/cdk.tf.json");

function synth(): void {
  expect(project.goldenpath("synth", "--quiet")).toEqual({ status: 0, stdout: "", stderr: "" });
}

test("each edit of a file is seen by the next synthesis", () => {
  project.write("environments/words.json", '{ "tag": "v1.2.3" }\n');
  edit("environments/my-app.ts", "backend:v1.2.3", "backend:v1.2.4");
  const text = readFileSync(project.path("environments/my-app.ts"), "utf8");
  project.write(
    "environments/my-app.ts",
    `import { tag } from "./words.json";\n${text.replace(/"([^"]*)backend:v1\.2\.4"/, "`$1backend:${tag}`")}`,
  );
  synth();
  expect(local()).toContain("backend:v1.2.3");

  // An environment, twice within a second.
  edit("environments/my-app.ts", "frontend:v1.2.3", "frontend:v1.2.4");
  synth();
  expect(local()).toContain("frontend:v1.2.4");
  edit("environments/my-app.ts", "frontend:v1.2.4", "frontend:v1.2.5");
  synth();
  expect(local()).toContain("frontend:v1.2.5");

  // A file of data that the environment imports.
  edit("environments/words.json", "v1.2.3", "v1.2.9");
  synth();
  expect(local()).toContain("backend:v1.2.9");

  // A construct.
  const label = "app.kubernetes.io/managed-by";
  expect(local()).toContain(label);
  for (const file of readdirSync(project.path("constructs"), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const source = readFileSync(project.path(`constructs/${file}`), "utf8");
    if (source.includes(label))
      project.write(`constructs/${file}`, source.replaceAll(label, "app.kubernetes.io/managed-bx"));
  }
  synth();
  expect(local()).toContain("app.kubernetes.io/managed-bx");
  expect(local()).not.toContain(label);

  // A package, which no other file tells of.
  edit("node_modules/cdktf/package.json", '"version": "0.21.0"', '"version": "0.21.9"');
  synth();
  expect(JSON.parse(out("manifest.json"))).toMatchObject({ version: "0.21.9" });
}, 120_000);

test("the cdktf CLI shows an edit too", () => {
  synth();
  edit("environments/my-app.ts", "frontend:v1.2.", "frontend:v9.2.");
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, CHECKPOINT_DISABLE: "1", CI: "true" };
  const cli = join(ROOT, "node_modules", ".bin", "cdktf");
  const { status, stderr } = spawnSync(cli, ["synth"], { cwd: project.folder, encoding: "utf8", env });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(local()).toContain("frontend:v9.2.");
}, 60_000);
