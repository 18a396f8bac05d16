import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelDocument } from "../../constructs/model-json/schema";
import { Project, ROOT } from "./support/project";

/* Where `model.json` says that values were written, edit after edit, in a copy of the shipped program. */

const project = new Project(["cli", "cdktf.json", "package.json", "constructs", "stacks", "environments"]);
for (const name of readdirSync(join(ROOT, "node_modules"))) {
  if (!name.startsWith(".")) project.link(name);
}

afterAll(() => {
  project.remove();
});

const BACKEND = "/environments/local/applications/my-app/workloads/backend";

function document(...names: readonly string[]): ModelDocument {
  expect(project.goldenpath("synth", "--quiet", ...names)).toEqual({ status: 0, stdout: "", stderr: "" });
  return JSON.parse(readFileSync(project.path("cdktf.out/model.json"), "utf8")) as ModelDocument;
}

const origins = (...names: readonly string[]): Readonly<Record<string, string>> => document(...names).origins ?? {};

function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(project.path(file), "utf8");
  expect(text).toMatch(from);
  writeFileSync(project.path(file), text.replace(from, to));
}

/** `file:line` of the one line with a text. */
function at(file: string, text: string): string {
  const lines = readFileSync(project.path(file), "utf8").split("\n");
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  expect({ text, found: found.length }).toEqual({ text, found: 1 });
  return `${file}:${found[0] ?? 0}`;
}

test("each value has the line that says it, a default none", () => {
  const found = origins("local");
  expect(found[`${BACKEND}/image`]).toBe(at("environments/my-app.ts", "const BACKEND ="));
  expect(found[`${BACKEND}/replicas`]).toBe(at("environments/local.ts", "backend: {"));
  expect(found[`${BACKEND}/config/APP_ENV`]).toBe(at("environments/local.ts", "backend: {"));
  expect(found[`${BACKEND}/config/LOG_FORMAT`]).toMatch(/^environments\/my-app\.ts:\d+$/);
  expect(found[`${BACKEND}/readiness/periodSeconds`]).toBe(at("environments/my-app.ts", "readiness:"));
  expect(found[`${BACKEND}/readiness/failureThreshold`]).toBeUndefined();
  expect(found["/environments/local/protect"]).toBeUndefined();
  // Every entry leads to a value, and every file that is named is there.
  const whole = document("local");
  for (const [pointer, place] of Object.entries(found)) {
    const steps = pointer.slice(1).split("/");
    const value = steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], whole);
    expect({ pointer, there: value !== undefined }).toEqual({ pointer, there: true });
    expect(existsSync(project.path(place.replace(/:\d+$/, "")))).toBe(true);
  }
});

test("a value that is edited twice, with lines above it, is at its line each time", () => {
  edit("environments/my-app.ts", "      replicas: 3,\n", "      // Three.\n      replicas: 4,\n");
  const first = at("environments/my-app.ts", "replicas: 4");
  const backend = "/environments/production/applications/my-app/workloads/backend";
  expect(origins()[`${backend}/replicas`]).toBe(first);
  edit("environments/my-app.ts", "// Three.\n", "// Three.\n      // Or more.\n");
  const second = at("environments/my-app.ts", "replicas: 4");
  expect(second).not.toBe(first);
  expect(origins()[`${backend}/replicas`]).toBe(second);
});

test("what an environment says in place of the application is its own: all of a probe, of annotations one by one", () => {
  edit(
    "environments/my-app.ts",
    "      replicas: 4,\n",
    '      replicas: 4,\n      annotations: { "example.com/a": "1", "example.com/b": "2" },\n',
  );
  edit(
    "environments/local.ts",
    "        backend: {",
    '        backend: {\n          liveness: { periodSeconds: 7 },\n          annotations: { "example.com/b": "3" },\n         ',
  );
  const found = origins("local");
  expect(found[`${BACKEND}/liveness/periodSeconds`]).toBe(at("environments/local.ts", "periodSeconds: 7"));
  // The application says one, and it does not hold here.
  expect(found[`${BACKEND}/liveness/initialDelaySeconds`]).toBeUndefined();
  expect(found[`${BACKEND}/annotations/example.com~1a`]).toBe(at("environments/my-app.ts", "example.com/a"));
  expect(found[`${BACKEND}/annotations/example.com~1b`]).toBe(at("environments/local.ts", "example.com/b"));
  edit("environments/local.ts", /\n {10}liveness: .*\n {10}annotations: .*\n {9}/, "");
});

test("a file that is renamed is named anew", () => {
  renameSync(project.path("environments/my-app.ts"), project.path("environments/orders.ts"));
  for (const file of readdirSync(project.path("environments")).filter((name) => name.endsWith(".ts"))) {
    const text = readFileSync(project.path(`environments/${file}`), "utf8");
    writeFileSync(project.path(`environments/${file}`), text.replace('"./my-app"', '"./orders"'));
  }
  expect(origins("local")[`${BACKEND}/image`]).toBe(at("environments/orders.ts", "const BACKEND ="));
});

test("what two environments share is at its line in the helper, and what each gives is where it gives it", () => {
  const found = origins("staging", "gke-staging");
  for (const [name, cloud] of [
    ["staging", "aws({"],
    ["gke-staging", "google({"],
  ] as const) {
    expect(found[`/environments/${name}/cloud`]).toBe(at(`environments/${name}.ts`, cloud));
    expect(found[`/environments/${name}/contact`]).toBe(at("environments/staging-on.ts", "contact:"));
    expect(found[`/environments/${name}/applications/my-app/routes/0/host`]).toMatch(
      new RegExp(`^environments/${name}\\.ts:\\d+$`),
    );
    // Made of the domain in the helper.
    expect(found[`/environments/${name}/applications/my-app/routes/1/host`]).toBe("environments/staging-on.ts");
  }
});

test("a computed value has the file of the expression, and so has one that was changed after it was written", () => {
  edit(
    "environments/local.ts",
    "backend: { autoscaling: false, replicas: 1",
    "backend: { autoscaling: false, replicas: 1 + 0",
  );
  edit("environments/orders.ts", "owner: teamMyApp,", "owner: OWNER.name,");
  edit(
    "environments/orders.ts",
    "const BACKEND",
    'const OWNER = { name: "team-old" };\nOWNER.name = "team-new";\n\nconst BACKEND',
  );
  const found = origins("local");
  expect(found[`${BACKEND}/replicas`]).toBe("environments/local.ts");
  expect(found["/environments/local/applications/my-app/owner"]).toBe("environments/orders.ts");
});

test("constants, spreads, imports, data and functions are followed to where the value is", () => {
  project.write("environments/words.json", '{\n  "crew": "team-data"\n}\n');
  project.write(
    "environments/parts.ts",
    [
      'import { http } from "../constructs/model/workload";',
      "const SMALL = { replicas: 2 };",
      "export const shared = { ...SMALL, config: { NODE_ENV: 'development' } };",
      "export const web = (image: string) => http({ image, ...shared });",
      "",
    ].join("\n"),
  );
  edit("environments/orders.ts", "owner: OWNER.name,", "owner: crew,");
  edit(
    "environments/orders.ts",
    /frontend: http\(\{[\s\S]*?\n {4}\}\),/,
    'frontend: web("registry.example.com/frontend:v7"),',
  );
  edit(
    "environments/orders.ts",
    "",
    'import * as parts from "./parts";\nimport { crew } from "./words.json";\n\nconst { web } = parts;\n',
  );
  edit("environments/local.ts", "frontend: { autoscaling: false, replicas: 1 },", "");
  const found = origins("local");
  const frontend = BACKEND.replace("backend", "frontend");
  expect(found["/environments/local/applications/my-app/owner"]).toBe("environments/words.json:2");
  expect(found[`${frontend}/image`]).toBe(at("environments/orders.ts", "frontend:v7"));
  expect(found[`${frontend}/replicas`]).toBe("environments/parts.ts:2");
  expect(found[`${frontend}/config/NODE_ENV`]).toBe("environments/parts.ts:3");
});

test("what a condition leaves out and a name that something nearer binds lead to no line", () => {
  edit(
    "environments/orders.ts",
    'frontend: web("registry.example.com/frontend:v7"),',
    'frontend: odd({ image: "registry.example.com/frontend:v8" }),',
  );
  edit(
    "environments/orders.ts",
    "",
    [
      'import { http } from "../constructs/model/workload";',
      "const off = Number(process.version.length) < 0;",
      'const command = ["outer"];',
      "function odd({ image, command = ['inner'] }: { image: string; command?: string[] }) {",
      "  return http({ image, command, ...(off ? { replicas: 5 } : {}) });",
      "}",
      "",
    ].join("\n"),
  );
  const found = origins("local");
  const frontend = BACKEND.replace("backend", "frontend");
  expect(found[`${frontend}/image`]).toBe(at("environments/orders.ts", "frontend:v8"));
  expect(found[`${frontend}/command`]).toBe("environments/orders.ts");
  expect(found[`${frontend}/replicas`]).toBeUndefined();
});

test("what is kept of answers is of no account: removed, torn or another's, the document is the same", () => {
  const before = document("local");
  const file = project.path(".cache/origins/local.json");
  const kept = readFileSync(file, "utf8");
  for (const isInvalid of ["", kept.slice(0, 99), kept.replace(/orders\.ts:\d/, "orders.ts:1")]) {
    writeFileSync(file, isInvalid);
    expect(document("local")).toEqual(before);
    expect(readFileSync(file, "utf8")).toBe(kept);
  }
  project.remove(".cache/origins");
  expect(document("local")).toEqual(before);
});

test("without TypeScript a value has the line of the call that it was given to", () => {
  project.remove("node_modules/typescript");
  const found = origins("local");
  expect(found[`${BACKEND}/config/APP_ENV`]).toBe(at("environments/local.ts", "environment({"));
  expect(found[`${BACKEND}/image`]).toBe(at("environments/orders.ts", "= application({"));
});
