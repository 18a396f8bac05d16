import { stripVTControlCharacters } from "node:util";
import { exampleOf } from "./support/guide";
import { Home, type Ran } from "./support/home";

/*
 * Another team's program with mistakes in its input, without anything of ours around it: whatever runs it prints the
 * mistakes, and nothing of how they were found.
 */

const GOOD = exampleOf("use-from-another-repository.md");
/** Each is a mistake that types do not see. */
const BAD = GOOD.replace('"team-billing"', '"Team Billing"')
  .replace('"billing@example.com"', '"nobody"')
  .replace('"registry.example.com/billing:v4"', '"https://user:hunter2-hunter2@registry.example.com/billing"');
const ON_AWS = ["@cdktf/provider-aws", "@cdktf/provider-random", "@cdktf/provider-time"];
const MANIFEST = "cdktf.out/manifest.json";

const RUNNERS: Readonly<Record<string, (home: Home) => Ran>> = {
  "ts-node": (home) => home.run("ts-node", "main.ts"),
  tsx: (home) => home.run("tsx", "main.ts"),
  "node, CommonJS": (home) => compiled(home, "CommonJS", "main.js"),
  "node with source maps": (home) => compiled(home, "CommonJS", "--enable-source-maps", "main.js"),
  "node, an ES module": (home) => {
    home.write({ "package.json": JSON.stringify({ type: "module" }) });
    return compiled(home, "ES2022", "main.js");
  },
  "cdktf synth": (home) => home.run("cdktf", "synth"),
};

function compiled(home: Home, module: string, ...args: readonly string[]): Ran {
  home.must(
    "esbuild",
    "main.ts",
    `--format=${module === "CommonJS" ? "cjs" : "esm"}`,
    "--sourcemap",
    "--outfile=main.js",
  );
  return home.run("node", ...args);
}

/** Lines without the colours and the prefixes of the cdktf CLI. */
const plain = ({ stdout, stderr }: Ran): string[] =>
  stripVTControlCharacters(`${stdout}${stderr}`)
    .split("\n")
    .map((line) => line.replace(/^\[[\d-]+T[\d:.]+\] \[ERROR\] default - /, ""));

let home: Home;

beforeEach(() => {
  home = new Home([...ON_AWS, "@types/node", "typescript", "ts-node", "tsx", "cdktf-cli"], {
    "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, target: "ES2022", module: "CommonJS" } }),
    "cdktf.json": JSON.stringify({
      language: "typescript",
      app: "npx ts-node main.ts",
      projectId: "00000000-0000-4000-8000-000000000000",
      sendCrashReports: "false",
    }),
  });
});

afterEach(() => {
  home.remove();
});

test.each(Object.keys(RUNNERS))("%s: every mistake with its path, and no stack, dump or secret", (runner) => {
  home.write({ "main.ts": BAD });
  const ran = RUNNERS[runner]?.(home);
  if (ran === undefined) throw new Error(runner);
  const lines = plain(ran);
  const text = lines.join("\n");
  expect(ran.status).toBe(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/InvalidInput: 3 problems$/),
      expect.stringMatching(/^applications\.billing\.owner: got "Team Billing"; use /),
      expect.stringMatching(/^applications\.billing\.workloads\.api\.image: got a text that is not shown; use /),
      expect.stringMatching(/^environments\.staging\.contact: got "nobody"; use /),
      expect.stringMatching(/^applications\.billing is written at .*main\.(ts|js):\d+:\d+$/),
      expect.stringMatching(/^environments\.staging is written at .*main\.(ts|js):\d+:\d+$/),
    ]),
  );
  expect(text).not.toMatch(/^\s+at /m);
  expect(text).not.toMatch(/problems: \[|origins: Map|hunter2|throw new|\^/);
  expect(() => home.read(MANIFEST)).toThrow("ENOENT");
});

test("what was synthesized before stays as it is", () => {
  home.write({ "main.ts": GOOD });
  home.must("cdktf", "synth");
  const stack = "cdktf.out/stacks/billing-staging/cdk.tf.json";
  const before = [home.read(MANIFEST), home.read(stack)];
  home.write({ "main.ts": BAD });
  expect(home.run("cdktf", "synth").status).toBe(1);
  expect([home.read(MANIFEST), home.read(stack)]).toEqual(before);
});

test("the same report in a program that catches it", () => {
  const caught = `import { InvalidInput } from "goldenpath";\nfunction run() {\n${BAD.replaceAll(/^import .*$/gm, "")}\n}
try { run(); } catch (error) {
  if (!(error instanceof InvalidInput)) throw error;
  console.log(error.report);
  console.log(error.problems.length);
}`;
  const imports = [...BAD.matchAll(/^import .*$/gm)].map(([line]) => line).join("\n");
  home.write({ "main.ts": `${imports}\n${caught}` });
  const lines = home.must("tsx", "main.ts").trim().split("\n");
  expect(lines).toContainEqual(expect.stringMatching(/^environments\.staging\.contact: got "nobody"; /));
  expect(lines.at(-1)).toBe("3");
});
