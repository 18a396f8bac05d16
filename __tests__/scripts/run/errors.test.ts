import { Project } from "../../stories/support/project";

/* What somebody sees whose file is wrong: that file and its line, and nothing of the launcher. */

let project: Project;
beforeAll(() => {
  project = new Project();
  project.link("esbuild");
  project.write(
    "node_modules/thrower/index.js",
    "\n\nexports.fail = () => {\n  throw new Error('of a package');\n};\n",
  );
});
afterAll(() => {
  project.remove();
});

const program = (text: string): string => {
  project.write("environments/mine.ts", text);
  project.write("main.ts", 'import { check } from "./environments/mine";\n\n\ncheck();\n');
  const { status, stdout, stderr } = project.run();
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).not.toContain(".cache");
  expect(stderr).not.toContain("run.mjs");
  return stderr;
};

test("an error that nothing catches names files and lines as they were written", () => {
  const stderr = program(
    "interface Long {\n  readonly one: string;\n}\n\nexport function check(): void {\n  throw new RangeError(`no ${({ one: 'x' } as Long).one}`);\n}\n",
  );
  expect(stderr.split("\n")).toEqual([
    "RangeError: no x",
    expect.stringMatching(/^ {4}at check \(environments\/mine\.ts:6:9\)$/),
    expect.stringMatching(/^ {4}at .*main\.ts:4:1\)?$/),
    "",
  ]);
});

test("an error names what caused it in the same way", () => {
  const stderr = program(
    'const cause = new Error("inner");\nexport const check = (): void => {\n  throw new Error("outer", { cause });\n};\n',
  );
  expect(stderr).toMatch(/^Error: outer\n {4}at check \(environments\/mine\.ts:3:9\)/);
  expect(stderr).toMatch(/\[cause\]: Error: inner\n\s+at .*environments\/mine\.ts:1:15/);
});

test("a promise that nobody waits for is an error like any other", () => {
  const stderr = program(
    'export async function check(): Promise<void> {\n  await Promise.resolve();\n  throw new Error("later");\n}\n',
  );
  expect(stderr).toMatch(/^Error: later\n {4}at check \(environments\/mine\.ts:3:9\)/);
});

test("an error of a package names the package's file, and the line that used it", () => {
  const stderr = program('import { fail } from "thrower";\nexport function check(): void {\n  fail();\n}\n');
  expect(stderr).toMatch(/^Error: of a package\n {4}at .*\(node_modules\/thrower\/index\.js\)\n/);
  expect(stderr).toMatch(/ at check \(environments\/mine\.ts:3:[0-9]+\)/);
});

test("a mistake in the syntax is said with file, line and text, without a stack trace", () => {
  const stderr = program("export function check(): void {\n  const = 5;\n}\n");
  expect(stderr).toContain('Expected identifier but found "="');
  expect(stderr).toContain("environments/mine.ts:2:8");
  expect(stderr).toContain("const = 5;");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a file that is not there is said in the same way", () => {
  const stderr = program('import { other } from "./othr";\nexport const check = (): void => other();\n');
  expect(stderr).toContain('Could not resolve "./othr"');
  expect(stderr).toContain("environments/mine.ts:1:22");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a package that is not installed is named with the file that imports it", () => {
  const stderr = program('import { left } from "left-out";\nexport const check = (): void => left();\n');
  expect(stderr).toBe(
    'environments/mine.ts: imports "left-out", which is not installed; npm install it, or remove the import\n',
  );
});
