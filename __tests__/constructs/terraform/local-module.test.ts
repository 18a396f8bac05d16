import { App, TerraformHclModule } from "cdktf";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { localModule } from "../../../constructs/terraform/local-module";
import { hclSources, jsonSources } from "../../../constructs/terraform/module-sources";
import { callerIn, programFolder } from "../../../constructs/terraform/program-folder";

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "goldenpath-local-module-"));
  folder = join(root, "modules", "search");
  write({ "main.tf": 'output "host" {\n  value = "search.example.com"\n}\n' });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** Its files as they are beside the stack, and where the stack has it from. */
function copied(): { readonly source: string; readonly files: readonly string[]; readonly at: string } {
  const app = new App({ outdir: join(root, "out"), stackTraces: false });
  const stack = new FastStack(app, "staging");
  new TerraformHclModule(stack, "search", localModule(stack, folder));
  app.synth();
  const written = JSON.parse(readFileSync(join(root, "out/stacks/staging/cdk.tf.json"), "utf8")) as {
    module: { search: { source: string } };
  };
  const { source } = written.module.search;
  const at = join(root, "out/stacks/staging", source);
  const files = readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(at.length + 1));
  return { source, files: files.sort(), at };
}

/** What is said of it, without the machine's folder. */
function refused(): readonly string[] {
  try {
    copied();
  } catch (error) {
    expect(error).toHaveProperty("name", "InvalidInput");
    return (error as Error).message.replaceAll(root, "").split("\n");
  }
  throw new Error("nothing was refused");
}

test("all of the module comes along, by links too and with the rights of its scripts", () => {
  write({ "scripts/look.sh": "#!/bin/sh\n", "templates/a.tftpl": "${a}\n", "naming/main.tf": "" });
  chmodSync(join(folder, "scripts/look.sh"), 0o755);
  writeFileSync(join(root, "ca.pem"), "a certificate\n");
  symlinkSync(join(root, "ca.pem"), join(folder, "ca.pem"));
  const { files, at } = copied();
  expect(files).toEqual(["ca.pem", "main.tf", "naming/main.tf", "scripts/look.sh", "templates/a.tftpl"]);
  expect(readFileSync(join(at, "ca.pem"), "utf8")).toBe("a certificate\n");
  expect(statSync(join(at, "scripts/look.sh")).mode & 0o111).toBe(0o111);
});

test("what an engine leaves, values of a root module and the history are neither copied nor another source", () => {
  const { source } = copied();
  write({
    ".terraform/providers/x/binary": "large",
    ".terraform/terraform.tfstate": "{}",
    ".terraform.lock.hcl": "",
    "terraform.tfstate": '{ "password": "secret" }',
    "terraform.tfstate.backup": "{}",
    "terraform.tfstate.d/staging/terraform.tfstate": "{}",
    ".terraform.tfstate.lock.info": "",
    "other.tfstate": "{}",
    "a.tfplan": "",
    "terraform.tfvars": 'password = "secret"',
    "a.auto.tfvars.json": "{}",
    "crash.log": "",
    "crash.2026.log": "",
    ".git/config": "",
    ".terragrunt-cache/a/main.tf": "",
    "naming/.terraform/modules/modules.json": "",
  });
  expect(copied()).toMatchObject({ source, files: ["main.tf"] });
  write({ "variables.tf": "" });
  expect(copied().source).not.toBe(source);
});

test("every file that cannot come along is a problem with its path, and all are said at once", () => {
  symlinkSync(join(root, "gone"), join(folder, "dangling.tf"));
  mkdirSync(join(root, "elsewhere"));
  symlinkSync(join(root, "elsewhere"), join(folder, "linked"));
  execFileSync("mkfifo", [join(folder, "pipe")]);
  write({ "second.tf": 'module "naming" {\n  source = "../naming"\n}\n' });
  expect(refused()).toEqual([
    expect.stringMatching(/^\/modules\/search\/dangling\.tf: staging: a link to nothing; put the file itself there/),
    expect.stringMatching(/^\/modules\/search\/linked: staging: a link to a folder, .*; put the folder itself there$/),
    "/modules/search/pipe: staging: no file and no folder; take it out",
    expect.stringMatching(
      /^\/modules\/search\/second\.tf:2: staging: got "\.\.\/naming", module naming is not in the folder, /,
    ),
  ]);
});

test("modules of a module are looked for as an engine does: inside of the folder, and of those that it reaches", () => {
  write({
    "main.tf": `# source = "../comment"
module "a" {
  source = "./inner" // "../x"
  text = <<-EOT
    source = "../heredoc"
  EOT
}
module "registry" {
  source  = "acme/search/aws"
}
module "git" { source = "git::https://example.com/x.git//sub" }
resource "aws_s3_object" "a" {
  source = "../no-module"
}
`,
    "inner/main.tf":
      'module "b" {\n  providers = { aws = aws }\n  source = "../beside"\n}\nmodule "c" {\n  source = "../../out"\n}\n',
    "beside/main.tf.json": JSON.stringify({
      module: { d: { source: "./gone" }, e: [{ source: "/opt/modules/e" }], f: { source: "../" } },
    }),
    "examples/basic/main.tf": 'module "of_nobody" {\n  source = "../../../elsewhere"\n}\n',
  });
  expect(refused().map((line) => line.replace(/;.*/, ""))).toEqual([
    '/modules/search/beside/main.tf.json: staging: got "./gone", module d is no folder here',
    '/modules/search/beside/main.tf.json: staging: got "/opt/modules/e", module e is one of this machine alone',
    '/modules/search/inner/main.tf:6: staging: got "../../out", module c is not in the folder, which alone comes along with the stack',
  ]);
});

test.each([
  ["nothing there", "modules/gone", "is no folder of a Terraform module"],
  ["a file", "package.json", "is no folder of a Terraform module"],
  ["nothing of Terraform in it", "docs", "has no file of Terraform in it"],
])("a folder is asked for: %s", (_, given, why) => {
  const stack = new FastStack(new App({ stackTraces: false }), "staging");
  expect(() => localModule(stack, given)).toThrow(`staging: got "${given}", ${why}; name `);
});

test("a relative path is from the folder of the program that calls, wherever it is started", () => {
  const here = process.cwd();
  const stack = new FastStack(new App({ stackTraces: false }), "staging");
  // It has a package.json and a module of the same path.
  writeFileSync(join(root, "package.json"), "{}");
  process.chdir(root);
  try {
    expect(() => localModule(stack, "modules/search")).toThrow("is no folder of a Terraform module");
    expect(localModule(stack, "examples/own-module/modules/orders-search").source).toMatch(/^\.\/assets\//);
  } finally {
    process.chdir(here);
  }
});

test.each([
  ["    at Object.provide (/srv/shop/search/aws.ts:36:10)\n    at x (/a:1:1)", "/srv/shop/search/aws.ts"],
  ["Error\n    at file:///srv/a%20b/main.ts:3:1", "/srv/a b/main.ts"],
  ["Error\n    at async /srv/main.js:3:1", "/srv/main.js"],
  ["Error\n    at provide (C:\\shop\\aws.ts:3:1)", "C:\\shop\\aws.ts"],
  ["Error\n    at eval (eval at <anonymous> (repl:1:1), <anonymous>:1:1)", undefined],
  ["Error", undefined],
])("the file of a call is read of what V8 says: %s", (stack, file) => {
  expect(callerIn(stack)).toBe(file);
});

test("a package that calls has no folder here, as a bundle of packages is in none of theirs", () => {
  for (const file of ["node_modules/@acme/kinds/search.js", ".cache/run/goldenpath-synth/packages.cjs"]) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(join(root, "package.json"), "{}");
    writeFileSync(path, "module.exports = (ask) => { function called() { return ask(called); } return called(); };\n");
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- as a program that calls
    const calls = require(path) as (ask: typeof programFolder) => string | undefined;
    expect(calls(programFolder)).toBeUndefined();
  }
});

test("sources are read of what is HCL and what is JSON, and nothing of what is neither", () => {
  expect(hclSources('module "a" {\n  x = { source = "../no" }\n  source = "./b"\n}')).toEqual([
    { module: "a", source: "./b", line: 3 },
  ]);
  expect(
    hclSources('module a {\n source="./b"\n}\nterraform { required_providers { x = { source = "../c" } } }'),
  ).toHaveLength(1);
  expect(jsonSources('{"module": [{"a": {"source": "./b"}}, {"c": [{"source": 1}]}]}')).toEqual([
    { module: "a", source: "./b" },
  ]);
  expect(jsonSources("{")).toEqual([]);
});
